"""May this person read these texts?  A stated reason opens what the prompt names, and every opening is logged."""

from datetime import UTC, datetime

import streamlit as st

from ingest.case_folder import CaseFolder
from workbench.casebook.audit import MOST_REASON
from workbench.plain_text import escape_markdown, plain_text
from workbench.views.language import _, ngettext, words_here
from workbench.views.models import opening as model
from workbench.views.models.conversation import Thread
from workbench.views.models.names import Names
from workbench.views.models.opening import Stated, Texts
from workbench.views.session import person, record, server
from workbench.views.widgets.fields import lacking

_OPENED, _LOGGED, _ASKED, _BEFORE = "opened_texts", "logged_texts", "asked_texts", "reason_before"


def conversation_open(case: CaseFolder, thread: Thread, names: Names, *, lead: str) -> bool:
    """Whether this person gave a reason for this very conversation (or room) of late; else asks for it."""
    texts = Texts.of_thread(thread, lead=lead)
    if (given := _stands(case, texts)) is not None:
        st.caption(_("Opened to you, {at}, with your reason “{reason}”; it stands for {hours} hours.",
                     at=words_here().instant(given.at), reason=escape_markdown(given.reason), hours=_hours()))
        return True
    with st.form("open_thread", border=True):
        if thread.room:
            st.text(_("This opens to you what was written in {room}, and nothing else.", room=names.full(thread.room)))
        else:
            st.text(_("This opens to you the conversation between {one} and {other}, and no other.",
                      one=names.full(thread.one), other=names.full(thread.other)))
        if _asked(case, texts, key="open_thread_reason", label=_("Open the conversation")):
            st.rerun()
    return False


def cited_open(case: CaseFolder, texts: Texts) -> bool:
    """Whether this person gave a reason for the messages that this reason of a lead cites; else asks for it."""
    if _stands(case, texts) is not None:
        return True
    with st.popover(_("Open texts"), key="open_texts"), st.form("open_texts_form", border=False):
        st.text(ngettext(
            "This opens to you the text of the {number} message that this reason of the lead cites, and no other.",
            "This opens to you the texts of the {number} messages that this reason of the lead cites, and no others.",
            texts.messages,
        ))
        if _asked(case, texts, key="open_texts_reason", label=_("Open")):
            st.rerun()
    return False


def search_open(case: CaseFolder, phrase: str) -> bool:
    """Whether this person gave a reason for finding out where this very phrase stands; else asks for it."""
    texts = Texts(phrase=phrase)
    if (given := _stands(case, texts)) is not None:
        st.caption(_("Searched for you, {at}, with your reason “{reason}”; it stands for {hours} hours.",
                     at=words_here().instant(given.at), reason=escape_markdown(given.reason), hours=_hours()))
        return True
    with st.form("search_texts", border=True):
        st.text(_("This says which conversations and rooms hold “{phrase}”. What was written stays hidden.",
                  phrase=plain_text(phrase, limit=120)))
        if _asked(case, texts, key="search_texts_reason", label=_("Search in message texts")):
            st.rerun()
    return False


def _hours() -> int:
    return int(model.STANDS.total_seconds() // 3600)


def _stands(case: CaseFolder, texts: Texts) -> Stated | None:
    """The reason stated for them that still stands.  A new session takes it from the audit log, and logs so."""
    now = datetime.now(UTC)
    known: dict[tuple[str, Texts], Stated] = st.session_state.setdefault(_OPENED, {})
    place = (case.name, texts.itself)
    given = known.get(place)
    if given is None or not given.stands(now):
        entries = server().workbench.casebook.audit()
        given = model.stated(texts, entries, user=person().name, case=case.name)
    if given is None or not given.stands(now):
        known.pop(place, None)
        return None
    known[place] = given
    _log(case, texts, given.reason, stated=False)
    return given


def _asked(case: CaseFolder, texts: Texts, *, key: str, label: str) -> bool:
    """The fields of the form; True once a reason was given for what it names."""
    st.text(_("It is written into the audit log with your reason, which stands for {hours} hours.",
              hours=_hours()))
    if st.session_state.get(_ASKED) != (case.name, texts) or key not in st.session_state:
        entries = server().workbench.casebook.audit()
        st.session_state[_BEFORE] = model.offered(texts, entries, user=person().name, case=case.name)[:MOST_REASON]
        st.session_state[key] = ""  # what was written for another matter may be no reason for this one
        st.session_state[_ASKED] = (case.name, texts)
    asked, missing = _("Why they have to be read"), _("Write why the texts have to be read.")
    if texts.phrase:
        asked, missing = _("Why they have to be searched"), _("Write why the texts have to be searched.")
    elif texts.single:
        asked, missing = _("Why it has to be read"), _("Write why it has to be read.")
    reason = st.text_input(asked, key=key).strip()
    before = st.session_state.get(_BEFORE)
    if before:
        last = escape_markdown(before)
        st.caption(_("Your last reason for a search: “{reason}”", reason=last) if texts.phrase
                   else _("Your last reason for this lead, or for one of them: “{reason}”", reason=last))
    with st.container(horizontal=True):
        sent = st.form_submit_button(label, type="primary")
        if before:
            st.form_submit_button(_("Take up the last reason"), key=f"{key}_again", on_click=_take_up,
                                  args=(key, before))
    if not sent or lacking(asked, reason, MOST_REASON, missing=missing):
        return False
    _log(case, texts, reason, stated=True)
    st.session_state[_OPENED][(case.name, texts.itself)] = Stated(reason, datetime.now(UTC))
    return True


def _take_up(key: str, reason: str) -> None:
    st.session_state[key] = reason


def _log(case: CaseFolder, texts: Texts, reason: str, *, stated: bool) -> None:
    """Every stated reason; of what is opened by an earlier one the first time in a session."""
    logged: set[tuple[str, Texts]] = st.session_state.setdefault(_LOGGED, set())
    if stated or (case.name, texts) not in logged:
        record(case, texts.action, texts.detail(reason, stated=stated))
        logged.add((case.name, texts))
