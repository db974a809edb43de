"""Where does Ibis's Spark backend need help?  Rows travel as Arrow, and temporary tables are cached frames."""

from collections.abc import Mapping
from typing import Any

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
from ibis.backends.pyspark import Backend
from ibis.backends.pyspark.datatypes import PySparkSchema
from ibis.formats.pyarrow import PyArrowData


class SparkBackend(Backend):  # type: ignore[misc]
    """Hands tables over as Arrow both ways (pandas would turn whole numbers with a gap into fractions)."""

    def _register_in_memory_table(self, op: ops.InMemoryTable) -> None:
        table = op.data.to_pyarrow(op.schema)
        self._session.createDataFrame(table).createOrReplaceTempView(op.name)

    def to_pyarrow(
        self,
        expr: ir.Expr,
        /,
        *,
        params: Mapping[ir.Scalar, Any] | None = None,
        limit: int | str | None = None,
        **kwargs: Any,
    ) -> Any:
        """The rows as Arrow, in the expression's types: instants without zone, as on DuckDB."""
        self._run_pre_execute_hooks(expr)
        table_expr = expr.as_table()
        found = self._session.sql(self.compile(table_expr, params=params, limit=limit, **kwargs)).toArrow()
        return expr.__pyarrow_result__(PyArrowData.convert_table(found, table_expr.schema()))

    def create_table(self, name: str, /, obj: Any = None, *, temp: bool | None = None, **options: Any) -> ir.Table:
        """A temporary table is a cached frame under a view of that name; dropped by ``drop_table``."""
        if not temp:
            return super().create_table(name, obj, **options)
        expression = obj if isinstance(obj, ir.Expr) else ibis.memtable(obj)
        self._run_pre_execute_hooks(expression)
        wanted = PySparkSchema.from_ibis(expression.schema())
        frame = self._session.sql(self.compile(expression))
        # Spark numbers rows in 32 bits and truncates instants to zoned ones: a kept table has the expression's types
        frame = frame.select(*(frame[f"`{field.name}`"].cast(field.dataType) for field in wanted.fields))
        frame = frame.localCheckpoint(eager=True)  # not .cache(): plans of tables kept from kept ones grow without end
        frame.createTempView(name)
        self._cached_dataframes[name] = frame
        return self.table(name)

    def drop_table(self, name: str, /, **options: Any) -> None:
        if name in self._cached_dataframes:
            self._drop_cached_table(name)
        else:
            super().drop_table(name, **options)
