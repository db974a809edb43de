"""Shares known only as ranges in the graph: from JSON numbers and from the texts of a CSV file, from nothing else."""

from pathlib import Path

from graph.project import Projection
from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from ingest.lake import Lake

CSV = '''owner_id,owned_id,share,share_min,share_max,direct_or_indirect,note
a,t,,0.25,0.5,indirect,
b,t,0.2,,,,"say ""share_min"":0.9 and ""direct_or_indirect"":""indirect"""
c,t,,some,1e-2,direct,
'''


def test_ends_of_ranges_are_numbers_whatever_else_is_written(tmp_path: Path) -> None:
    (tmp_path / "ownerships.csv").write_text(CSV, encoding="utf-8")
    case = CaseFolder(tmp_path / "workspace", "town")
    ingest([tmp_path / "ownerships.csv"], case=case)
    with Lake(case) as lake, Projection(lake) as projection:
        tables = [edge.table.to_pyarrow() for edge in projection.edges() if edge.type == "OWNS"]
    owns = [row for table in tables for row in table.to_pylist()]
    told = {row["source"]: (row["share"], row["share_min"], row["share_max"], row["indirect"]) for row in owns}
    assert told == {
        "town:a": (None, 0.25, 0.5, True), "town:b": (0.2, None, None, None), "town:c": (None, None, 0.01, None)
    }
