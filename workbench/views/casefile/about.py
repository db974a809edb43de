"""What is the case about, by which authority, how far does it go, and who works on it?  Added, never changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from ingest.case_folder import CaseFolder
from workbench.casebook import Remark, Standing
from workbench.casebook.remarks import MOST_CHARACTERS, RemarkKind
from workbench.casebook.standing import ABOUT
from workbench.errors import Overtaken
from workbench.plain_text import escape_markdown, plain_text
from workbench.views import show
from workbench.views.access.rights import allowed, barred
from workbench.views.access.withheld import warn_if_withheld
from workbench.views.language import _, words_here
from workbench.views.session import person, server
from workbench.views.widgets.fields import empty, line, too_long

_BEGAN = "case_about_began"


@dataclass
class _Began:
    """What stood when the fields were filled, by kind, and of which kinds a colleague's ``newer`` text is shown."""

    case: str
    stood: dict[str, str]
    newer: set[str] = field(default_factory=set)


def about(case: CaseFolder) -> None:
    """A form with what stands now, who wrote it, and the people; saving adds what the person changed."""
    subject, words = f"case:{case.name}", words_here()
    remarks = server().workbench.casebook.remarks
    said = remarks.of(case.name, subject)
    stands = Standing.of(case.name, said)
    reason = _("Saying what the case is about, and who works on it, is for analysts and leads.")
    began, dimmed = _began(case, stands), barred("annotate", case, reason=reason)
    left, right = st.columns([3, 2], gap="large")
    with left, st.form("case_about"):
        texts: dict[RemarkKind, str] = {
            "description": st.text_area(_("Description"), height=180, key="case_description", **dimmed),
            "authority": st.text_area(
                _("Authority"), height=80, key="case_authority", **barred("annotate", case, reason=reason, told=_(
                    "By which order, law or mandate the case is worked on; it stands on the report's first page."
                )),
            ),
            "scope": st.text_area(
                _("Scope"), height=80, key="case_scope",
                **barred("annotate", case, reason=reason, told=_("What the case covers, and what it does not.")),
            ),
        }
        labels = dict(zip(ABOUT, (_("Description"), _("Authority"), _("Scope")), strict=True))
        for kind, label in labels.items():
            if (one := getattr(stands, kind)) is not None:
                st.caption(words.pair(label, f"{escape_markdown(one.user)}, {words.instant(one.at)}"))
        sent = st.form_submit_button(_("Save"), type="primary", key="case_save", **dimmed)
        if sent and not too_long(*((labels[kind], text, MOST_CHARACTERS[kind]) for kind, text in texts.items())):
            _save(case, {kind: text for kind, text in texts.items() if text.strip() != began.stood[kind]}, began)
        for kind in (kind for kind in ABOUT if kind in began.newer):
            _newer(labels[kind], next(one for one in reversed(remarks.of(case.name, subject)) if one.kind == kind))
    with right:
        show.bold(_("People"))
        st.caption(_("Written here by hand, to say who has which part in the case; it opens the case to nobody."))
        roster = server().workbench.casebook.roster
        if roster.is_team():
            members = ", ".join(plain_text(name) for name in roster.of_case(case.name)) or "–"
            st.text(_("Members, who may open it: {names}", names=members))
        if not stands.people:
            st.caption(_("Nobody is named yet."))
        for number, named in enumerate(stands.people):
            with st.container(horizontal=True, vertical_alignment="center", key=f"case_person_{number}"):
                st.text(plain_text(named.text))
                if st.button(_("Take off"), key=f"case_person_off_{number}", type="tertiary", **dimmed):
                    _add(case, {"person off": named.text})
        if not allowed("annotate", case, reason=reason):
            return
        with st.form("case_person_form"):
            who = line(_("Name and part"), key="case_person", placeholder=_("A. Keel, investigator"))
            if st.form_submit_button(_("Add person")) and not too_long(
                (_("Name and part"), who, MOST_CHARACTERS["person"])
            ):
                _add(case, {"person": who}, "case_person")


def _began(case: CaseFolder, stands: Standing) -> _Began:
    """The fields hold what stands; they begin anew once their texts were saved, or where they were not on the page."""
    began = st.session_state.get(_BEGAN)
    if not isinstance(began, _Began) or began.case != case.name or "case_scope" not in st.session_state:
        began = st.session_state[_BEGAN] = _Began(case.name, {kind: stands.text(kind) for kind in ABOUT})
        for kind, text in began.stood.items():
            st.session_state[f"case_{kind}"] = text
    return began


def _save(case: CaseFolder, said: Mapping[RemarkKind, str], began: _Began) -> None:
    """Add what was changed; where a colleague changed the same meanwhile, nothing, and theirs is known from then on."""
    remarks, subject = server().workbench.casebook.remarks, f"case:{case.name}"
    with show.errors():
        try:
            remarks.describe(case.name, said, instead_of=began.stood, user=person().name)
        except Overtaken:
            stands = Standing.of(case.name, remarks.of(case.name, subject))
            began.newer |= {kind for kind in said if stands.text(kind) not in (began.stood[kind], said[kind].strip())}
            began.stood |= {kind: stands.text(kind) for kind in began.newer}
            return
        warn_if_withheld(case, said.values())
        del st.session_state[_BEGAN]
        st.rerun()


def _newer(label: str, theirs: Remark) -> None:
    """A colleague's text, of which one's own field knows nothing."""
    st.warning(escape_markdown(_(
        "{label}: {who} has changed this text meanwhile ({at}). Nothing was saved. Your text stands in the field, "
        "theirs below; save again to put yours in its place.",
        label=label, who=theirs.user, at=words_here().instant(theirs.at),
    )))
    st.text(plain_text(theirs.text, limit=MOST_CHARACTERS[theirs.kind]) if theirs.text else _("(emptied)"))


def _add(case: CaseFolder, said: dict[str, str], *fields: str) -> None:
    """Add what is said of the people; the fields in which it was written are emptied."""
    with show.errors():
        for kind, text in said.items():
            server().workbench.casebook.remarks.add(
                case.name, [f"case:{case.name}"], kind, text, user=person().name  # type: ignore[arg-type]
            )
        empty(*fields)
        st.rerun()
