"""What does a graph say of itself?  The Case node: which evidence it holds, and whether a load was cut short."""

from collections.abc import Collection
from dataclasses import dataclass

from graph.errors import GraphError
from graph.schema import CASE_LABEL, SCHEMA_VERSION
from graph.store import Store


@dataclass(frozen=True)
class Mark:
    """``batches`` are in the graph; ``loading`` are those of a load that has begun and not ended."""

    digest: str
    batches: frozenset[str]
    loading: frozenset[str]
    version: int


def read_mark(store: Store, case: str) -> Mark | None:
    """The mark; None in an empty database.  Raises WrongCase where the database is not this case's."""
    if store.require_case(case) is None:
        return None
    row = store.read(
        f"MATCH (c:{CASE_LABEL}) RETURN c.evidence_digest, c.batches, c.loading, c.schema_version LIMIT 1"
    ).rows[0]
    return Mark(str(row[0] or ""), frozenset(row[1] or ()), frozenset(row[2] or ()), int(row[3] or 0))


def of_another_version(store: Store) -> bool:
    """Was the graph made by a Filature that has another schema?  Queries of this one may find less in it than there is.

    An empty database was made by none.
    """
    mark = store.case()
    return mark is not None and mark.schema_version != SCHEMA_VERSION


def begin(store: Store, case: str, *, batches: Collection[str], loading: Collection[str]) -> None:
    """Say that a load begins: until ``finish`` the graph holds no evidence for certain."""
    store.mark_case(case, "")
    store.write(
        f"MATCH (c:{CASE_LABEL} {{id: $id}}) SET c.batches = $batches, c.loading = $loading",
        {"id": case, "batches": sorted(batches), "loading": sorted(loading)},
    )


def finish(
    store: Store, case: str, *, digest: str, batches: Collection[str], first_at: str | None, last_at: str | None
) -> None:
    """The commit mark, written last in one statement."""
    rows = store.write(
        f"MERGE (c:{CASE_LABEL} {{id: $id}}) SET c.evidence_digest = $digest, c.schema_version = $version, "
        "c.batches = $batches, c.loading = null, c.batch_id = $batch, c.first_at = datetime($first_at), "
        "c.last_at = datetime($last_at) RETURN c.id",
        {
            "id": case, "digest": digest, "version": SCHEMA_VERSION, "batches": sorted(batches),
            "batch": max(batches, default=None), "first_at": first_at, "last_at": last_at,
        },
    )
    if len(rows) != 1:
        raise GraphError("the case's mark was not written", where=str(store.address))
