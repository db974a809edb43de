"""Which page of a long table is open when its screen was left and is come back to?"""

from streamlit.testing.v1 import AppTest


def two_screens() -> None:
    """A table of 25 rows, and another screen."""
    import streamlit as st

    from workbench.views.widgets.pages import page_of

    if st.checkbox("away", key="away"):
        return
    st.session_state["first"] = page_of(25, size=10, key="table_page")


def test_the_page_that_was_open_is_open_again() -> None:
    app = AppTest.from_function(two_screens, default_timeout=60).run()
    app.number_input(key="table_page").set_value(3).run()
    app.checkbox(key="away").check().run()
    app.checkbox(key="away").uncheck().run()
    assert app.session_state["first"] == 20
    assert app.text[0].value == "21 to 25 of 25"
