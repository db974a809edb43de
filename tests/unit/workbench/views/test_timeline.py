"""An account's timeline is read by pages, whichever day it begins on."""

import sys
import tomllib
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest


def page() -> None:
    from datetime import datetime

    import pyarrow as pa
    import streamlit as st

    from workbench import dossier
    from workbench.views.dossiers import timeline

    day = datetime.fromisoformat(st.session_state["begins"])
    events = pa.table({"at": pa.array([day], pa.timestamp("us")), "code": ["created"]})
    st.text(f"from {timeline.first_of(dossier.Timeline(events), (), 'p:a')}")


@pytest.mark.parametrize("begins", ["2024-02-29", "2024-03-01", "1969-12-31"])
def test_it_opens_whichever_day_it_begins_on(monkeypatch: pytest.MonkeyPatch, begins: str) -> None:
    """One that begins on 29 February did not open."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])  # a page run is the main module from then on
    app = AppTest.from_function(page, default_timeout=90)  # the first run imports the screens
    app.session_state["begins"] = begins
    app.run()
    assert not app.exception
    assert [text.value for text in app.text][:1] == ["1 event"]
    assert [text.value for text in app.text][-1:] == ["from 0"]


def test_no_error_offers_to_ask_another_machine() -> None:
    settings = tomllib.loads((Path(__file__).parents[4] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["client"]["showErrorLinks"] is False
