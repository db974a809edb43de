"""A team's own word lists in the workspace."""

from pathlib import Path

import pytest

from graph.detect.extortion.word_lists import read_word_lists
from graph.errors import DetectionError
from workbench.runs.team_words import FILE, with_team_words


def test_without_a_file_the_parameters_stay_as_given(tmp_path: Path) -> None:
    assert with_team_words(None, tmp_path) == {}
    assert with_team_words({"hub": {"min_minors": 4}}, tmp_path) == {"hub": {"min_minors": 4}}


def test_the_team_s_lists_are_used_and_given_ones_win(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(
        'demand = ["send"]\nthing = ["badge"]\nconsequence = ["or else"]\nreported = ["told me"]\n', encoding="utf-8"
    )
    assert with_team_words(None, tmp_path)["extortion"] == {
        "demand": ["send"], "thing": ["badge"], "consequence": ["or else"], "reported": ["told me"],
    }
    given = with_team_words({"extortion": {"thing": ["key"], "min_minors": 4}}, tmp_path)["extortion"]
    assert given == {
        "demand": ["send"], "thing": ["key"], "consequence": ["or else"], "reported": ["told me"], "min_minors": 4,
    }


def test_a_copy_from_before_there_was_a_list_takes_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('demand = ["send"]\nthing = ["badge"]\nconsequence = ["or else"]\n', encoding="utf-8")
    lists = with_team_words(None, tmp_path)["extortion"]
    assert (lists["thing"], lists["reported"]) == (["badge"], list(read_word_lists().reported))


def test_a_file_that_is_wrong_says_which_list_and_where(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('demand = ["send"]\n', encoding="utf-8")
    with pytest.raises(DetectionError, match="thing is not a list of words"):
        with_team_words(None, tmp_path)
