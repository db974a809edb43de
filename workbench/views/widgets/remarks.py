"""Notes and tags on an account, a room, a company or the case: what was added, and a form to add more."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from graph.search import Hit
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from workbench.casebook import Remark
from workbench.casebook.mentions import mention, mentioned, told, with_ids
from workbench.casebook.remarks import MOST_CHARACTERS
from workbench.language.vocabulary import remark_word
from workbench.plain_text import escape_markdown, plain_text
from workbench.views import show
from workbench.views.access.rights import allowed
from workbench.views.access.unmask import names_here
from workbench.views.access.withheld import warn_if_withheld
from workbench.views.language import _, words_here
from workbench.views.models.names import Names
from workbench.views.navigation import address
from workbench.views.session import person, server
from workbench.views.widgets.entity_picker import entity_field
from workbench.views.widgets.fields import begin_about, empty, line, lines, too_long


def bearing(case: CaseFolder, subjects: Sequence[str], tag: str) -> list[str]:
    """Those of the subjects that have the tag; that none has it is said: nothing is taken off."""
    tags = server().workbench.casebook.remarks.tags(case.name)
    found = [subject for subject in subjects if tag.strip() in tags.get(subject, ())]
    if tag.strip() and not found:
        st.error(_("There is no tag “{tag}” here to take off.", tag=escape_markdown(tag.strip())))
    return found


def assigned_anew(case: CaseFolder, subjects: Sequence[str], who: str) -> list[str]:
    """Those of the subjects on which somebody else, or nobody, works now; that there is none is said."""
    assigned = server().workbench.casebook.remarks.assigned(case.name)
    found = [subject for subject in subjects if assigned.get(subject, "") != who.strip()]
    if not found:
        st.error(
            _("{who} works on it already.", who=escape_markdown(who.strip())) if who.strip()
            else _("Nobody works on it: write the name of whoever does.")
        )
    return found


def shown_remarks(case: CaseFolder, remarks: Sequence[Remark]) -> None:
    """Each with who added it and when; whoever was picked into a note stands there by name, or by mask."""
    words, named = words_here(), {identity for remark in remarks for identity in mentioned(remark.text)}
    names = Names()
    if named:
        with Lake(case) as lake:
            names = names_here(lake, named)
    for remark in remarks:
        text = told(remark.text, lambda identity: names.called(identity, words.language))
        with st.container(border=True):
            st.caption(f"{words.instant(remark.at)} · {remark_word(remark.kind, words)}")
            st.text(words.pair(plain_text(remark.user), plain_text(text, limit=20_000) if text else _emptied(remark)))


def _emptied(remark: Remark) -> str:
    """What stands for a text that was taken back."""
    return _("nobody") if remark.kind == "assign" else _("(emptied)")


def _mention(key: str, hit: Hit | None) -> None:
    """What was picked is named at the end of the note that is being written."""
    if hit is not None:
        written = st.session_state.get(f"{key}_note_text", "")
        named = mention(f"{hit.label}/{address.written(hit.id)}")
        st.session_state[f"{key}_note_text"] = f"{written} {named}".strip()
        st.session_state[f"{key}_mention_box"] = ""


def remarks_part(case: CaseFolder, subject: str, *, key: str) -> None:
    """What people added, oldest first; everything is signed, added and never changed."""
    remarks = server().workbench.casebook.remarks
    tags = remarks.tags(case.name).get(subject, ())
    if tags:
        st.text(_("Tags: {tags}", tags=", ".join(plain_text(tag) for tag in tags)))
    listed = remarks.of(case.name, subject)
    shown_remarks(case, listed)
    if not allowed("annotate", case):
        return
    begin_about([f"{case.name} {subject}"], {f"{key}_note_text": "", f"{key}_tag_text": ""})
    left, right = st.columns([3, 2])
    with left:
        note = lines(_("Note"), key=f"{key}_note_text")
        entity_field(
            case, key=f"{key}_mention", title=_("Name somebody or something in it"), value=None,
            pick=partial(_mention, key),
        )
        meant = with_ids(note, address.meant)
        sent = st.button(_("Add note"), type="primary", key=f"{key}_note_add")
        if sent and not too_long((_("Note"), meant, MOST_CHARACTERS["note"])):
            with show.errors():
                remarks.add(case.name, [subject], "note", meant, user=person().name)
                warn_if_withheld(case, [meant], [subject])
                empty(f"{key}_note_text")
                st.rerun()
    with right, st.form(f"{key}_tag"):
        tag = line(_("Tag"), key=f"{key}_tag_text")
        add, take = st.columns(2)
        added, taken = add.form_submit_button(_("Add tag")), take.form_submit_button(_("Take tag off"))
        sent = (added or taken) and not too_long((_("Tag"), tag, MOST_CHARACTERS["tag"]))
        if sent and (added or bearing(case, [subject], tag)):
            with show.errors():
                remarks.add(case.name, [subject], "tag" if added else "untag", tag, user=person().name)
                warn_if_withheld(case, [tag] if added else [], [subject])
                empty(f"{key}_tag_text")
                st.rerun()
