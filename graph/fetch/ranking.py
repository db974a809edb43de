"""In which order does a picture of the whole case take its accounts?  Asked once a graph, as all are gone through."""

from dataclasses import dataclass

from graph.errors import GraphError
from graph.fetch.lookup import node_counts
from graph.store import Store

MOST = 10_000
"""So many accounts are listed; who wants more asks the graph."""
ORDER = "n.contacts DESC, n.messages DESC, n.id"
"""Most private counterparts first, then most messages, then by id."""


@dataclass(frozen=True)
class Ranking:
    """The ids of the ``first`` of so many ``accounts``, in their order; ``digest``: of what the graph held then."""

    digest: str
    accounts: int
    first: tuple[str, ...]

    def best(self, most: int) -> tuple[str, ...] | None:
        """The first ``most``, or all where there are fewer; None where they are not all listed."""
        return self.first[:most] if min(most, self.accounts) <= len(self.first) else None


def ranking(store: Store) -> Ranking:
    """The accounts of a graph that holds its evidence; raises GraphError while it is being loaded."""
    digest = held(store)
    statement = f"MATCH (n:Account) WITH n ORDER BY {ORDER} LIMIT $most RETURN collect(n.id)"
    rows = store.read(statement, {"most": MOST}).rows
    found = Ranking(digest, node_counts(store)["Account"], tuple(map(str, rows[0][0] or ())) if rows else ())
    if not digest or held(store) != digest:
        raise GraphError("the graph is being loaded", where=str(store.address), fix="try again")
    return found


def held(store: Store) -> str:
    """The digest of the evidence that the graph holds; empty while it is being loaded, and where there is nothing."""
    mark = store.case()
    return mark.evidence_digest if mark is not None else ""
