"""Rows that leave lack the minors, and keep the names of everybody else, whatever words those are made of."""

from pathlib import Path

from tests.unit.ingest.evidence_folder import write
from tests.unit.workbench.custody.held_case import CASE, opened, without_graph
from workbench.export_subgraph import masking_of
from workbench.masking.telling import HIDDEN
from workbench.views.models.queries.masked_rows import masked_rows, masked_values

ACCOUNTS = """account_id,pseudonym,declared_age
m1,max,13
m2,wren smith,12
h1,max_power,40
h2,Heron in Wren Smith,41
h3,max,42
"""


def test_an_adult_keeps_a_name_with_a_minor_s_name_in_it_and_what_is_masked_is_counted(tmp_path: Path) -> None:
    """Of the worst hubs the file had no name, which the screen and the graph of the same answer showed."""
    source = write(tmp_path / "source", "accounts.csv", ACCOUNTS)
    with opened(tmp_path) as bench, without_graph():
        case = bench.case(CASE, create=True)
        bench.ingest(case, [source])
        masking = masking_of(bench, case)
        rows = [
            (f"{CASE}:h1", "max_power", 3), (f"{CASE}:h2", "Heron in Wren Smith", 2), (f"{CASE}:h3", "max", 1),
            (None, "max_power", 9), (None, "a word of max", float("nan")), (f"{CASE}:m2", "wren smith", None),
        ]
        left = masked_rows(case, masking, rows)
    assert left[0] == rows[0]
    assert left[1] == (f"{CASE}:h2", HIDDEN, 2), "another's name of several words tells that person"
    assert left[2] == rows[2]
    assert [row[1] for row in left[3:5]] == [HIDDEN, HIDDEN], "nothing says whose it is"
    assert left[5][0].startswith(f"{CASE}:~")
    assert left[5][1] == left[5][0], "a name that one minor alone has is the token"
    assert masked_values(rows, left) == 5
