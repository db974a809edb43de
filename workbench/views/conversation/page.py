"""Screen: the messages of two accounts, or of a room, as a thread; hidden until somebody opens it with a reason."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from datetime import UTC, datetime, time

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from graph.search.phrase import Occurrence
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from workbench import dossier
from workbench.plain_text import escape_markdown
from workbench.views import kept, show
from workbench.views.access.texts import conversation_open
from workbench.views.access.unmask import names_here
from workbench.views.conversation.choosing import choose_two
from workbench.views.conversation.thread import thread_html
from workbench.views.conversation.ways_on import ways_on
from workbench.views.language import _, ngettext, words_here
from workbench.views.models import conversation as model
from workbench.views.models.conversation import Only, Page, Thread
from workbench.views.models.names import Names
from workbench.views.navigation import address
from workbench.views.session import opaque, server
from workbench.views.widgets.fields import too_long
from workbench.views.widgets.on_case import on_case

PAGE_KEY, SEARCH_KEY = "message", "thread_text"
MOST_WRITERS = 500
MOST_LOOKED_FOR = 1_000  # characters: the address holds them
BY = "by"
_JUMP = "thread_jump"
_BY_WRITTEN = "thread_by_written"  # what the address was last given
_SOUGHT = "thread_sought"


@on_case(lambda: (
    _("Conversation"), _("Who wrote what to whom, in order. Texts stay hidden until somebody opens them."),
))
def page(case: CaseFolder) -> None:
    thread = _asked()
    if thread is None:
        show.nothing(
            _("No conversation is chosen. Open one from a lead or from an account, or choose two accounts."),
            key="no_thread",
        )
        choose_two(case)
        return
    with Lake(case) as lake:
        names = names_here(lake, {thread.one, thread.other, thread.room} - {""})
        began = _start(lake, thread)
        shown = model.page(lake, thread, number=began)
        if not shown.total:
            _empty(case, lake, thread, names)
            return
        _title(thread, shown, names)
        document = server().workbench.findings(case)
        findings = document.findings if document else ()
        citing = kept.cited_by(case, thread, findings)
        ways_on(case, thread, names, [one for one in findings if one.finding_id in citing])
        if conversation_open(case, thread, names, lead=address.given("lead") or ""):
            _read(lake, thread, shown, names, _cited(citing), asked=began)


def open_pair(one: str, other: str, *, lead: str | None = None, at: str | None = None) -> None:
    """Go to the conversation of two accounts; ``at``: a record id to begin with, ``lead``: whose records are marked."""
    address.to("Conversation", {"a": one, "b": other, "lead": lead, "record": at})


def open_room(room: str, *, lead: str | None = None, at: str | None = None) -> None:
    """Go to what was written in a room."""
    address.to("Conversation", {"room": room, "lead": lead, "record": at})


def open_found(item: Occurrence, phrase: str) -> None:
    """Go to where a phrase stands, looking for it, at the first message that holds it."""
    wanted = {"room": item.room} if item.room else {"a": item.one, "b": item.other}
    address.to("Conversation", {**wanted, SEARCH_KEY: phrase, "at": f"{item.first_at.isoformat()}Z"})


def _empty(case: CaseFolder, lake: Lake, thread: Thread, names: Names) -> None:
    """That two people never wrote is a finding; that the case lacks one of them is not."""
    if thread.room:
        show.nothing(_("The case holds nothing that was written in the room of this address."), key="empty_thread")
        return
    lacking = [who for who in (thread.one, thread.other) if not dossier.profile(lake, who).known]
    for who in lacking:
        st.warning(_("The case holds no account {account}: whether the two wrote to each other cannot be said.",
                     account=escape_markdown(names.full(who))))
    if not lacking:
        show.nothing(
            _("{one} and {other} wrote each other nothing in private in this case.",
              one=escape_markdown(names.full(thread.one)), other=escape_markdown(names.full(thread.other))),
            key="empty_thread",
        )
    choose_two(case, lacking)


def _asked() -> Thread | None:
    one, other, room = (address.given(name) or "" for name in ("a", "b", "room"))
    return Thread(room=room) if room else Thread(one, other) if one and other else None


def _start(lake: Lake, thread: Thread) -> int:
    """The number of the message to begin with: of the address, of the record or moment asked for, else the first."""
    day = st.session_state.pop(_JUMP, None)
    if day is not None:
        number = model.number_at(lake, thread, datetime.combine(day, time(), UTC).replace(tzinfo=None))
        _place(number)
        return number
    given = address.given(PAGE_KEY)
    if given and given.isdigit():
        return max(int(given[:9]), 1)
    wanted, moment = address.given("record"), address.given("at")
    if wanted:
        return model.number_of(lake, thread, wanted) or 1
    return model.number_at(lake, thread, at) if moment and (at := _instant(moment)) else 1


def _instant(text: str) -> datetime | None:
    """A moment of an address as naive UTC; None where it is none."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at


def _title(thread: Thread, shown: Page, names: Names) -> None:
    words = words_here()
    who = names.full(thread.room) if thread.room else f"{names.full(thread.one)} – {names.full(thread.other)}"
    with st.container(key="thread_title"):
        st.text(who)
    if shown.began and shown.ended:
        st.caption(
            ngettext("{number} message, {first} to {last}", "{number} messages, {first} to {last}", shown.total,
                     first=words.instant(shown.began), last=words.instant(shown.ended))
        )


