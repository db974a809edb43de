"""Who is at this screen, and why do they open the case?  Nothing else is drawn before both are known."""

import time
from datetime import UTC, datetime

import streamlit as st

from ingest.case_folder import CaseFolder
from ingest.errors import FilatureError
from workbench.casebook.audit import MOST_REASON
from workbench.casebook.people.rights import NotSignedIn
from workbench.plain_text import escape_markdown, plain_text
from workbench.views import show
from workbench.views.access.signed_in import acted, leave
from workbench.views.language import _
from workbench.views.session import person, server, shared_server
from workbench.views.widgets.fields import lacking

_PURPOSES = "purposes"
ASKED_AFTER_HOURS = 8
"""A purpose stands for a working day."""


def somebody() -> bool:
    """Is somebody signed in who belongs here, or does one person work here alone?  Else the way in is drawn, or what is
    wanting where there is no sign-in."""
    shared = shared_server()
    by_pass = shared.workbench.settings.sign_in is None
    try:
        who = person()
    except NotSignedIn as problem:
        if by_pass:
            show.heading(_("Sign in"), _("This workbench belongs to a team."))
            show.error(problem)
        else:
            _way_in(problem if dict(st.user).get("is_logged_in") else None)
        return False
    if by_pass:
        return True
    acted()
    if who.role is None:
        show.heading(_("Sign in"), _("This workbench belongs to a team."))
        st.warning(escape_markdown(_(
            "{who} is signed in, but has no role here. An administrator gives one.", who=who.name
        )))
        sign_out()
        return False
    return True


def _way_in(ended: FilatureError | None) -> None:
    show.heading(_("Sign in"), _("This workbench belongs to a team."))
    if ended is not None:
        st.info(_("The session has ended. Sign in again."))
    st.button(_("Sign in"), type="primary", key="sign_in", on_click=_go_in)


def _go_in() -> None:
    st.login()


def sign_out() -> None:
    """The button that ends the session, in all its tabs."""
    st.button(_("Sign out"), key="sign_out", type="tertiary", icon=":material/logout:", on_click=_go_out)


def _go_out() -> None:
    shared = shared_server()
    if shared.workbench.settings.sign_in is not None:
        leave(shared.workbench.casework, shared.workbench.settings.sign_in)
    st.logout()


def purpose_known(case: CaseFolder) -> bool:
    """Was it said why this person opens the case?  A team's log asks; it stands for a working day."""
    workbench = server().workbench
    if not workbench.casebook.roster.is_team() or case.name in st.session_state.get(_PURPOSES, ()):
        return True
    since = datetime.fromtimestamp(time.time() - ASKED_AFTER_HOURS * 3600, UTC).isoformat().replace("+00:00", "Z")
    if not workbench.casebook.opened_since(case.name, since):
        if (purpose := _asked(case)) is None:
            return False
        workbench.opened(case.name, purpose)
    st.session_state.setdefault(_PURPOSES, set()).add(case.name)
    return True


def _asked(case: CaseFolder) -> str | None:
    place = st.empty()
    with place.form("purpose", border=True):
        st.text(_(
            "Opening the case {case} is written into the audit log, with your name and the purpose.",
            case=plain_text(case.name),
        ))
        purpose: str = st.text_input(_("Why you open it"), key="purpose_text")
        sent = st.form_submit_button(_("Open the case"), type="primary", key="purpose_send")
    if not sent or lacking(
        _("Why you open it"), purpose, MOST_REASON, missing=_("Write the purpose in a few words.")
    ):
        return None
    place.empty()
    return purpose.strip()
