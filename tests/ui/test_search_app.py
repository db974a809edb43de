"""The search screen: what bears the name, and who uses a phrase: nothing without a reason, no text, no minor's name."""

import json
from pathlib import Path

import pytest

from tests.labels import mask
from tests.ui.conftest import ADULT, CASE, HUB, MINORS
from tests.ui.test_app import _closed, at_screen, audit, submit, table, texts
from workbench.views import search as screen

__all__ = ["_closed"]  # a fixture: what the screens hold open is given back after every test
pytestmark = pytest.mark.embedded
SEARCH = "Search in message texts"
COLUMNS = ("Written by", "To, or in", "Messages", "By the other", "First (UTC)", "Last (UTC)")


def searched(phrase: str, reason: str):
    app = at_screen("Search", sought=phrase)
    app.text_input(key="search_texts_reason").set_value(reason)
    submit(app, SEARCH)
    return app


def test_without_a_reason_nothing_is_searched_and_nothing_logged(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILATURE_USER", "dee")
    before = len(audit("search texts"))
    monkeypatch.setattr(screen.kept, "occurrences", lambda *_: pytest.fail("it was searched"))
    app = at_screen("Search", sought="hello there")
    assert "Nothing in the case has that name or id. Message texts are searched below." in texts(app)
    assert "which conversations and rooms hold “hello there”" in texts(app)
    submit(app, SEARCH)
    assert "Write why the texts have to be searched." in texts(app)
    assert len(audit("search texts")) == before


def test_a_reason_lists_who_uses_the_phrase_with_minors_masked_and_is_logged_with_it(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILATURE_USER", "eli")
    app, before = searched("HELLO thére", "to find who else writes so"), len(audit("search texts")) - 1
    found = table(app, *COLUMNS)
    assert set(found["Messages"]) == {3}
    assert set(found["Written by"]) == {HUB}, "who wrote more of them stands first"
    assert {mask(f"{CASE}:{who}") for who in MINORS} <= set(found["To, or in"])
    assert ADULT in set(found["To, or in"])
    assert set(found["By the other"]) == {"1"}
    assert f"{len(found) * 3} messages hold these words, in {len(found)} conversations and rooms." in texts(app)
    assert "hello there" not in texts(app), "what was written is not shown"
    assert not [who for who in MINORS if f"little_{who}" in texts(app)]
    told = json.loads(audit("search texts")[before])
    assert told == {"phrase": "HELLO thére", "reason": "to find who else writes so", "stated": True}
    app = at_screen("Search", sought="HELLO thére")
    assert len(table(app, *COLUMNS)) == len(found), "the reason stands, over a reload as well"
    assert [json.loads(entry)["stated"] for entry in audit("search texts")[before:]] == [True, False]


def test_another_phrase_asks_anew_offers_the_last_reason_and_says_plainly_that_it_is_nowhere(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILATURE_USER", "fay")
    app = searched("good morning", "for the report")
    assert "1 message holds these words, in 1 conversation or room." in texts(app)
    app.text_input(key="searched").set_value("goodbye").run()
    assert not app.dataframe
    assert "Your last reason for a search: “for the report”" in texts(app)
    submit(app, "Take up the last reason")
    submit(app, SEARCH)
    assert "No message of the case holds these words." in texts(app)
    opened = at_screen("Conversation", a=f"{CASE}:oak", b=f"{CASE}:x0")
    assert opened.text_input(key="open_thread_reason").value == "", "a search opens no conversation"
    assert "for the report" not in texts(opened)


def test_a_room_is_a_row_and_a_hostile_phrase_is_literal(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.unit.workbench.hostile import HOSTILE

    monkeypatch.setenv("FILATURE_USER", "gus")
    found = table(searched(HOSTILE[0], "to see the room"), *COLUMNS)
    assert list(map(tuple, found.to_numpy()[:, :3])) == [("6 accounts", "The lobby (a room)", 6)]
    assert "No message of the case holds these words." in texts(searched("' OR '1'='1", "hostile"))


def test_names_are_found_as_well_and_too_short_a_phrase_is_said(workspace: Path) -> None:
    app = at_screen("Search", sought=HUB)
    assert f"Account: {HUB}" in [button.label.replace("\\", "") for button in app.button]
    assert "Nothing in the case has that name or id" not in texts(app)
    app = at_screen("Search", sought="zz")
    assert "Texts are searched for a phrase of at least 3 letters or digits." in texts(app)
    assert not any(button.label == SEARCH and button.form_id for button in app.button)


def test_nothing_sought_is_a_box_alone(workspace: Path) -> None:
    app = at_screen("Search")
    assert app.text_input(key="searched").value == ""
    assert "In message texts" not in texts(app)
