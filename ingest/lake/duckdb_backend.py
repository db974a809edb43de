"""Which SQL is an expression?  Ibis takes longer to say it than DuckDB to answer it of a small case, so it is kept."""

import threading
from collections.abc import Callable, Mapping
from typing import Any

import ibis.expr.operations as ops
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from ingest.lake.engine import quoted

_MOST = 1_000  # a run of all detections says some 200


class Remembered:
    """The SQL of an expression, of as many as ``most``; the oldest goes first.

    Expressions of two cases are equal where names and types of their tables are: the text says no more of them.
    Rows held in memory are part of theirs, which would keep the rows: those are not remembered.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._kept: dict[tuple[Any, Any], str] = {}
        self._lock = threading.Lock()

    def of(self, expr: ir.Expr, limit: Any, say: Callable[[], str]) -> str:
        """What ``say`` said when it was asked the first time."""
        key = expr.as_table().op(), limit
        with self._lock:
            known = self._kept.get(key)
        if known is not None:
            return known
        said = say()
        if not key[0].find(ops.InMemoryTable):
            with self._lock:
                self._kept[key] = said
                if len(self._kept) > self._most:
                    del self._kept[next(iter(self._kept))]
        return said


_TEXTS = Remembered()


class DuckDBBackend(Backend):  # type: ignore[misc]
    """Ibis's backend, which says an expression's SQL once a process whatever case it is of."""

    def compile(
        self, expr: ir.Expr, /, *, limit: Any = None, params: Mapping[ir.Expr, Any] | None = None, pretty: bool = False
    ) -> str:
        if params or pretty:
            return str(super().compile(expr, limit=limit, params=params, pretty=pretty))
        return _TEXTS.of(expr, limit, lambda: str(super(DuckDBBackend, self).compile(expr, limit=limit)))

    def create_table(self, name: str, /, obj: Any = None, *, temp: bool = False, **options: Any) -> ir.Table:
        """A temporary table of an expression is filled by its text; Ibis would say it anew."""
        if not temp or options or not isinstance(obj, ir.Expr):
            return super().create_table(name, obj, temp=temp, **options)
        self._run_pre_execute_hooks(obj)
        table = super().create_table(name, schema=obj.schema(), temp=True)
        self.raw_sql(f"INSERT INTO temp.main.{quoted(name)} {self.compile(obj)}")
        return table
