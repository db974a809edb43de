"""Is the search one with the graph?  Every node of a searched label, and no other hit."""

from graph.fetch import entity
from graph.search import SEARCHED, find, open_index
from graph.store import Store
from ingest.case_folder import CaseFolder

ASKED = ("a", "ann", "Lobby", "192.0.2.1", "A@courriel.example", "someone", "one", "d1", "new", "contract:c", "nobody")


def assert_index_is_one_with(store: Store, case: CaseFolder) -> None:
    """Every node of a searched label stands in the index, and nothing else."""
    with open_index(case) as index:
        rows = index.base.execute("SELECT label, id FROM entity").fetchall()
        assert {f"{SEARCHED[label]}/{identity}" for label, identity in rows} == _searched(store) != set()


def _searched(store: Store) -> set[str]:
    labelled = [store.read(f"MATCH (n:{label}) RETURN n.id").rows for label in SEARCHED]
    return {f"{label}/{row[0]}" for label, rows in zip(SEARCHED, labelled, strict=True) for row in rows}


def assert_search_is_one_with(store: Store, case: CaseFolder) -> None:
    """As well every node is found by its id, and every hit is a node."""
    assert_index_is_one_with(store, case)
    with open_index(case) as index:
        hits = {(hit.key, hit.label, hit.id) for text in ASKED for hit in find(index, text).hits}
        for key, label, identity in hits:
            assert entity(store, identity, label=label).node.key == key
        for key in sorted(_searched(store)):
            label, _, identity = key.partition("/")
            best = find(index, identity, labels=[label]).hits[0]
            assert (best.key, best.match) == (key, "exact")
        assert find(index, "contract:nobody").total == 0
