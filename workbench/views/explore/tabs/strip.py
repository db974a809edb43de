"""The tabs of a canvas: several pictures at hand, each with its own steps; kept, so that a restart finds them."""

import streamlit as st

from ingest.case_folder import CaseFolder
from workbench.language import Words
from workbench.views import kept
from workbench.views.explore import state
from workbench.views.explore.tabs import reopening
from workbench.views.explore.tabs.steps import open_tab
from workbench.views.language import _, words_here
from workbench.views.models.explore.words import kinds_named
from workbench.views.session import person, server

_CHOSEN = "explore_tab_chosen"
_NAME = 20  # characters of whom a lead is about


def tab_button(case: CaseFolder) -> None:
    """Opens another tab, where something is drawn in this one."""
    st.button(_("New tab"), icon=":material/add:", help=_("New tab"), key="tab_new", type="tertiary",
              on_click=reopening.new_tab, args=(case,))


def tab_strip(case: CaseFolder) -> None:
    """A line of the tabs, where there are several: number, and the lead that each shows, of several their kinds."""
    here, words = open_tab(case), words_here()
    titles = {tab.number: tab.title for tab in server().workbench.casebook.boards.tabs(person().name, case.name)}
    # what an address opened is kept with its first step, and has its name before that
    titles[here] = titles.get(here) or state.leads_drawn(case, state.view_of(case).board)
    if len(titles) < 2:
        return
    named = {number: f"{number} · {title_told(case, title, words)}" if title else str(number)
             for number, title in titles.items()}
    st.session_state[_CHOSEN] = here
    with st.container(horizontal=True, vertical_alignment="center", key="explore_tabs", gap="small"):
        st.segmented_control(
            _("Tabs"), sorted(named), format_func=named.__getitem__, key=_CHOSEN, required=True,
            label_visibility="collapsed", on_change=lambda: reopening.show_tab(case, st.session_state[_CHOSEN]),
        )
        st.button(_("Close this tab"), icon=":material/close:", help=_("Close this tab"), key="tab_close",
                  type="tertiary", on_click=reopening.close_tab, args=(case,))


def title_told(case: CaseFolder, title: str, words: Words) -> str:
    """What a tab's title says: of a lead its kind and whom it is about first, of one that the last run has no more its
    kind alone, as of several.
    """
    document = server().workbench.findings(case)
    lead = document.of(title) if document else None
    if document is None or lead is None:
        return kinds_named(title.partition("-")[0], words)
    kind = kinds_named(lead.kind, words)
    first, *more = lead.members
    name = kept.leads(case, document.findings).names.of(first, limit=_NAME)  # read once, whatever tabs there are
    return words.pair(kind, f"{name} +{words.number(len(more))}" if more else name)
