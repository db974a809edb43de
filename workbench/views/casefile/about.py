"""What is the case about, by which authority, how far does it go, and who works on it?  Added, never changed."""

import streamlit as st

from ingest.case_folder import CaseFolder
from workbench.casebook import Standing
from workbench.casebook.remarks import MOST_CHARACTERS
from workbench.casebook.standing import ABOUT
from workbench.plain_text import plain_text
from workbench.views import show
from workbench.views.access.rights import allowed, barred
from workbench.views.access.withheld import warn_if_withheld
from workbench.views.language import _, words_here
from workbench.views.session import person, server
from workbench.views.widgets.fields import empty, line, too_long


def about(case: CaseFolder) -> None:
    """A form with what stands now, who wrote it, and the people; saving adds what differs."""
    subject, words = f"case:{case.name}", words_here()
    remarks = server().workbench.casebook.remarks
    stands = Standing.of(case.name, remarks.of(case.name, subject))
    dimmed = barred("annotate", case)
    left, right = st.columns([3, 2], gap="large")
    with left, st.form("case_about"):
        texts = {
            "description": st.text_area(
                _("Description"), value=stands.text("description"), height=180, key="case_description"
            ),
            "authority": st.text_area(
                _("Authority"), value=stands.text("authority"), height=80, key="case_authority",
                help=_("By which order, law or mandate the case is worked on; it stands on the report's first page."),
            ),
            "scope": st.text_area(
                _("Scope"), value=stands.text("scope"), height=80, key="case_scope",
                help=_("What the case covers, and what it does not."),
            ),
        }
        labels = dict(zip(ABOUT, (_("Description"), _("Authority"), _("Scope")), strict=True))
        for kind, label in labels.items():
            if (said := getattr(stands, kind)) is not None:
                st.caption(words.pair(label, f"{plain_text(said.user)}, {words.instant(said.at)}"))
        sent = st.form_submit_button(_("Save"), type="primary", key="case_save", **dimmed)
        if sent and not too_long(*((labels[kind], text, MOST_CHARACTERS[kind]) for kind, text in texts.items())):
            _add(case, {kind: text for kind, text in texts.items() if text.strip() != stands.text(kind)})
    with right:
        show.bold(_("People"))
        if not stands.people:
            st.caption(_("Nobody is named yet."))
        for number, named in enumerate(stands.people):
            with st.container(horizontal=True, vertical_alignment="center", key=f"case_person_{number}"):
                st.text(plain_text(named.text))
                if st.button(_("Take off"), key=f"case_person_off_{number}", type="tertiary", **dimmed):
                    _add(case, {"person off": named.text})
        if not allowed("annotate", case):
            return
        with st.form("case_person_form"):
            who = line(_("Name and part"), key="case_person", placeholder=_("A. Keel, investigator"))
            if st.form_submit_button(_("Add person")) and not too_long(
                (_("Name and part"), who, MOST_CHARACTERS["person"])
            ):
                _add(case, {"person": who}, "case_person")


def _add(case: CaseFolder, said: dict[str, str], *fields: str) -> None:
    """Add what is said; the fields in which it was written are emptied."""
    with show.errors():
        for kind, text in said.items():
            server().workbench.casebook.remarks.add(
                case.name, [f"case:{case.name}"], kind, text, user=person().name  # type: ignore[arg-type]
            )
        warn_if_withheld(case, (text for kind, text in said.items() if kind in ABOUT))
        empty(*fields)
        st.rerun()
