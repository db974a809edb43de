"""Numbers and moments of a table are written by the screen's language where that makes a difference."""

import pandas as pd
import pytest
from pandas.io.formats.style import Styler

from workbench.language import words
from workbench.views import show


@pytest.fixture(autouse=True)
def _french(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(show, "words_here", lambda: words("fr"))


@pytest.mark.parametrize("values", [[1, -1_000], [1, 1_234], [0.5, 2.0], [pd.Timestamp("2024-03-01", tz="UTC")] * 2])
def test_what_languages_write_apart_is_written_by_that_of_the_screen(values: list[object]) -> None:
    found = show.written(pd.DataFrame({"told": values}))
    assert isinstance(found, Styler)
    assert words("fr").number(1_234) in show.written(pd.DataFrame({"told": [1_234]})).to_html()  # type: ignore[union-attr]


@pytest.mark.parametrize("values", [[0, 999], [-999, 1], ["1234", "x"], [True, False]])
def test_what_all_write_alike_stays_a_plain_table_which_costs_a_large_one_nothing(values: list[object]) -> None:
    assert isinstance(show.written(pd.DataFrame({"told": values})), pd.DataFrame)


@pytest.mark.parametrize(("told", "row"), [
    ({"name": ["ann", "bo"], "times": [3, 1_234_567]}, 31), ({"name": ["ann", "a" * 20], "times": [3, 4]}, show.LINES),
    ({"name": ["ann", "b\no"], "times": [3, 4]}, show.LINES),
])
def test_rows_are_of_several_lines_where_a_cell_needs_them(told: dict[str, list[object]], row: int) -> None:
    assert show.as_high_as_needed(pd.DataFrame(told), (100, 40), show.LINES) == row