def _read(lake: Lake, thread: Thread, shown: Page, names: Names, cited: frozenset[str], *, asked: int) -> None:
    above = st.container(horizontal=True, vertical_alignment="bottom", key="thread_controls")
    only, alone = _looked_for(lake, thread, names, cited, shown, controls=above)
    hits: list[int] | None = None if only.anything else model.numbers_of(lake, thread, only)
    _to_the_first(thread, only, hits or [], asked)
    if hits is not None:
        _hits(hits, asked)
        if alone:
            shown = model.page(lake, thread, number=asked, among=hits)
    with above:
        _steps(shown, hits if alone else None, key="thread_above")
    if not shown.messages:
        return
    if thread.room:
        names = names_here(lake, {thread.room, *(message.sender for message in shown.messages)})
    told = any(address.given(name) for name in (PAGE_KEY, "record", "at"))
    with st.container(key="thread_body"):
        st.html(thread_html(
            shown.messages, names, words_here(), left=thread.one, cited=cited, found=() if alone else hits or (),
            marked=asked if told else None, before=shown.before,
        ))
        if told:  # run by the browser when it is drawn anew: whoever scrolls on is not brought back
            about = opaque(f"{thread.one} {thread.other} {thread.room}")
            show.bring_into_view(".thread-marked", once=f"{about} {asked}")
    with st.container(horizontal=True, vertical_alignment="center"):
        _steps(shown, hits if alone else None, key="thread_below")


def _looked_for(
    lake: Lake, thread: Thread, names: Names, cited: frozenset[str], shown: Page, *, controls: DeltaGenerator
) -> tuple[Only, bool]:
    """What somebody looks for in it, and whether the other messages are left out."""
    writers = model.senders(lake, thread) if thread.room else [(who, 0) for who in (thread.one, thread.other)]
    if thread.room:
        names = names_here(lake, {who for who, _n in writers[:MOST_WRITERS]})
    with controls:
        st.date_input(
            _("Go to a day"), value=None, format="YYYY-MM-DD", min_value=shown.began, max_value=shown.ended,
            key="thread_day", width=170, on_change=_jump,
        )
        text = st.text_input(_("Search in this conversation"), key=SEARCH_KEY, bind="query-params", width=230)
        if too_long((_("Search in this conversation"), text, MOST_LOOKED_FOR)):
            text = ""
        by = _writer([who for who, _n in writers[:MOST_WRITERS]], names)
    with st.container(horizontal=True, vertical_alignment="center", key="thread_filters"):
        marked = bool(cited) and st.toggle(_("Those that a lead cites"), key="thread_cited", bind="query-params")
        only = Only(by, text.strip(), cited if marked else None)
        alone = not only.anything and st.toggle(_("Leave the others out"), key="thread_alone", bind="query-params")
        if thread.room and len(writers) > MOST_WRITERS:
            st.caption(_("The list names the {shown} who wrote most, of {total}.", shown=MOST_WRITERS,
                         total=len(writers)))
    return only, alone


def _writer(among: list[str], names: Names) -> str:
    """Whose messages are looked for, empty: everybody's; the address holds it, of a minor the token."""
    if (wanted := address.given(BY)) != st.session_state.get(_BY_WRITTEN):  # back, a bookmark, another conversation
        st.session_state["thread_by"] = wanted if wanted in among else None
    by: str | None = st.selectbox(
        _("Written by"), among, index=None, format_func=names.of, key="thread_by", placeholder=_("everybody"), width=190
    )
    address.put(**{BY: by})
    st.session_state[_BY_WRITTEN] = by
    return by or ""


def _jump() -> None:
    """Taken up when the page runs: the day's number is read from the evidence."""
    st.session_state[_JUMP] = st.session_state["thread_day"]


def _to_the_first(thread: Thread, only: Only, hits: list[int], asked: int) -> None:
    """Whoever looks for something else is taken to the next message that fits, else to the first."""
    before, st.session_state[_SOUGHT] = st.session_state.get(_SOUGHT), (thread, only)
    if hits and before != (thread, only) and before is not None and asked not in hits:
        _go(hits[bisect_left(hits, asked) % len(hits)])


def _hits(hits: list[int], asked: int) -> None:
    """How many messages fit, and the way from one to the next, round from the last to the first."""
    if not hits:
        st.caption(_("No message fits."))
        return
    before, after = bisect_left(hits, asked), bisect_right(hits, asked)
    with st.container(horizontal=True, vertical_alignment="center", key="thread_hits"):
        st.text(ngettext("{number} message fits", "{number} messages fit", len(hits)))
        alone = hits == [asked]
        if st.button(_("Previous one"), key="hit_before", disabled=alone):
            _go(hits[before - 1])
        if st.button(_("Next one"), key="hit_after", disabled=alone):
            _go(hits[after % len(hits)])
        if after > before:
            st.text(_("{place} of {total}", place=before + 1, total=len(hits)))


def _steps(shown: Page, among: list[int] | None, *, key: str) -> None:
    if not shown.messages:
        return
    last = among[-1] if among else shown.total
    with st.container(horizontal=True, vertical_alignment="center", key=key, width="content"):
        if st.button(_("First"), key=f"{key}_first", disabled=shown.earlier is None):
            _go(among[0] if among else 1)
        if st.button(_("Earlier"), key=f"{key}_earlier", disabled=shown.earlier is None):
            _go(shown.earlier or 1)
        if st.button(_("Later"), key=f"{key}_later", disabled=shown.later is None):
            _go(shown.later or last)
        if st.button(_("Last"), key=f"{key}_last", disabled=shown.later is None):
            _go(last)
        st.text(_("{first} to {last} of {total}", first=shown.first, last=shown.last, total=shown.total))


def _place(number: int) -> None:
    address.put(**{PAGE_KEY: str(max(number, 1)), "record": None, "at": None})


def _go(number: int) -> None:
    _place(number)
    st.rerun()


def _cited(citing: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Record ids of the messages that the lead of the address cites; without one, that any lead does."""
    wanted = address.given("lead")
    return citing.get(wanted, frozenset()) if wanted else frozenset().union(*citing.values())
