"""What is in a graph, and what should be?  Both as the same plain rows, for comparing."""

import csv
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from graph.project import Projection
from graph.schema import LABELS, TYPES
from graph.store import Store
from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from ingest.lake import Lake

Content = list[tuple[str, ...]]


def write(folder: Path, tables: Mapping[str, Sequence[Mapping[str, object]]]) -> Path:
    """A native evidence folder of CSV tables."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, columns, restval="")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def add(case: CaseFolder, folder: Path, **tables: Sequence[Mapping[str, object]]) -> str:
    """Ingest tables as one batch; returns its id."""
    report = ingest([write(folder, tables)], case=case)
    assert report.rejected == 0
    return report.batch_id


def content(store: Store) -> Content:
    """Every node and relationship but the case's mark and the findings', as sorted texts."""
    found: Content = []
    for label in LABELS:
        if label != "Finding":
            for (node,) in store.read(f"MATCH (n:{label}) RETURN n"):
                found.append((node.label, node.id, _text(node.properties)))
    for type_ in TYPES:
        if type_ != "INVOLVES":
            rows = store.read(
                f"MATCH (a)-[r:{type_}]->(b) RETURN labels(a)[0], a.id, labels(b)[0], b.id, properties(r)"
            )
            found.extend((type_, *map(str, row[:4]), _text(row[4])) for row in rows)
    return sorted(found)


_EXPECTED: dict[str, Content] = {}  # by the evidence's digest: both engines are given the same


def expected(case: CaseFolder) -> Content:
    """The same of a case's evidence, by its projection."""
    with Lake(case) as lake:
        digest = lake.digest()
        if digest not in _EXPECTED:
            _EXPECTED[digest] = _projected(lake)
    return _EXPECTED[digest]


def _projected(lake: Lake) -> Content:
    found: Content = []
    with Projection(lake) as projection:
        for item in projection.nodes():
            for row in item.table.to_pyarrow().to_pylist():
                found.append((item.label, row.pop("id"), _text(row)))
        for edge in projection.edges():
            for row in edge.table.to_pyarrow().to_pylist():
                ends = (edge.source_label, row.pop("source"), edge.target_label, row.pop("target"))
                found.append((edge.type, *ends, _text(row)))
    return sorted(found)


def _text(properties: Mapping[str, Any]) -> str:
    return repr(sorted((name, _value(value)) for name, value in properties.items() if value is not None))


def _value(value: Any) -> str:
    if isinstance(value, datetime):
        aware = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return aware.isoformat(timespec="microseconds")
    return repr(value)

