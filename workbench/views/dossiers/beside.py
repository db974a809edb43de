"""Two accounts side by side: what they share, when one was there and the other not, whom both wrote to."""

import altair as alt
import streamlit as st

from graph.search import Hit
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from workbench import dossier
from workbench.views import show
from workbench.views.access.unmask import names_here
from workbench.views.conversation import page as conversation
from workbench.views.dossiers.who import open_account
from workbench.views.language import _, ngettext, words_here
from workbench.views.models.dossiers import side_by_side as model
from workbench.views.models.names import Names
from workbench.views.navigation import address
from workbench.views.widgets.entity_picker import hits, search_box

MOST_PICKED = 500
FIRST = 3
COLOURS = ("#0072B2", "#E69F00", "#CC79A7")
_PICKED = "beside_picked"


def choose_beside(account: str, other: str) -> None:
    """Open an account's screen with the other beside it; does not return."""
    st.session_state["beside_account"] = other  # whoever was chosen before does not stay
    address.to("Account", {"account": account, "beside": other, "account_tab": "beside"})


def beside(
    case: CaseFolder, lake: Lake, account: str, contacts: list[dossier.Contact], marks: list[dossier.Mark],
    names: Names,
) -> None:
    """The choice of the other account, and the two of them."""
    if chosen := st.session_state.get("beside_account") or address.given("beside"):
        names = names.and_of(names_here(lake, {chosen}))  # who shares nothing with the account stood by id
    other = _other(case, account, contacts, marks, names)
    if not other:
        st.caption(_("Choose an account: those who share the rarest marks come first, then those it wrote with."))
        return
    if other == account or not dossier.profile(lake, other).known:
        st.caption(_("The case holds no other account of that id."))
        return
    found = dossier.shared(lake, account, other)
    people = {item.other for pair in (*found.wrote_to, *found.met) for item in pair}
    names = names_here(lake, {account, other, *people, *(row[0] for row in found.rooms)})
    called, words = model.labels((account, other), names), words_here()
    _wrote(found, account, other)
    _presence(lake, (account, other), called)
    show.bold(ngettext("{number} person both wrote to", "{number} people both wrote to", len(found.wrote_to)))
    show.table(model.people_rows(found.wrote_to, called, names, words), key="beside_people",
               empty=_("Nothing in common."))
    if found.met:
        show.bold(ngettext("{number} more person both were in contact with",
                           "{number} more people both were in contact with", len(found.met)))
        show.table(model.people_rows(found.met, called, names, words), key="beside_met", empty="")
    left, right = st.columns(2, gap="medium")
    with left:
        show.bold(_("Marks both used"))
        frame = model.mark_rows(found, (account, other), names, words)
        show.table(frame, key="beside_marks", empty=_("Nothing in common."))
    with right:
        show.bold(_("Rooms of both, messages of each"))
        show.table(model.room_rows(found, called, names, words), key="beside_rooms", empty=_("Nothing in common."))


def _other(
    case: CaseFolder, account: str, contacts: list[dossier.Contact], marks: list[dossier.Mark], names: Names
) -> str | None:
    """From the list, from a search, or from the address."""
    if (hit := st.session_state.pop(_PICKED, None)) is not None:
        st.session_state["beside_account"] = hit.id
    sharers = [other for mark in marks for other, _times in mark.others]
    options = list(dict.fromkeys([*sharers, *(item.other for item in contacts)]))[:MOST_PICKED]
    wanted = st.session_state.get("beside_account") or address.given("beside")
    if wanted and wanted != account and wanted not in options:
        options = [wanted, *options]
    if st.session_state.get("beside_account") not in options:
        st.session_state["beside_account"] = wanted if wanted in options else None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        other: str | None = st.selectbox(
            _("Compare with"), options, index=None, format_func=names.labels(options), key="beside_account",
            placeholder=_("who shares a mark, or wrote with it"), width=420,
        )
        text = search_box("beside_search")
    if text:
        hits(case, text, key="beside", pick=_pick, labels=("Account",), first=FIRST)
    address.put(beside=other)
    return other


def _pick(hit: Hit) -> None:
    """Taken up at the next run: a widget's value cannot change once it is drawn."""
    st.session_state[_PICKED] = hit
    st.session_state["beside_search"] = ""


def _wrote(found: dossier.Shared, account: str, other: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="beside_wrote"):
        if found.wrote:
            st.text(_("They wrote to each other: {there} and {back} messages.", there=found.wrote[0],
                      back=found.wrote[1]))
            if st.button(_("Read the conversation"), key="read_beside"):
                conversation.open_pair(account, other)
        else:
            st.text(_("The evidence holds no private message between them."))
        if st.button(_("Open the other account"), key="open_beside"):
            open_account(other)


def _presence(lake: Lake, pair: tuple[str, str], called: tuple[str, str]) -> None:
    """Day by day and hour by hour, who was there."""
    words = words_here()
    found = dossier.presence(lake, *pair)
    show.bold(_("When one was there and the other not (UTC)"))
    if not found.hours:
        st.caption(_("Neither has a session or a message."))
        return
    st.text(model.presence_said(found, called, words))
    frame = model.hours(found, called, words)
    width = max(2.0, min(12.0, 900 / ((found.hours[-1][0] - found.hours[0][0]).days + 1)))
    show.chart(
        alt.Chart(frame).mark_rect(width=width).encode(
            x=alt.X("day:T", title=None, scale=alt.Scale(type="utc"), axis=alt.Axis(format=show.DAY, tickCount=8)),
            y=alt.Y("hour:O", title=_("Hour"), scale=alt.Scale(domain=list(range(24))),
                    axis=alt.Axis(values=list(range(0, 24, 3)))),
            color=alt.Color("who:N", title=None, legend=alt.Legend(orient="top", labelLimit=300), scale=alt.Scale(
                domain=[*called, _("both")], range=list(COLOURS)
            )),
            tooltip=[alt.Tooltip("day:T", title=_("Day"), format=show.DAY, formatType="utc"),
                     alt.Tooltip("hour:O", title=_("Hour")), alt.Tooltip("who:N", title=_("There"))],
        ).properties(height=260),
        key="beside_presence", about=_("Hours of each day in which the one, the other or both were there, in UTC"),
    )
    with st.expander(_("As a table"), key="presence_table"):
        show.table(model.presence_rows(found, called, words), key="presence_rows", empty="")
