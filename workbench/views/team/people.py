"""Screen: who belongs to the team, with which role, in which cases; passes for the command line."""

import streamlit as st

from workbench.casebook.people import ROLES
from workbench.casebook.people.passes import MOST_NOTE
from workbench.plain_text import plain_text
from workbench.views import show
from workbench.views.access.rights import whose
from workbench.views.language import _, words_here
from workbench.views.models import team as model
from workbench.views.session import case_names, current_case, may, person, server
from workbench.views.widgets.fields import begin_about, too_long

_SHOWN = "pass_shown"


def page() -> None:
    show.heading(_("People"), _("Who works here, with which role, in which cases. Every change is in the audit log."))
    book, who, words = server().workbench.casebook, person(), words_here()
    members = book.roster.members(seen_by=who.name)
    show.table(model.people(members, words), key="people", empty="")
    left, right = st.columns(2, gap="large")
    names = [one.name for one in members]
    with left:
        if may("people"):
            _roles(names)
        _members(names, governs=may("people"))
    with right:
        _passes(who.name)


def _roles(names: list[str]) -> None:
    words = words_here()
    st.header(_("Roles"), anchor=False)
    if server().workbench.settings.sign_in is None:
        st.caption(_(
            "There is no sign-in here: somebody who is given a role gets in with a pass, which whoever runs the "
            "workbench makes on its machine."
        ))
    with st.form("give_role"):
        name = st.selectbox(
            _("Person"), names, index=None, key="role_of", accept_new_options=True,
            placeholder=_("A name as at the sign-in"),
        )
        role = st.selectbox(
            _("Role"), [*ROLES, ""], key="role_given", format_func=lambda one: model.role_word(one or None, words)
        )
        sent = st.form_submit_button(_("Give"), type="primary", key="role_send")
    if not sent:
        return
    if not name:
        st.error(_("Choose a person, or write a name."))
    else:
        with show.errors():
            book = server().workbench.casebook
            book.roster.give_role(name, role or None, by=person().name)  # type: ignore[arg-type]
            if not role:
                book.sign_ins.end_all(name, by=person().name)
            st.rerun()


def _members(names: list[str], *, governs: bool) -> None:
    st.header(_("Members of cases"), anchor=False)
    roster = server().workbench.casebook.roster
    known = [
        one for one in (server().workbench.known_cases() if governs else case_names())
        if roster.may(person().name, "members", one)
    ]
    chosen = present.name if (present := current_case()) is not None and present.name in known else None
    begin_about([chosen or ""], {"membership_case": chosen})
    if not known:
        st.caption(_("There is no case yet.") if governs else whose("members"))
        return
    with st.form("membership"):
        case = st.selectbox(_("Case"), known, index=None, key="membership_case", placeholder=_("Choose a case"))
        name = st.selectbox(_("Member"), names, index=None, key="membership_person", placeholder=_("Names"))
        missing = st.empty()  # above the buttons: below them it would be below the window's edge
        with st.container(horizontal=True):
            add = st.form_submit_button(_("Add"), type="primary", key="membership_add")
            remove = st.form_submit_button(_("Remove"), key="membership_remove")
    if not (add or remove):
        return
    if not case or not name:
        missing.error(_("Choose a case and a person."))
    else:
        with show.errors():
            change = roster.add_member if add else roster.remove_member
            change(case, name, by=person().name)
            st.rerun()


def _passes(name: str) -> None:
    st.header(_("Your passes"), anchor=False)
    st.caption(_("A pass says on the command line and in Python who you are. It is shown once."))
    book = server().workbench.casebook
    with st.form("new_pass"):
        note = st.text_input(_("What it is for"), key="pass_note")
        days = st.number_input(_("For how many days"), 1, 366, 90, key="pass_days")
        sent = st.form_submit_button(_("Make a pass"), key="pass_send")
    if sent and not too_long((_("What it is for"), note, MOST_NOTE)):
        with show.errors():
            st.session_state[_SHOWN] = book.passes.issue(name, note=note, days=int(days), by=name)
    if (secret := st.session_state.pop(_SHOWN, None)) is not None:
        st.code(secret, language=None)
    for one in book.passes.standing(name):
        with st.container(horizontal=True, vertical_alignment="center", key=f"pass_{one.number}"):
            about = [plain_text(one.note, limit=80)] if one.note.strip() else []
            st.text(" · ".join([str(one.number), *about, _("until {day}", day=words_here().instant(one.until))]))
            st.button(
                _("Withdraw"), key=f"withdraw_{one.number}", type="tertiary", on_click=_withdraw, args=(one.number,)
            )


def _withdraw(number: int) -> None:
    with show.errors():
        server().workbench.casebook.passes.withdraw(number, by=person().name)
