"""What can be done with an answer's rows?  Filtered and chosen in the table; opened, drawn, tagged, made a lead."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from graph import fetch
from graph.opaque import fleeting
from ingest.case_folder import CaseFolder
from queries.runner import QueryResult
from workbench.casebook.remarks import MOST_CHARACTERS
from workbench.masking.nodes import with_minors
from workbench.views import show
from workbench.views.access.rights import allowed
from workbench.views.access.withheld import warn_if_withheld
from workbench.views.explore import state
from workbench.views.explore.panels.lead import ABOUT, lead_form
from workbench.views.language import _, ngettext, words_here
from workbench.views.models import explore as explore_model
from workbench.views.models.names import Names
from workbench.views.models.queries import answer_rows as model
from workbench.views.navigation import address
from workbench.views.session import person, reading, server
from workbench.views.widgets.fields import lacking
from workbench.views.widgets.search_everywhere import OPENS

_MOST_OFFERED = 200
_DONE = "rows_done"


def answer_rows(case: CaseFolder, result: QueryResult, rows: pd.DataFrame, names: Names) -> None:
    """The table, its filter, and what is done with the chosen rows, or with all that are shown if none is chosen."""
    if rows.empty or result.plan is not None:
        show.table(rows, key="answer_table", empty=_("No rows."))
        return
    place = st.container(horizontal=True, vertical_alignment="center", key="answer_tools")
    with place:
        text = st.text_input(
            _("Rows that hold"), key="answer_filter", placeholder=_("Rows that hold…"), width=240,
            label_visibility="collapsed",
        )
    shown = model.holding(rows, text or "")
    picked = show.chosen_rows(rows.iloc[shown], key="answer_table", empty=_("No row holds this."))
    chosen = [shown[one] for one in picked] or shown
    with place:
        found = model.things(result, names, chosen)
        if found:
            label = _("With the chosen rows") if picked else _("With these rows")
            with st.popover(label, key="answer_things"):
                _things(case, found, names)
        if len(shown) < len(rows):
            st.caption(_("{shown} of these {total} rows hold it", shown=len(shown), total=len(rows)))
        done = st.session_state.pop(_DONE, None)
        if done:
            st.caption(done)


def _things(case: CaseFolder, found: Sequence[str], names: Names) -> None:
    st.caption(ngettext(
        "{number} account, room or other thing of the case stands in them.",
        "{number} accounts, rooms and other things of the case stand in them.", len(found),
    ))
    offered = [key for key in found if key.partition("/")[0] in OPENS][:_MOST_OFFERED]
    if offered:
        labels = {key: names.full(model.identity(key)) for key in offered}
        with st.container(horizontal=True, vertical_alignment="bottom"):
            one = st.selectbox(_("Open one"), offered, format_func=labels.__getitem__, key="rows_open_which")
            if st.button(_("Open"), key="rows_open") and one is not None:
                page, name = OPENS[one.partition("/")[0]]
                address.to(page, {name: model.identity(one)})
    if st.button(ngettext("Draw it in Explore", "Draw these {number} in Explore", len(found)), key="rows_to_explore"):
        with show.errors():
            address.to("Explore", {"answer": _drawn(case, found)})
    if allowed("annotate", case):
        _tag(case, found)
        _lead(case, found, names)


def _drawn(case: CaseFolder, found: Sequence[str]) -> str:
    with reading(case) as store:
        fetched = fetch.nodes(store, found)
    subgraph = with_minors(case, fetched.subgraph)
    view = explore_model.begin(
        fetch.Fetched(subgraph, fetched.shown, fetched.total), words_here(), what=_("Answer"), folding=False
    )
    return state.pictured(case, view.board)


def _tag(case: CaseFolder, found: Sequence[str]) -> None:
    with st.form("rows_tag", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        tag = st.text_input(_("Tag"), key="rows_tag_text")
        sent = st.form_submit_button(_("Add tag"), key="rows_tag_add")
    if sent and not lacking(_("Tag"), tag, MOST_CHARACTERS["tag"], missing=_("Write the tag first.")):
        with show.errors():
            subjects = [model.subject(key) for key in found]
            server().workbench.casebook.remarks.add(case.name, subjects, "tag", tag, user=person().name)
            warn_if_withheld(case, (tag,), subjects)
            st.session_state[_DONE] = ngettext("{number} thing tagged", "{number} things tagged", len(found))
            st.rerun()


def _lead(case: CaseFolder, found: Sequence[str], names: Names) -> None:
    people = [model.identity(key) for key in found if key.partition("/")[0] in ABOUT]
    if not people:
        return
    with st.expander(_("A lead of one’s own"), key="rows_lead_open"):
        if len(people) > _MOST_OFFERED:
            st.caption(_("A lead names at most {number}: choose rows first.", number=_MOST_OFFERED))
            return
        minors = [one for one in people if one in names.minors]
        mark = fleeting("\n".join(people))  # other people are other choices
        lead_form(case, {one: names.full(one) for one in people}, minors, key=f"rows_lead_{mark}")
