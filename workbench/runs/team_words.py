"""By which words does this workspace's team read a demand under pressure?  Its own lists, where it keeps some."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graph.detect.extortion.word_lists import LISTS, read_word_lists

FILE = "extortion-words.toml"


def with_team_words(parameters: Mapping[str, Any] | None, workspace: Path) -> dict[str, Any]:
    """The parameters of a run with the lists of ``WORKSPACE/extortion-words.toml`` where they give none themselves.

    Raises DetectionError where that file cannot be read or a list in it is wrong.
    """
    given = dict(parameters or {})
    path = workspace / FILE
    if path.is_file():
        lists = read_word_lists(path)
        own = {name: list(getattr(lists, name)) for name in LISTS}
        given["extortion"] = {**own, **given.get("extortion", {})}
    return given
