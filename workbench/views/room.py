"""Screen: one room: its audience by age over time, who writes in it, and the private contacts that begin there."""

import altair as alt
import pandas as pd
import streamlit as st

from ingest.lake import Lake
from workbench import dossier
from workbench.views import address, conversation, show
from workbench.views.account import open_account
from workbench.views.language import _, ngettext, words_here
from workbench.views.leads_about import findings_about, leads_about
from workbench.views.models import dossier as model
from workbench.views.models.names import Names, names_of
from workbench.views.remarks_part import remarks_part
from workbench.views.session import current_case, opened_minors


def page() -> None:
    show.heading(_("Room"), _("Who writes in it, of which age, and which private contacts begin there."))
    case, room = current_case(), address.given("room")
    if case is None or not room:
        show.nothing(_("No room is chosen. Open one from a lead, from Explore or by the search."), key="no_room")
        return
    with Lake(case) as lake:
        found = dossier.room_file(lake, room)
        if not found.messages and not found.names:
            show.nothing(_("The case holds no room of the id in this address."), key="unknown_room")
            return
        people = {row[0] for row in found.writers} | {room}
        known = names_of(lake, people)
    names = Names(known.pseudonyms, known.minors, opened_minors())
    words = words_here()
    with st.container(horizontal=True, vertical_alignment="center", key="room_title"):
        st.text(names.full(room))
        if st.button(_("Read what was written"), key="read_room"):
            conversation.open_room(room)
    st.caption(" · ".join([
        ngettext("{number} message", "{number} messages", found.messages),
        ngettext("{number} account wrote in it", "{number} accounts wrote in it", len(found.writers)),
        ngettext("{number} private contact began after both wrote here", "{number} private contacts began after both "
                 "wrote here", len(found.begun)),
    ]))
    tabs = st.tabs([_("Audience"), _("Who writes"), _("Contacts that begin here"), _("Leads"), _("Notes and tags")])
    with tabs[0]:
        _audience(found)
    with tabs[1]:
        place = show.chosen_row(model.writer_rows(found, names, words), key="writers", empty=_("Nobody wrote in it."))
        if place is not None and st.button(_("Open the account"), key="open_writer"):
            open_account(found.writers[place][0])
    with tabs[2]:
        show.table(
            model.begun_rows(found, names, words), key="begun", empty=_("No private contact began within an hour here.")
        )
    with tabs[3]:
        leads_about(findings_about(case, room), names)
    with tabs[4]:
        remarks_part(case, f"room:{room}", key="room_remarks")


def _audience(found: dossier.RoomFile) -> None:
    """People who wrote in each month, by age at that time."""
    if not found.audience:
        st.caption(_("Nobody wrote in it."))
        return
    parts = (_("minors"), _("adults"), _("age unknown"))
    rows = [
        (month, part, count) for month, *counts in found.audience for part, count in zip(parts, counts, strict=True)
    ]
    frame = pd.DataFrame(rows, columns=["month", "age", "people"])
    frame["month"] = pd.to_datetime(frame["month"], utc=True)
    chart = alt.Chart(frame).mark_bar().encode(
        x=alt.X("yearmonth(month):T", title=None, scale=alt.Scale(type="utc")),
        y=alt.Y("people:Q", title=_("People")),
        color=alt.Color("age:N", title=None, sort=list(parts), legend=alt.Legend(orient="top")),
        tooltip=[alt.Tooltip("month:T", title=_("Month"), format="%Y-%m", formatType="utc"), "age:N", "people:Q"],
    ).properties(height=280)
    st.altair_chart(chart, key="audience", alt=_("People who wrote in the room by month, minors, adults and unknown"))
    wide = frame.assign(month=[f"{month:%Y-%m}" for month in frame["month"]]).pivot_table(
        index="month", columns="age", values="people", sort=True
    )
    show.table(wide.reset_index().rename(columns={"month": _("Month")}), key="audience_table", empty="")
