"""The frame around every screen: page set-up, navigation, the choice of case."""

from pathlib import Path

import streamlit as st

from ingest.errors import FilatureError
from workbench.views import explore, leads, overview, queries, show, sources
from workbench.views.session import CASE, case_names, current_case, person

_ICONS = Path(__file__).parent / "icons"
_STYLE = Path(__file__).parent / "style.css"
PAGES = {
    "Case": (("Overview", overview.page, "monitoring"), ("Sources", sources.page, "database")),
    "Investigate": (
        ("Leads", leads.page, "fact_check"),
        ("Explore", explore.page, "hub"),
        ("Queries", queries.page, "manage_search"),
    ),
}


def main() -> None:
    """Lay out the page and run the chosen screen."""
    st.set_page_config(page_title="Filature", page_icon=str(_ICONS / "icon.png"), layout="wide")
    st.logo(str(_ICONS / "wordmark.svg"), size="large", icon_image=str(_ICONS / "icon.png"))
    st.html(_STYLE)
    pages = {
        section: [
            st.Page(run, title=title, icon=f":material/{icon}:", url_path=title.lower(), default=title == "Overview")
            for title, run, icon in screens
        ]
        for section, screens in PAGES.items()
    }
    # Screens call each other by these (`st.switch_page`), not by paths.
    st.session_state["pages"] = {page.title: page for group in pages.values() for page in group}
    chosen = st.navigation(pages)
    try:
        _sidebar()
    except FilatureError as problem:
        show.error(problem)
        st.stop()
    with show.errors():
        chosen.run()


def _sidebar() -> None:
    names = case_names()
    with st.sidebar:
        if names:
            present = current_case()
            wanted = st.session_state.pop("case_wanted", None)
            if wanted in names:
                st.session_state["case_picker"] = wanted
            index = names.index(present.name) if present is not None else 0
            chosen = st.selectbox("Case", names, index=index, key="case_picker")
            st.session_state[CASE] = chosen
        with st.container(key="whoami"):
            st.caption("Working as")
            st.text(person().name)
