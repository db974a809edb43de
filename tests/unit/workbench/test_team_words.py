"""A team's own word lists in the workspace."""

from pathlib import Path

import pytest

from graph.errors import DetectionError
from workbench.team_words import FILE, with_team_words


def test_without_a_file_the_parameters_stay_as_given(tmp_path: Path) -> None:
    assert with_team_words(None, tmp_path) == {}
    assert with_team_words({"hub": {"min_minors": 4}}, tmp_path) == {"hub": {"min_minors": 4}}


def test_the_team_s_lists_are_used_and_given_ones_win(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('demand = ["send"]\nthing = ["badge"]\nconsequence = ["or else"]\n', encoding="utf-8")
    assert with_team_words(None, tmp_path)["extortion"] == {
        "demand": ["send"], "thing": ["badge"], "consequence": ["or else"],
    }
    given = with_team_words({"extortion": {"thing": ["key"], "min_minors": 4}}, tmp_path)["extortion"]
    assert given == {"demand": ["send"], "thing": ["key"], "consequence": ["or else"], "min_minors": 4}


def test_a_file_that_is_wrong_says_which_list_and_where(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('demand = ["send"]\n', encoding="utf-8")
    with pytest.raises(DetectionError, match="thing is not a list of words"):
        with_team_words(None, tmp_path)
