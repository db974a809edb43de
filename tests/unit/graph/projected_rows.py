"""What does a projection give?  Its tables as sorted rows, for exact comparison."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from graph.project import Projection
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from tests import scenarios

Rows = dict[str, list[dict[str, Any]]]


def projected(case: CaseFolder, new: Sequence[str] | None = None) -> Rows:
    """Every table as sorted rows without what is null; OWNS apart by the owner's label."""
    found: Rows = {}
    with Lake(case) as lake, Projection(lake, new=new) as projection:
        for item in projection.nodes():
            found[item.label] = plain(item.table)
        for edge in projection.edges():
            name = edge.type if edge.source_label != "Person" else "OWNS by Person"
            found[name] = plain(edge.table)
    return found


def plain(table: Any) -> list[dict[str, Any]]:
    rows = [{name: value for name, value in row.items() if value is not None} for row in table.to_pyarrow().to_pylist()]
    return sorted(rows, key=order)


def order(row: Mapping[str, Any]) -> str:
    return json.dumps([[row.get(key) for key in ("id", "source", "target")], row], default=str, sort_keys=True)


def by_id(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    found = {row["id"]: row for row in rows}
    assert len(found) == len(rows)
    return found


def moment(minutes: float) -> datetime:
    return (scenarios.START + timedelta(minutes=minutes)).replace(tzinfo=None)
