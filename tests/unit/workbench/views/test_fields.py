"""What is pasted stands whole in its field, and what is too long to be kept is said."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import workbench

VIEWS = Path(workbench.__file__).parent / "views"


def form() -> None:
    """A form as the screens have them."""
    import streamlit as st

    from workbench.views.widgets.fields import empty, line, lines, too_long

    with st.form("noted"):
        tag, note = line("Tag", key="tag"), lines("Note", key="note")
        sent = st.form_submit_button("Add", key="add")
    if sent and not too_long(("Tag", tag, 5), ("Note", note, 8)):
        st.session_state["kept"] = (tag, note)
        empty("tag", "note")
        st.rerun()


def sent(tag: str, note: str) -> AppTest:
    app = AppTest.from_function(form).run()
    app.text_input(key="tag").set_value(tag)
    app.text_area(key="note").set_value(note)
    return app.button(key="add").click().run()


def test_what_is_too_long_is_said_kept_from_nothing_and_stays_in_its_field() -> None:
    app = sent("harbour", "nine lines" * 2)
    assert [error.value for error in app.error] == [
        "Tag: too long by 2 characters; at most 5.", "Note: too long by 12 characters; at most 8."
    ]
    assert "kept" not in app.session_state
    assert (app.text_input(key="tag").value, app.text_area(key="note").value) == ("harbour", "nine lines" * 2)


def test_what_was_kept_leaves_its_fields_empty() -> None:
    app = sent("night", " 12345678 ")
    assert app.session_state["kept"] == ("night", " 12345678 ")
    assert not app.error
    assert (app.text_input(key="tag").value, app.text_area(key="note").value) == ("", "")


def test_no_field_of_the_screens_stops_at_a_length() -> None:
    stopping = [path.name for path in sorted(VIEWS.rglob("*.py")) if "max_chars=" in path.read_text(encoding="utf-8")]
    assert stopping == []


def chosen() -> None:
    """A field about those that are chosen."""
    import streamlit as st

    from workbench.views.widgets.fields import begin_about, line

    begin_about(st.session_state.get("chosen", ["ann"]), {"tag": "none yet"})
    line("Tag", key="tag")


@pytest.mark.parametrize(("others", "stands"), [
    (["ann"], "harbour"), (["ann", "bob"], "harbour"), (["bob"], "none yet"),
])
def test_a_field_begins_anew_where_those_it_is_about_are_others_and_not_where_somebody_is_added(
    others: list[str], stands: str
) -> None:
    app = AppTest.from_function(chosen, default_timeout=60).run()
    app.text_input(key="tag").set_value("harbour").run()
    app.session_state["chosen"] = others
    assert app.run().text_input(key="tag").value == stands
