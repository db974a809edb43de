"""Screen: the messages of two accounts, or of a room, as a thread; hidden until somebody opens it with a reason."""

import json
from datetime import UTC, datetime, time

import streamlit as st

from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from workbench.views import address, show
from workbench.views.language import _, ngettext, words_here
from workbench.views.models import conversation as model
from workbench.views.models.conversation import Page, Thread
from workbench.views.models.names import Names, names_of
from workbench.views.session import current_case, opened_minors, record, server
from workbench.views.thread_page import thread_html

OPENED = "opened_threads"
PAGE_KEY, SEARCH_KEY = "message", "thread_text"


def page() -> None:
    show.heading(_("Conversation"), _("Who wrote what to whom, in order. Texts stay hidden until somebody opens them."))
    case = current_case()
    if case is None:
        show.nothing(_("There is no case yet. Open **Sources** to make one and add files to it."), key="no_case")
        return
    thread = _asked()
    if thread is None:
        show.nothing(_("No conversation is chosen. Open one from a lead or from an account."), key="no_thread")
        return
    with Lake(case) as lake:
        names = _names(lake, thread)
        began = _start(lake, thread)
        shown = model.page(lake, thread, number=began)
        if not shown.total:
            show.nothing(_("There are no messages between them in this case."), key="empty_thread")
            return
        _title(thread, shown, names)
        if not _opened(case, thread):
            return
        _read(lake, thread, shown, names, asked=began)


def open_pair(one: str, other: str, *, lead: str | None = None, at: str | None = None) -> None:
    """Go to the conversation of two accounts; ``at``: a record id to begin with, ``lead``: whose records are marked."""
    address.to("Conversation", {"a": one, "b": other, "lead": lead, "record": at})


def open_room(room: str, *, lead: str | None = None, at: str | None = None) -> None:
    """Go to what was written in a room."""
    address.to("Conversation", {"room": room, "lead": lead, "record": at})


def _asked() -> Thread | None:
    one, other, room = (address.given(name) or "" for name in ("a", "b", "room"))
    return Thread(room=room) if room else Thread(one, other) if one and other else None


def _start(lake: Lake, thread: Thread) -> int:
    """The number of the message to begin with: of the address, of the record asked for, else the first."""
    given = address.given(PAGE_KEY)
    if given and given.isdigit():
        return max(int(given[:9]), 1)
    wanted = address.given("record")
    return (model.number_of(lake, thread, wanted) if wanted else None) or 1


def _names(lake: Lake, thread: Thread) -> Names:
    wanted = {thread.one, thread.other, thread.room} - {""}
    found = names_of(lake, wanted)
    return Names(found.pseudonyms, found.minors, opened_minors())


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


def _opened(case: CaseFolder, thread: Thread) -> bool:
    """Whether this person opened it; asks for the reason once for each lead, or each conversation, and logs it."""
    lead = address.given("lead") or ""
    place = f"{case.name}|{lead or thread}"
    opened: set[str] = st.session_state.setdefault(OPENED, set())
    if place in opened:
        return True
    with st.form("open_thread", border=True):
        st.text(_("The texts are hidden. Opening them is written into the audit log, with your reason."))
        reason = st.text_input(_("Why they have to be read"), key="open_thread_reason", max_chars=400)
        sent = st.form_submit_button(_("Open the conversation"), type="primary")
    if sent and reason.strip():
        record(case, "open conversation", json.dumps({
            "one": thread.one, "other": thread.other, "room": thread.room, "lead": lead, "reason": reason.strip(),
        }, sort_keys=True))
        opened.add(place)
        st.rerun()
    if sent:
        st.error(_("Write why the texts have to be read."))
    return False


def _read(lake: Lake, thread: Thread, shown: Page, names: Names, *, asked: int) -> None:
    _jump(lake, thread, shown)
    found = _search(lake, thread)
    if thread.room:
        more = names_of(lake, {message.sender for message in shown.messages})
        names = Names({**more.pseudonyms, **names.pseudonyms}, more.minors | names.minors, names.opened)
    with st.container(key="thread_body"):
        st.html(thread_html(
            shown.messages, names, words_here(), left=thread.one, cited=_cited(), found=found,
            marked=asked if address.given("record") or found else None,
        ))
    _steps(shown, key="thread_below")


def _jump(lake: Lake, thread: Thread, shown: Page) -> None:
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        _steps(shown, key="thread_above")
    with right:
        day = st.date_input(
            _("Go to a day"), value=None, min_value=shown.began, max_value=shown.ended, key="thread_day",
        )
        if day is not None and st.session_state.get("thread_day_gone") != day:
            st.session_state["thread_day_gone"] = day
            moment = datetime.combine(day, time(), UTC).replace(tzinfo=None)
            _go(min(model.number_at(lake, thread, moment), shown.total))


def _steps(shown: Page, *, key: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=key):
        if st.button(_("First"), key=f"{key}_first", disabled=shown.first <= 1):
            _go(1)
        if st.button(_("Earlier"), key=f"{key}_earlier", disabled=shown.first <= 1):
            _go(shown.first - model.PAGE)
        if st.button(_("Later"), key=f"{key}_later", disabled=shown.last >= shown.total):
            _go(shown.last + 1)
        if st.button(_("Last"), key=f"{key}_last", disabled=shown.last >= shown.total):
            _go(shown.total)
        st.text(_("{first} to {last} of {total}", first=shown.first, last=shown.last, total=shown.total))


def _search(lake: Lake, thread: Thread) -> tuple[int, ...]:
    text = st.text_input(_("Search in this conversation"), key=SEARCH_KEY, max_chars=200)
    if not text.strip():
        return ()
    numbers, total = model.numbers_with(lake, thread, text.strip())
    if not total:
        st.caption(_("No message holds these words."))
        return ()
    with st.container(horizontal=True, vertical_alignment="center", key="thread_hits"):
        st.text(ngettext("{number} message holds these words", "{number} messages hold these words", total))
        chosen = st.selectbox(
            _("Go to"), numbers, index=None, key="thread_hit", label_visibility="collapsed",
            placeholder=_("Go to one of them"), format_func=lambda number: words_here().number(number), width=190,
        )
    if chosen is not None and address.given(PAGE_KEY) != str(chosen):
        _go(chosen)
    return numbers


def _go(number: int) -> None:
    address.put(message=str(max(number, 1)), record=None)
    st.rerun()


def _cited() -> frozenset[str]:
    """Record ids of the messages that the lead of the address cites."""
    case, wanted = current_case(), address.given("lead")
    document = server().workbench.findings(case) if case is not None and wanted else None
    if document is None:
        return frozenset()
    return frozenset(
        ref.removeprefix("messages:")
        for finding in document.findings
        if finding.finding_id == wanted
        for reason in finding.reasons
        for ref in reason.records
        if ref.startswith("messages:")
    )
