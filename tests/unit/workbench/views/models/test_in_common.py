"""What several have in common is drawn and selected, and it is said how many they are."""

from dataclasses import replace
from typing import Any

import pytest

from graph.fetch import Fetched, Neighbours
from graph.subgraph import Edge, Node, Subgraph
from ingest.case_folder import CaseFolder
from workbench.canvas.acts import Act
from workbench.explore import changes
from workbench.explore.filters import Filters
from workbench.language import words
from workbench.views.explore import acts
from workbench.views.models import explore as model
from workbench.views.models.explore import View

EN = words("en")
A, B, C = (f"Account/p:{name}" for name in "abc")
DEVICE, OTHER = "Identifier/device:1", "Identifier/device:2"
_NODES = {key: Node(key.partition("/")[2], key.partition("/")[0]) for key in (A, B, C, DEVICE, OTHER)}


def view(*keys: str) -> View:
    edges = [Edge(one, two, "USED") for one in (A, B) for two in (DEVICE, OTHER) if {one, two} <= set(keys)]
    known = Subgraph.of([_NODES[key] for key in keys], edges)
    return model.begin(Fetched(known, len(keys), len(keys)), EN, what="x", folding=False)


class Canvas:
    """In place of the session: one view, and what the graph answers."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, view: View, *found: str, total: int | None = None) -> None:
        self.view, self.found = view, Neighbours(found, len(found) if total is None else total)
        self.types: list[str] = []
        monkeypatch.setattr(acts, "state", self._state())
        monkeypatch.setattr(acts, "words_here", lambda: EN)

    def _state(self) -> Any:
        canvas = self

        class State:
            asked = staticmethod(lambda _case, _ask: canvas.found)
            types = staticmethod(lambda: canvas.types)
            view_of = staticmethod(lambda _case: canvas.view)

            @staticmethod
            def keep(_case: CaseFolder, view: View) -> None:
                canvas.view = view

            @staticmethod
            def bring(_case: CaseFolder, keys: list[str], *, step: str) -> None:
                known = Subgraph.of([*canvas.view.known.nodes, *(_NODES[key] for key in keys)], canvas.view.known.edges)
                learned = model.learned(canvas.view, known)
                canvas.view = model.changed(learned, changes.added(learned.board, keys, single=keys), step)

        return State

    def ask(self, case: CaseFolder) -> tuple[set[str], str]:
        acts.hear(case, [Act("common", (A, B))])
        return set(self.view.selection.nodes), self.view.note


@pytest.fixture
def case(tmp_path: Any) -> CaseFolder:
    return CaseFolder(tmp_path, "harbour")


def test_what_is_drawn_already_is_selected_and_makes_no_step(monkeypatch: pytest.MonkeyPatch, case: CaseFolder) -> None:
    canvas = Canvas(monkeypatch, view(A, B, DEVICE, OTHER), DEVICE, OTHER)
    steps, revision = len(canvas.view.history.done), canvas.view.selection.revision
    assert canvas.ask(case) == ({DEVICE, OTHER}, "2 in common: all drawn already, now selected.")
    assert len(canvas.view.history.done) == steps
    assert canvas.view.selection.revision > revision, "the browser follows"


def test_what_is_not_drawn_is_drawn_and_selected_too(monkeypatch: pytest.MonkeyPatch, case: CaseFolder) -> None:
    canvas = Canvas(monkeypatch, view(A, B, DEVICE), DEVICE, OTHER, total=5)
    told = "5 in common, what is drawn of them is selected (drawn just now: 1, drawn already: 1, not drawn: 3)."
    assert canvas.ask(case) == ({DEVICE, OTHER}, told)


def test_a_folded_device_comes_out_of_its_fold_and_a_group_of_ones_own_is_selected(
    monkeypatch: pytest.MonkeyPatch, case: CaseFolder
) -> None:
    began = view(A, B, DEVICE)
    own = model.changed(began, changes.grouped(began.board, [DEVICE], "Devices", folded=True), "group")
    assert Canvas(monkeypatch, own, DEVICE).ask(case) == (
        {"Group/own:1"}, "1 in common: drawn already, now selected."
    )
    by_hand = model.changed(began, changes.hidden(began.board, [DEVICE]), "hide")
    assert Canvas(monkeypatch, by_hand, DEVICE).ask(case) == (
        {DEVICE}, "1 in common, what is drawn of them is selected (drawn just now: 1)."
    )


def test_a_device_folded_among_leaves_is_drawn_by_itself(monkeypatch: pytest.MonkeyPatch, case: CaseFolder) -> None:
    many = [Node(f"device:{number}", "Identifier") for number in range(1, 9)]
    edges = [Edge(A, node.key, "USED") for node in many] + [Edge(A, B, "CONTACTED")]
    known = Subgraph.of([_NODES[A], _NODES[B], *many], edges)
    began = model.begin(Fetched(known, 10, 10), EN, what="x")
    assert began.node(DEVICE) is None
    canvas = Canvas(monkeypatch, began, DEVICE)
    chosen, note = canvas.ask(case)
    assert (chosen, "drawn just now: 1" in note) == ({DEVICE}, True)


def test_what_a_filter_hides_is_said(monkeypatch: pytest.MonkeyPatch, case: CaseFolder) -> None:
    began = view(A, B, DEVICE, OTHER)
    board = replace(began.board, filters=Filters(labels_off=frozenset({"Identifier"})))
    filtered = model.changed(began, board, "filter")
    chosen, note = Canvas(monkeypatch, filtered, DEVICE, OTHER).ask(case)
    assert (chosen, note) == (set(), "2 in common, what is drawn of them is selected (hidden by filters: 2).")


def test_nothing_in_common_is_said_and_leaves_the_selection(monkeypatch: pytest.MonkeyPatch, case: CaseFolder) -> None:
    canvas = Canvas(monkeypatch, model.chosen(view(A, B, C), nodes=[A, B]))
    assert canvas.ask(case) == ({A, B}, "They have nothing in common.")
    canvas.types = ["USED"]
    assert canvas.ask(case)[1] == "They have nothing in common along the chosen relationships."
