"""Notes and tags on an account, a room, a company or the case: what was added, and a form to add more."""

import streamlit as st

from ingest.case_folder import CaseFolder
from workbench.plain_text import plain_text
from workbench.views import show
from workbench.views.language import _, words_here
from workbench.views.session import person, server


def remarks_part(case: CaseFolder, subject: str, *, key: str) -> None:
    """What people added, oldest first; everything is signed, added and never changed."""
    remarks, words = server().workbench.casebook.remarks, words_here()
    tags = remarks.tags(case.name).get(subject, ())
    if tags:
        st.text(_("Tags: {tags}", tags=", ".join(plain_text(tag) for tag in tags)))
    for remark in remarks.of(case.name, subject):
        with st.container(border=True):
            st.caption(f"{words.instant(remark.at)} · {_(remark.kind)}")
            st.text(f"{plain_text(remark.user)}: {plain_text(remark.text, limit=20_000)}")
    left, right = st.columns([3, 2])
    with left, st.form(f"{key}_note", clear_on_submit=True):
        note = st.text_area(_("Note"), max_chars=20_000, key=f"{key}_note_text")
        if st.form_submit_button(_("Add note"), type="primary"):
            with show.errors():
                remarks.add(case.name, [subject], "note", note, user=person().name)
                st.rerun()
    with right, st.form(f"{key}_tag", clear_on_submit=True):
        tag = st.text_input(_("Tag"), max_chars=60, key=f"{key}_tag_text")
        add, take = st.columns(2)
        added, taken = add.form_submit_button(_("Add tag")), take.form_submit_button(_("Take tag off"))
        if added or taken:
            with show.errors():
                remarks.add(case.name, [subject], "tag" if added else "untag", tag, user=person().name)
                st.rerun()
