"""What is written beside a picture or an answer: a minor's name in it is warned of, a minor is no suspect at first."""

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from graph.subgraph import Node, Subgraph
from ingest.case_folder import CaseFolder
from workbench.canvas.payload import Selection
from workbench.explore.board import Board
from workbench.explore.history import History
from workbench.views.console import rows
from workbench.views.explore.panels import lead, selection
from workbench.views.models.explore import View
from workbench.views.models.names import names_in

NODES = tuple(
    Node(f"p:{name}", "Account", {"pseudonym": name, **told}) for name, told in (
        ("ann", {"declared_age": 41}), ("kid", {"declared_age": 12}), ("perhaps", {"minor_basis": "likely"}),
    )
)
KEYS = tuple(node.key for node in NODES)
BOARD = Board(nodes=frozenset(KEYS), folding=False)
DRAWN = View(History(board=BOARD), Subgraph.of(NODES, ()), Selection(nodes=KEYS))


def answer_page() -> None:
    from types import SimpleNamespace

    from tests.unit.workbench.views.test_casework_from_views import KEYS
    from workbench.views.console import rows

    rows._tag(SimpleNamespace(name="c"), KEYS[:1])


def picture_page() -> None:
    from types import SimpleNamespace

    from tests.unit.workbench.views.test_casework_from_views import DRAWN
    from workbench.views.explore.panels import selection

    selection._tag(SimpleNamespace(name="c"), DRAWN)


@pytest.mark.parametrize(("module", "page", "field", "subjects"), [
    (rows, answer_page, "rows_tag_text", ["account:p:ann"]),
    (selection, picture_page, "selected_tag_text", ["account:p:ann", "account:p:kid", "account:p:perhaps"]),
])
def test_a_tag_is_looked_through_for_a_minor_s_name(
    monkeypatch: pytest.MonkeyPatch, module: Any, page: Any, field: str, subjects: list[str]
) -> None:
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])  # a page run is the main module from then on
    monkeypatch.setattr(st, "rerun", lambda **_scope: None)
    asked: list[Any] = []
    remarks = SimpleNamespace(add=lambda *_what, **_by: None)
    bench = SimpleNamespace(workbench=SimpleNamespace(casebook=SimpleNamespace(remarks=remarks)))
    monkeypatch.setattr(module, "server", lambda: bench)
    monkeypatch.setattr(module, "person", lambda: SimpleNamespace(name="ana"))
    monkeypatch.setattr(
        module, "warn_if_withheld", lambda _case, texts, about: asked.append((list(texts), list(about)))
    )
    app = AppTest.from_function(page, default_timeout=90).run()
    app.text_input(key=field).input("near kid")
    app.button[0].click().run()
    assert asked == [(["near kid"], subjects)]


def test_a_likely_minor_is_a_target_of_a_lead_of_one_s_own_at_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(lead, "lead_form", lambda _case, labels, minors: asked.append((list(labels), list(minors))))
    lead.own_lead(CaseFolder(tmp_path, "p"), DRAWN, names_in(DRAWN.known))
    assert asked == [(["p:ann", "p:kid", "p:perhaps"], ["p:kid", "p:perhaps"])]
