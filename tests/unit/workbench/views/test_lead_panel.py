"""The open lead: five reasons are read at once, the others are folded."""

import sys

import pytest
from streamlit.testing.v1 import AppTest


def page() -> None:
    import streamlit as st

    from workbench.views.leads import panel
    from workbench.views.models.leads.lead import Line

    panel.reasons([Line(f"measure {number}", f"sentence {number}") for number in range(st.session_state["many"])])


@pytest.mark.parametrize(("many", "folded"), [(5, None), (7, "2 more reasons")])
def test_at_most_five_reasons_stand_before_the_fold(
    monkeypatch: pytest.MonkeyPatch, many: int, folded: str | None
) -> None:
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])  # a page run is the main module from then on
    app = AppTest.from_function(page, default_timeout=90)  # the first run imports the screens
    app.session_state["many"] = many
    app.run()
    assert not app.exception
    assert [one.label for one in app.expander] == ([folded] if folded else [])
    inside = [text.value for one in app.expander for text in one.text]
    assert len(app.text) - len(inside) == 2 * 5
    assert inside == [said for number in range(5, many) for said in (f"measure {number}", f"sentence {number}")]
