"""Screen: one room: its audience by age over time, who writes in it, the contacts that begin there, its hubs."""

import altair as alt
import streamlit as st

from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from workbench import dossier
from workbench.language import Words
from workbench.views import kept, show
from workbench.views.access.unmask import lifted
from workbench.views.conversation import page as conversation
from workbench.views.dossiers.known_media import known_media
from workbench.views.dossiers.who import open_account
from workbench.views.language import _, ngettext, words_here
from workbench.views.leads.about import findings_about, leads_about
from workbench.views.models.dossiers import room as model
from workbench.views.models.names import Names
from workbench.views.navigation import address, choices
from workbench.views.session import opaque, server
from workbench.views.widgets.on_case import on_case
from workbench.views.widgets.remarks import remarks_part
from workbench.views.widgets.search_everywhere import not_here

COLOURS = ("#D55E00", "#0072B2", "#7A8594")


@on_case(lambda: (_("Room"), _("Who writes in it, of which age, and which private contacts begin there.")))
def page(case: CaseFolder) -> None:
    room = address.given("room")
    with Lake(case) as lake:
        if not room:
            _choose(lake)
            return
        read = kept.room(lake, room)
        if not read.file.messages and not read.file.names:
            not_here(case, room, _("The case holds no room of the id in this address."), label="Room")
            _choose(lake)
            return
    _draw(case, read.file, lifted(read.names))


def _choose(lake: Lake) -> None:
    """The rooms of the case, those most was written in first; a click opens one."""
    listed, names = kept.rooms(lake)
    st.caption(_("A click on a row opens the room."))
    place = show.opened_row(model.case_rooms(listed, names, words_here()), key="case_rooms",
                            empty=_("The case holds no rooms."), height=560)
    if place is not None:
        address.to("Room", {"room": listed[place][0]})


def _draw(case: CaseFolder, found: dossier.RoomFile, names: Names) -> None:
    room, words = found.room, words_here()
    document = server().workbench.findings(case)
    hubs = model.hubs(found, document.findings if document else ())
    with st.container(horizontal=True, vertical_alignment="center", key="room_title"):
        st.text(names.full(room))
        if st.button(_("Read what was written"), key="read_room"):
            conversation.open_room(room)
    parts = [
        ngettext("{number} message", "{number} messages", found.messages),
        ngettext("{number} account wrote in it", "{number} accounts wrote in it", len(found.writers)),
        ngettext("{number} private contact began within an hour after both wrote here",
                 "{number} private contacts began within an hour after both wrote here", len(found.begun)),
        ngettext("{number} account that leads name as a hub, {strong} by strong evidence",
                 "{number} accounts that leads name as hubs, {strong} by strong evidence", len(hubs),
                 strong=sum(hub.finding.tier == "strong" for hub in hubs)),
    ]
    if found.first_at and found.last_at:
        parts.append(_("{first} to {last}", first=words.day(found.first_at), last=words.day(found.last_at)))
    if found.created_at:
        parts.append(_("room made {day}", day=words.day(found.created_at)))
    st.caption(" · ".join(parts))
    choices.drawn_tabs(_tabs, (
        lambda: _audience(found), lambda: _begun(found, names), lambda: _hubs(hubs, names),
        lambda: _writers(found, names), lambda: _leads(case, room),
        lambda: remarks_part(case, f"room:{room}", key="room_remarks"),
    ), key="room_tab")


def _tabs(words: Words) -> dict[str, str]:
    _ = words.gettext
    return {
        "audience": _("Audience"), "begun": _("Contacts that begin here"), "hubs": _("Known hubs"),
        "writers": _("Who writes"), "leads": _("Leads"), "notes": _("Notes and tags"),
    }


def _leads(case: CaseFolder, room: str) -> None:
    leads_about(case, findings_about(case, room), identity=room)
    known_media(case, room=room)


def _audience(found: dossier.RoomFile) -> None:
    """People who wrote in each week or month, by age at that time."""
    if not found.audience:
        st.caption(_("Nobody wrote in it."))
        return
    words = words_here()
    head = _("Week from") if found.step == "W" else _("Month")
    chart = alt.Chart(model.audience(found, words)).mark_bar().encode(
        x=alt.X("since:O", title=None, axis=alt.Axis(labelAngle=-35, labelOverlap=True)),
        y=alt.Y("people:Q", title=_("People"), axis=alt.Axis(tickMinStep=1)),
        color=alt.Color("age:N", title=None, legend=alt.Legend(orient="top"),
                        scale=alt.Scale(domain=list(model.ages(words)), range=list(COLOURS))),
        tooltip=[alt.Tooltip("since:O", title=head), alt.Tooltip("age:N", title=_("Age")),
                 alt.Tooltip("people:Q", title=_("People"), format=",")],
    ).properties(height=260)
    show.chart(chart, key="audience", about=_("People who wrote in the room over time: minors, adults and unknown"))
    st.caption(_("Who wrote, each once a week or month, by the age known at that time. "
                 "Who only read left no trace."))
    show.table(model.audience_rows(found, words), key="audience_table", empty="")


def _begun(found: dossier.RoomFile, names: Names) -> None:
    """Contacts that begin here; of the chosen one its conversation, and the room at that moment."""
    actions = st.container(horizontal=True, vertical_alignment="center", key="begun_actions")
    place = show.chosen_row(
        model.begun_rows(found, names, words_here()), key=f"begun_{opaque(found.room)}", height=460,
        empty=_("No private contact began within an hour here."),
    )
    with actions:
        if place is None:
            st.caption(_("A click on a row chooses the contact."))
            return
        item = found.begun[place]
        st.text(f"{names.of(item.initiator)} → {names.of(item.target)}")
        if st.button(_("Read the conversation"), key="read_begun", type="primary"):
            conversation.open_pair(item.initiator, item.target, at=item.record.removeprefix("messages:"))
        if st.button(_("Read the room at that moment"), key="read_room_then"):
            address.to("Conversation", {"room": found.room, "at": item.at.isoformat(timespec="seconds")})
        if st.button(_("Open who wrote first"), key="open_begun"):
            open_account(item.initiator)


def _hubs(hubs: list[model.Hub], names: Names) -> None:
    st.caption(_("Accounts that a lead names as a hub and that wrote here. A lead is no verdict. "
                 "A click on a row opens the account."))
    place = show.opened_row(model.hub_rows(hubs, names, words_here()), key="room_hubs",
                            empty=_("No lead names a hub among those who wrote here."), height=460)
    if place is not None:
        open_account(hubs[place].account)


def _writers(found: dossier.RoomFile, names: Names) -> None:
    st.caption(_("A click on a row opens the account."))
    place = show.opened_row(model.writer_rows(found, names, words_here()), key="writers",
                            empty=_("Nobody wrote in it."), height=480)
    if place is not None:
        open_account(found.writers[place][0])
