"""May this person read the texts?  A reason is asked once for each lead or account; every opening is logged."""

import json

import streamlit as st

from ingest.case_folder import CaseFolder
from workbench.views.language import _
from workbench.views.models.conversation import Thread
from workbench.views.session import person, record, server

OPENED = "opened_threads"
_LOGGED, ACTION = "logged_threads", "open conversation"
_BY_LEAD = {ACTION: "lead", "open texts": "finding"}


def opened(case: CaseFolder, thread: Thread, *, lead: str) -> bool:
    """Whether this person gave a reason for the lead, or for one of the accounts (the room); else asks for it."""
    places = [f"{case.name}|{lead}"] if lead else [f"{case.name}|{one}" for one in _subjects(thread)]
    known: set[str] = st.session_state.setdefault(OPENED, set())
    if not known.isdisjoint(places) and (case.name, thread, lead) in st.session_state.get(_LOGGED, ()):
        return True  # nothing to ask, nothing to log: the audit log is not read at every click
    reason = _given(case, thread, lead)
    if known.isdisjoint(places) and reason is None:
        reason = _asked()
        if reason is None:
            return False
        _log(case, thread, lead, reason)
        known.add(places[0])
        st.rerun()
    known.add(places[0])
    _log(case, thread, lead, reason or "")
    return True


def _subjects(thread: Thread) -> tuple[str, ...]:
    return (thread.room,) if thread.room else (thread.one, thread.other)


def _given(case: CaseFolder, thread: Thread, lead: str) -> str | None:
    """The reason that this person gave before, by the audit log: a reload and a second tab do not ask again."""
    who, subjects = person().name, _subjects(thread)
    for entry in reversed(server().workbench.casebook.audit()):
        if entry.user != who or entry.case != case.name or entry.action not in _BY_LEAD:
            continue
        told = json.loads(entry.detail)
        of_lead = told.get(_BY_LEAD[entry.action]) or ""
        if (lead and of_lead == lead) or (not lead and not of_lead and told.get("opened_for") in subjects):
            return str(told.get("reason") or "")
    return None


def _asked() -> str | None:
    """The reason as it is typed; None until it is sent."""
    with st.form("open_thread", border=True):
        st.text(_("The texts are hidden. Opening them is written into the audit log, with your reason."))
        reason: str = st.text_input(_("Why they have to be read"), key="open_thread_reason", max_chars=400)
        sent = st.form_submit_button(_("Open the conversation"), type="primary")
    if sent and not reason.strip():
        st.error(_("Write why the texts have to be read."))
    return reason.strip() if sent and reason.strip() else None


def _log(case: CaseFolder, thread: Thread, lead: str, reason: str) -> None:
    """Once a session for each conversation."""
    logged: set[tuple[str, Thread, str]] = st.session_state.setdefault(_LOGGED, set())
    if (case.name, thread, lead) not in logged:
        record(case, ACTION, json.dumps({
            "one": thread.one, "other": thread.other, "room": thread.room, "lead": lead, "reason": reason,
            "opened_for": "" if lead else _subjects(thread)[0],
        }, sort_keys=True))
        logged.add((case.name, thread, lead))
