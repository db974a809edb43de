"""A layout by forces is asked of the browser; what it tells is one step, in which nothing moves that was placed."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from graph.opaque import fleeting
from graph.subgraph import Edge, Node, Subgraph
from ingest.case_folder import CaseFolder
from workbench.canvas.acts import Act
from workbench.canvas.payload import payload
from workbench.canvas.side import LayoutAsked, Side, side_data
from workbench.canvas.words import axis_title, axis_told
from workbench.explore import changes
from workbench.explore.board import Board
from workbench.explore.history import History
from workbench.language import words
from workbench.views.explore import layouts
from workbench.views.explore.layouts import laid_out
from workbench.views.explore.leads import NO_OVERLAY
from workbench.views.models.explore import View, changed, undone

NODES = tuple(Node(f"p:{name}", "Account") for name in "abcd")
A, B, C, D = (node.key for node in NODES)
KNOWN = Subgraph.of(NODES, [Edge(A, key, "CONTACTED", {"messages": 2}) for key in (B, C, D)])
PLACES = {A: (0.0, 0.0), B: (1.0, 0.0), C: (0.0, 1.0), D: (1.0, 1.0)}
THERE = {A: (5.0, 5.0), B: (6.12345, 5.0), C: (7.0, 7.0)}


def view(*, pinned: frozenset[str] = frozenset(), hidden: frozenset[str] = frozenset()) -> View:
    board = Board(
        nodes=frozenset(PLACES), places=PLACES, pinned=pinned, hidden=hidden, folding=False, layout="tree", frame="f"
    )
    return View(History(board), KNOWN)


def test_what_the_browser_tells_is_one_step_and_its_undoing_the_start() -> None:
    before = view()
    after = laid_out(before, THERE, "force")
    assert after.board.places == {**PLACES, **THERE, B: (6.1235, 5.0)}
    assert (after.board.layout, [step.name for step in after.history.done]) == ("force", ["layout"])
    assert undone(after).board == before.board


def test_the_whole_picture_is_looked_at_anew_unless_something_of_it_was_placed() -> None:
    assert laid_out(view(), THERE, "force").board.frame != "f"
    assert laid_out(view(), THERE, "force", only=(A, B)).board.frame == "f"
    assert laid_out(view(pinned=frozenset({D})), THERE, "force").board.frame == "f"
    assert laid_out(view(pinned=frozenset({D}), hidden=frozenset({D})), THERE, "force").board.frame != "f"


def test_what_is_pinned_or_was_not_asked_for_stays_whatever_the_browser_says() -> None:
    after = laid_out(view(pinned=frozenset({A})), THERE, "force")
    assert {key: after.board.places[key] for key in (A, C)} == {A: PLACES[A], C: THERE[C]}
    after = laid_out(view(), THERE, "force", only=(C,))
    assert after.board.places == {**PLACES, C: THERE[C]}
    nobody = laid_out(view(), {A: PLACES[A]}, "tree", only=(A,))
    assert nobody.history.done == (), "nothing has moved"


def test_a_picture_by_time_says_when_until_a_node_is_put_at_another_time(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    days = {B: 1, C: 2, D: 21}
    known = Subgraph.of(NODES, [
        Edge(A, key, "CONTACTED", {"first_at": datetime(2024, 3, day, tzinfo=UTC)}) for key, day in days.items()
    ])
    case, drawn = CaseFolder(tmp_path, "harbour"), [replace(view(), known=known)]
    monkeypatch.setattr(layouts, "state", SimpleNamespace(
        view_of=lambda _case: drawn[-1], keep=lambda _case, found: drawn.append(found)
    ))
    monkeypatch.setattr(layouts.st, "session_state", dict[str, Any]())
    monkeypatch.setattr(layouts.explore_leads, "overlay", lambda *_: NO_OVERLAY)
    assert drawn[-1].axis is None
    layouts.lay_out(case, "time")
    told = axis_told(drawn[-1].axis, words("en"))
    assert [one.text for one in told] == ["4 Mar 2024", "11 Mar 2024", "18 Mar 2024"]
    data = payload(known, drawn[-1].places, labels={}, axis=drawn[-1].axis).data["axis"]
    assert data["ticks"] == [one._asdict() for one in told]
    assert (data["title"], data["apart"]) == (axis_title(drawn[-1].axis, words("en")), None)
    board = drawn[-1].board
    assert changed(drawn[-1], changes.hidden(board, [C]), "hide").axis == drawn[-1].axis
    x, y = board.places[D]
    assert changed(drawn[-1], changes.moved(board, {D: (x, y + 4)}), "move").axis == drawn[-1].axis
    assert changed(drawn[-1], changes.moved(board, {D: (x - 9, y)}), "move").axis is None


def test_a_note_beside_a_node_goes_with_it() -> None:
    noted = changes.noted(view().board, "seen", (0.5, 0.5), about=C)
    after = laid_out(View(History(noted), KNOWN), THERE, "force")
    assert after.board.notes["1"].place == (7.5, 6.5)


def test_the_browser_is_told_what_may_move_by_tokens_of_what_is_drawn() -> None:
    drawing = payload(KNOWN, PLACES, labels={})
    asked = LayoutAsked("abc", "force", (A, "Account/gone"), 1.6)
    told = side_data(Side(layout=asked), drawing, canvas="canvas")["layout"]
    assert told == {"id": "abc", "name": "force", "nodes": [fleeting(A)], "aspect": 1.6}
    assert side_data(Side(), drawing, canvas="canvas")["layout"] is None


def test_what_was_asked_for_is_of_the_picture_it_was_asked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    case, drawn, session = CaseFolder(tmp_path, "harbour"), [view()], dict[str, Any]()
    monkeypatch.setattr(layouts, "state", SimpleNamespace(
        view_of=lambda _case: drawn[-1], keep=lambda _case, found: drawn.append(found)
    ))
    monkeypatch.setattr(layouts, "open_tab", lambda _case: 1)
    monkeypatch.setattr(layouts, "_", lambda text: text)
    monkeypatch.setattr(layouts.st, "session_state", session)
    layouts.lay_out(case, "force")
    asked = layouts.layout_asked(case)
    assert asked is not None
    drawn.append(changed(drawn[0], changes.pinned(drawn[0].board, [A]), "pin"))
    assert layouts.layout_asked(case) is asked
    drawn.append(changed(drawn[0], changes.removed(drawn[0].board, [D]), "remove", note="Taken off."))
    assert layouts.layout_asked(case) is None
    layouts.heard(case, Act("layout", values={"asked": asked.id, "given": True}))
    assert drawn[-1].note == "Taken off. The layout was given up: the picture has changed."
    assert session == {layouts.LAYOUTS: False}, "its menu is closed, nothing is asked any more"
