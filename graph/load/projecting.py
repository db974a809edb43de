"""Is the graph that of the evidence?  If not it is made so: in bulk at first, then by what new batches touch."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from graph.embedded import EmbeddedEngine
from graph.load.files import ProjectedFiles, count_rows, scratch, write_files
from graph.load.mark import Mark, begin, finish, read_mark
from graph.load.turn import alone
from graph.load.writing import Writer, relationships
from graph.project import Projection
from graph.schema import SCHEMA_VERSION
from graph.store import Store
from ingest.case_folder.manifest import manifests
from ingest.lake import Lake

Progress = Callable[[str, int, int | None], None]


@dataclass(frozen=True)
class LoadReport:
    """What a load wrote.

    ``mode``: ``unchanged`` (the graph was up to date), ``full`` or ``increment``; ``seconds`` of wall clock.
    """

    nodes: int
    relationships: int
    seconds: float
    mode: Literal["unchanged", "full", "increment"]


def project(
    lake: Lake,
    store: Store,
    *,
    case: str,
    engine: EmbeddedEngine | None = None,
    progress: Progress | None = None,
) -> LoadReport:
    """Bring the graph up to date with the evidence; writes nothing where it is.

    ``engine`` is the embedded engine that serves ``store``, and None for a server.  The case's mark is written last,
    so a load cut short at any point is noticed and done again; one process at a time projects a case, others wait.
    The outcome is the same graph whether evidence came at once or in batches.  Raises WrongCase where the database
    holds another case, EngineUnavailable where the engine goes away.
    """
    with alone(lake.case.path):
        began = time.monotonic()
        mark = read_mark(store, case)
        if mark is not None and mark.version == SCHEMA_VERSION and mark.digest == lake.digest():
            return LoadReport(0, 0, time.monotonic() - began, "unchanged")
        if mark is None or not _can_grow(mark, lake) or _better_anew(mark, lake, store, engine):
            return _load(lake, store, case, engine, progress, began)
        return _grow(mark, lake, store, case, progress, began)


def rebuild(
    lake: Lake,
    store: Store,
    *,
    case: str,
    engine: EmbeddedEngine | None = None,
    progress: Progress | None = None,
) -> LoadReport:
    """Drop the case's graph, findings included, and project it anew; raises as ``project`` does."""
    with alone(lake.case.path):
        began = time.monotonic()
        store.require_case(case)
        return _load(lake, store, case, engine, progress, began)


def _can_grow(mark: Mark, lake: Lake) -> bool:
    """Whether all that is in the graph, or half in it, is in the evidence still."""
    return (
        mark.version == SCHEMA_VERSION
        and bool(mark.batches)
        and (mark.batches | mark.loading) <= frozenset(lake.batch_ids)
    )


def _better_anew(mark: Mark, lake: Lake, store: Store, engine: EmbeddedEngine | None) -> bool:
    """Whether a bulk load beats merging: the greater part is new, and no findings would go with the old graph."""
    if engine is None:
        return False
    rows = {"old": 0, "new": 0}
    for batch in manifests(lake.case):
        accepted = sum(counts.accepted for counts in batch.tables.values())
        rows["old" if batch.batch_id in mark.batches else "new"] += accepted
    return rows["new"] > max(rows["old"], 10_000) and not store.read("MATCH (f:Finding) RETURN 1 LIMIT 1").rows


def _load(
    lake: Lake, store: Store, case: str, engine: EmbeddedEngine | None, progress: Progress | None, began: float
) -> LoadReport:
    with scratch(lake.case.path) as folder:
        if progress is not None:
            progress("project", 0, None)
        with Projection(lake) as projection:
            files = write_files(projection, folder)
        if engine is not None:
            engine.bulk(case, files.nodes, files.edges, evidence_digest="", progress=progress)
        else:
            store.wipe()
            store.ensure_schema()
            begin(store, case, batches=(), loading=lake.batch_ids)
            Writer(store, files, progress).create()
        return _finished(files, lake, store, case, "full", began)


def _grow(
    mark: Mark, lake: Lake, store: Store, case: str, progress: Progress | None, began: float
) -> LoadReport:
    new = frozenset(lake.batch_ids) - mark.batches | mark.loading
    with scratch(lake.case.path) as folder:
        if progress is not None:
            progress("project", 0, None)
        with Projection(lake, new=new) as projection:
            files = write_files(projection, folder)
        begin(store, case, batches=mark.batches - new, loading=new)
        Writer(store, files, progress).merge()
        return _finished(files, lake, store, case, "increment", began)


def _finished(
    files: ProjectedFiles,
    lake: Lake,
    store: Store,
    case: str,
    mode: Literal["full", "increment"],
    began: float,
) -> LoadReport:
    finish(
        store, case, digest=lake.digest(), batches=lake.batch_ids, first_at=files.first_at, last_at=files.last_at
    )
    nodes = sum(count_rows(item.path) for item in files.nodes)
    return LoadReport(nodes, relationships(files.edges), time.monotonic() - began, mode)
