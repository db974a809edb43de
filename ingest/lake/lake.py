"""What does a case's evidence say?  Every contract table as an Ibis expression over the committed Parquet."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType

import ibis
import psutil

from ingest.case_folder import CaseFolder
from ingest.case_folder.manifest import manifests
from ingest.errors import IngestError
from ingest.hash_lists.kept import hash_lists, hashes_of_list
from ingest.lake.columns import STORED, StoredTable
from ingest.lake.digest import evidence_digest
from ingest.lake.duckdb_backend import DuckDBBackend
from ingest.lake.engine import Engine, parquet_scan, quoted
from ingest.lake.known_media import KnownMedium, known_media
from ingest.lake.record_ids import Naming, record_sql
from ingest.lake.records import Record, open_records
from ingest.lake.spark import LOCAL_MASTER, SparkTables

ENGINES = ("duckdb", "spark")
_GIB = 1 << 30


def _memory_gib() -> int:
    """Half of the machine, at least 1 GiB, at most 16: what does not fit spills to the case folder."""
    return int(min(16, max(1, psutil.virtual_memory().total // _GIB // 2)))


class Lake:
    """Read access to one case's committed evidence; opening it reads manifests only, never rows.

    ``table`` names are those of the contract; a table the case lacks is empty.  Ids are ``platform:native``, instants
    are UTC TIMESTAMPs.  A batch committed after opening is not seen.  ``engine``: duckdb, or spark at the address
    ``spark_master``; both give the same rows.
    """

    def __init__(self, case: CaseFolder, *, engine: str = "duckdb", spark_master: str = LOCAL_MASTER) -> None:
        if engine not in ENGINES:
            raise IngestError(
                f"there is no evidence engine {engine!r}", where="--engine", fix="use " + " or ".join(ENGINES)
            )
        if not case.exists():
            raise IngestError("no such case", where=f"case {case.name!r}", fix="ingest a source into it first")
        self.case = case
        self._batches = manifests(case)
        self._tables: dict[str, ibis.Table] = {}  # each costs its engine a description
        self.batch_ids: tuple[str, ...] = tuple(batch.batch_id for batch in self._batches)
        naming = Naming.of(self._batches)
        files = {name: case.table_files(name, self.batch_ids) for name in STORED}
        scratch = case.path / "scratch"
        self._spark = (
            SparkTables(
                files, rows=sum(self.counts().values()), scratch=scratch, master=spark_master,
                memory_gib=_memory_gib(), naming=naming,
            )
            if engine == "spark"
            else None
        )
        self._selects = {name: _select(stored, files[name], naming) for name, stored in STORED.items()}
        # records are opened by DuckDB whatever reads the tables: evidence is files
        self._engine = Engine(scratch, memory_limit=f"{_memory_gib()}GiB")

    @cached_property
    def backend(self) -> ibis.BaseBackend:
        """The Ibis backend the tables live in."""
        if self._spark is not None:
            return self._spark.backend
        return DuckDBBackend.from_connection(self._engine.connection)

    def table(self, name: str) -> ibis.Table:
        """One contract table; IngestError if the contract has none of that name."""
        if name not in STORED:
            raise IngestError("no such table", where=repr(name), fix="one of " + ", ".join(STORED))
        if name not in self._tables:
            if self._spark is None:  # a view reads the feet of its files: of those alone that are asked for
                self._engine.run(f"CREATE VIEW {quoted(name)} AS {self._selects[name]}")
            self._tables[name] = self.backend.table(name)
        return self._tables[name]

    def counts(self) -> dict[str, int]:
        """Accepted rows of every contract table, from the manifests."""
        totals = dict.fromkeys(STORED, 0)
        for batch in self._batches:
            for name, counts in batch.tables.items():
                totals[name] += counts.accepted
        return totals

    def digest(self) -> str:
        """``sha256:…`` of the committed evidence; equal evidence has the same digest in any workspace."""
        return evidence_digest(self._batches)

    def records(self, refs: Sequence[str], *, texts: bool = True) -> list[Record]:
        """The evidence rows of ``table:record_id`` references, each with its file, row and original texts.

        Without ``texts`` the widest columns are left out: what messages say, how instants were written, attributes.
        """
        return open_records(refs, engine=self._engine, case=self.case, batches=self._batches, texts=texts)

    def known_media(self, *, account: str | None = None, room: str | None = None) -> list[KnownMedium]:
        """Rows that name a medium of the case's hash lists; of one account or one room if asked."""
        lists = [hashes_of_list(self.case, one.sha256) for one in hash_lists(self.case)]
        return known_media(self._engine, self._selects, lists, account=account, room=room)

    def close(self) -> None:
        if self._spark is not None:
            self._spark.close()
        self._engine.close()

    def __enter__(self) -> "Lake":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _select(stored: StoredTable, files: Sequence[Path], naming: Naming) -> str:
    if files:
        columns = ", ".join(quoted(name) for name, _ in stored.canonical[1:])
        return f"SELECT {record_sql(stored, naming)} AS record_id, {columns} FROM {parquet_scan(files)}"
    empty = ", ".join(f"CAST(NULL AS {kind}) AS {quoted(name)}" for name, kind in stored.canonical)
    return f"SELECT {empty} WHERE false"
