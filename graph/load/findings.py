"""Where do findings stand in the graph?  As nodes beside whom they involve, replaced as a whole by each run."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graph.detect.finding import Finding, FindingsDocument
from graph.errors import WrongCase
from graph.load.statements import create_nodes
from graph.store import Store

_MEMBER_LABELS = {"room": ("Room",), "owner": ("Person", "Company")}
_TARGET_LABELS = {"owner": ("Company",)}
_PEOPLE = ("Account",)


@dataclass(frozen=True)
class FindingsReport:
    """What was written; ``missing`` are the ids no node stands for, as ``finding_id part id`` texts."""

    findings: int
    involved: int
    missing: tuple[str, ...] = ()


def write_findings(store: Store, document: FindingsDocument) -> FindingsReport:
    """Replace the case's Finding nodes and their INVOLVES relationships by those of a document.

    A finding's ``batch_id`` is its run.  Members and targets are accounts; a room finding's members are rooms, an
    owner finding's members persons or companies and its targets companies.  Raises WrongCase where the database
    holds another case.
    """
    mark = store.require_case(document.case)
    if mark is None:
        raise WrongCase(
            f"the graph of {document.case!r} is empty", where=str(store.address), fix="project the case first"
        )
    for statement in (
        "MATCH (f:Finding)-[r]-() WITH r LIMIT 10000 DELETE r RETURN count(*)",
        "MATCH (f:Finding) WITH f LIMIT 10000 DELETE f RETURN count(*)",
    ):
        while store.write(statement).scalar():
            pass
    nodes = [_node(finding, document.run_id) for finding in document.findings]
    store.write_rows(create_nodes("Finding"), nodes)
    open_ends = {
        (row["finding"], row["part"], row["id"]): (row, labels) for row, labels in _involved(document)
    }
    involved = 0
    for place in range(2):  # a label's first choice, then the second for those not found
        for label in ("Account", "Room", "Person", "Company"):
            rows = [row for row, labels in open_ends.values() if labels[place : place + 1] == (label,)]
            for found in _link(store, label, rows):
                del open_ends[found]
                involved += 1
    missing = tuple(sorted(" ".join(key) for key in open_ends))
    return FindingsReport(len(nodes), involved, missing)


def _node(finding: Finding, run_id: str) -> dict[str, Any]:
    return {
        "id": finding.finding_id, "kind": finding.kind, "tier": finding.tier, "score": finding.score,
        "q_value": finding.q_value, "run_id": run_id, "first_at": finding.first_at, "last_at": finding.last_at,
        "batch_id": run_id,
    }


def _involved(document: FindingsDocument) -> Iterator[tuple[dict[str, str], tuple[str, ...]]]:
    for finding in document.findings:
        for part, ids, labels in (
            ("member", finding.members, _MEMBER_LABELS.get(finding.kind, _PEOPLE)),
            ("target", finding.targets, _TARGET_LABELS.get(finding.kind, _PEOPLE)),
        ):
            for id_ in ids:
                yield {"finding": finding.finding_id, "part": part, "id": id_, "run": document.run_id}, labels


def _link(store: Store, label: str, rows: list[dict[str, str]]) -> Iterator[tuple[str, str, str]]:
    for start in range(0, len(rows), 10_000):
        written = store.write(
            f"UNWIND $rows AS row MATCH (f:Finding {{id: row.finding}}) MATCH (n:{label} {{id: row.id}}) "
            "CREATE (f)-[:INVOLVES {part: row.part, batch_id: row.run}]->(n) RETURN row.finding, row.part, row.id",
            {"rows": rows[start : start + 10_000]},
        )
        yield from ((str(finding), str(part), str(id_)) for finding, part, id_ in written)
