"""How does a batch leave the graph?  Everything that carries its id goes; the next projection heals what is missing."""

from collections.abc import Sequence

from graph.load.mark import begin, read_mark
from graph.schema import LABELS, TYPES
from graph.store import Store

_STEP = 10_000


def sweep(store: Store, batch_ids: Sequence[str]) -> int:
    """Delete relationships, then nodes, whose ``batch_id`` is one of these; returns how many went.

    A node stays while relationships of other batches end at it.  The batches leave the case's mark: while their
    evidence is there, the next ``project`` brings them back whole, else it projects the case anew.
    """
    mark_now = store.case()
    if mark_now is None or not batch_ids:
        return 0
    mark = read_mark(store, mark_now.id)
    if mark is not None:
        begin(store, mark_now.id, batches=mark.batches - set(batch_ids), loading=mark.loading | set(batch_ids))
    gone = 0
    wanted = {"ids": sorted(set(batch_ids)), "n": _STEP}
    for type_ in TYPES:
        statement = f"MATCH ()-[r:{type_}]->() WHERE r.batch_id IN $ids WITH r LIMIT $n DELETE r RETURN count(*)"
        gone += _until_none(store, statement, wanted)
    for label in LABELS:
        statement = (
            f"MATCH (n:{label}) WHERE n.batch_id IN $ids AND NOT (n)--() WITH n LIMIT $n DELETE n RETURN count(*)"
        )
        gone += _until_none(store, statement, wanted)
    return gone


def _until_none(store: Store, statement: str, parameters: dict[str, object]) -> int:
    total = 0
    while step := int(store.write(statement, parameters).scalar() or 0):
        total += step
    return total
