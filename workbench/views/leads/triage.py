"""What does a person add to leads: who works on them, tags, a note, a judgement?  One place for one lead or several."""

import time
from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ingest.case_folder import CaseFolder
from workbench.casebook import STATUSES
from workbench.casebook.remarks import MOST_CHARACTERS
from workbench.errors import Overtaken
from workbench.language.vocabulary import status_choice, status_help
from workbench.plain_text import escape_markdown
from workbench.views import show
from workbench.views.access.rights import Barred, allowed, barred
from workbench.views.access.withheld import warn_if_withheld
from workbench.views.language import _, words_here
from workbench.views.leads.opened import open_lead
from workbench.views.models.records import MOST_REASONS
from workbench.views.session import person, server
from workbench.views.widgets.fields import begin_about, empty, keep_draft, line, lines, sent, too_long
from workbench.views.widgets.judgements import shown_judgements
from workbench.views.widgets.remarks import assigned_anew, bearing

_TURN = "judgements_added"
_TURNS = "triage_turns"
"""By panel, how often something was added in it in this session: a panel of another turn is a new one, and closed."""
_USED = "triage_used"
"""The panel, or the form outside of one, in which something was added just now."""


def triage(case: CaseFolder, finding_ids: Sequence[str], *, key: str, following: str | None = None) -> None:
    """Forms for these leads; everything is signed by the person who works here, added and never changed.

    ``following``: the lead that a judgement can go on to.
    """
    dimmed = barred("annotate", case)
    subjects = [f"finding:{identity}" for identity in finding_ids]
    begin_about(finding_ids, {
        f"{key}_assign_text": person().name, f"{key}_tag_text": "",
    })
    noted = f"{key}_note_text"
    begin_about(finding_ids, {noted: ""}, draft=noted)
    with st.container(horizontal=True, key=key):
        with _panel(_("Judge"), f"{key}_judge", dimmed):
            judge(case, finding_ids, key=f"{key}_judge_form", panel=f"{key}_judge", following=following)
        with _panel(_("Assign"), f"{key}_assign", dimmed), st.form(f"{key}_assign_form", border=False):
            who = st.text_input(_("Who works on it (empty: nobody)"), key=f"{key}_assign_text")
            sent_to = st.form_submit_button(_("Assign"), type="primary")
            if sent_to and (changed := assigned_anew(case, subjects, who)):
                _add(case, changed, "assign", who, label=_("Who works on it (empty: nobody)"), panel=f"{key}_assign")
        with _panel(_("Tag"), f"{key}_tag", dimmed), st.form(f"{key}_tag_form", border=False):
            tag = line(_("Tag"), key=f"{key}_tag_text")
            with st.container(horizontal=True):  # columns would cut the French labels
                added = st.form_submit_button(_("Add tag"), type="primary")
                taken = st.form_submit_button(_("Take tag off"))
            if added:
                _add(case, subjects, "tag", tag, label=_("Tag"), field=f"{key}_tag_text", panel=f"{key}_tag")
            elif taken and (tagged := bearing(case, subjects, tag)):
                _add(case, tagged, "untag", tag, label=_("Tag"), field=f"{key}_tag_text", panel=f"{key}_tag")
        with _panel(_("Note"), f"{key}_note", dimmed):
            note = lines(_("Note"), key=noted, on_change=partial(keep_draft, tuple(finding_ids), (noted,), noted))
            if st.button(_("Add note"), type="primary", key=f"{key}_note_add"):
                _add(case, subjects, "note", note, label=_("Note"), field=noted, panel=f"{key}_note")


def _panel(label: str, key: str, dimmed: Barred) -> DeltaGenerator:
    """A panel that opens over the page; once something was added in it, it is another one, which is closed."""
    turn = st.session_state.get(_TURNS, {}).get(key, 0)
    with st.container(key=key, width="content").popover(label, key=f"{key}_{turn}", **dimmed):
        inside = st.container(key=f"{key}_inside")
        show.begin_in(f".st-key-{key}_inside")
    return inside


def go_on_where_added() -> None:
    """What was used to add something may be gone: its panel is closed, the last lead has none to go on to.  Keys go on
    from the panel's or the form's button, or where ticked leads left the list, from the list.  To be called once the
    screen is drawn."""
    if used := st.session_state.pop(_USED, None):
        show.go_on_at([f".st-key-{used} button", ".st-key-leads canvas"], once=time.monotonic())


def judge(
    case: CaseFolder, finding_ids: Sequence[str], *, key: str, panel: str = "", following: str | None = None
) -> None:
    """A judgement on these leads, signed by the person who works here, with its reasons.

    ``panel``: the one that opens over the page and holds it; what the statuses mean is asked for there, so that the
    form has room.
    ``following``: the lead that one may go on to with the same click.
    """
    if not allowed("annotate", case):
        return
    casebook = server().workbench.casebook
    there = {identity: casebook.judgements(case.name, identity) for identity in finding_ids}
    turn = st.session_state.setdefault(_TURN, 0)  # fields of their own for each judgement: one refused keeps its words
    fields = {f"{key}_status_{turn}": None, f"{key}_reasons_{turn}": ""}
    begin_about(finding_ids, fields, draft=key)
    drawn: dict[str, int] = st.session_state.get(f"{key}_drawn", {})
    now = {identity: len(history) for identity, history in there.items()}
    seen = {identity: drawn.get(identity, number) for identity, number in now.items()}
    begun = any(st.session_state[field] for field in fields)  # whoever writes looks at no judgement that comes then
    st.session_state[f"{key}_drawn"] = seen if begun else now
    told = st.container()  # above the fields, whose foot may lie below what a panel over the page shows
    # no form: what is written in one is the browser's alone, lost with another lead or screen (assets/writing.js
    # hands over what is being written when a panel closes)
    kept = partial(keep_draft, tuple(finding_ids), tuple(fields), key)
    with st.container(key=key):
        # nothing stands there before it is chosen: what was only left alone is no judgement
        status = st.pills(
            _("New status"), STATUSES, key=f"{key}_status_{turn}",
            format_func=partial(status_choice, words=words_here()), help=status_help(words_here()) if panel else None,
            on_change=kept,
        )
        if not panel:
            st.caption(status_help(words_here()))
        note = st.text_area(_("Reasons"), height=90, key=f"{key}_reasons_{turn}", on_change=kept)
        st.caption(_("Signed by {who}", who=escape_markdown(person().name)))
        with st.container(horizontal=True):
            add = st.button(_("Add judgement"), type="primary", key=f"{key}_add")
            onward = following is not None and st.button(_("Add and open the next lead"), key=f"{key}_onward")
    if (add or onward) and (status is None or not note.strip()):
        st.error(_("A judgement needs a status and its reasons."))
    elif (add or onward) and not too_long((_("Reasons"), note, MOST_REASONS)):
        with show.errors():
            try:
                casebook.judge_all(finding_ids, str(status), note.strip(), person().name, case=case.name, seen=seen)
            except Overtaken:
                st.session_state[f"{key}_drawn"] = now
                with told:
                    _overtaken(case, seen, key=key)
                return
            warn_if_withheld(case, [note], [f"finding:{identity}" for identity in finding_ids])
            sent(finding_ids, key)
            st.session_state[_TURN] = turn + 1
            if onward and following is not None:
                open_lead(following)
            _added(panel or f"{key}_add", closes=bool(panel))


def _overtaken(case: CaseFolder, seen: Mapping[str, int], *, key: str) -> None:
    """What was judged since the page was drawn, by oneself in another tab too: it is read before another follows it."""
    casebook, words = server().workbench.casebook, words_here()
    newer = {identity: casebook.judgements(case.name, identity)[drawn:] for identity, drawn in seen.items()}
    if all(one.user == person().name for added in newer.values() for one in added):
        st.warning(_("You judged in another tab since this page was drawn: nothing was added. Added again, this "
                     "follows that."))
    else:
        st.warning(_("Somebody judged since this page was drawn: nothing was added. Added again, yours follows that."))
    with st.container(key=f"{key}_newer"):
        for place, (identity, added) in enumerate(newer.items()):
            if added and len(seen) > 1:
                st.caption(words.pair(_("Lead"), identity))
            shown_judgements(added, key=f"{key}_newer_{place}")


def _add(
    case: CaseFolder, subjects: Sequence[str], kind: str, text: str, *, label: str, panel: str,
    field: str | None = None,
) -> None:
    """Add it, and empty the ``field`` in which it was written; what cannot be kept stays there."""
    if too_long((label, text, MOST_CHARACTERS[kind])):
        return
    with show.errors():
        server().workbench.casebook.remarks.add(case.name, subjects, kind, text, user=person().name)  # type: ignore[arg-type]
        if field is not None:
            empty(field)
            warn_if_withheld(case, [text] if kind != "untag" else [], subjects)
        _added(panel)


def _added(used: str, *, closes: bool = True) -> None:
    """Said in a corner; the panel in which it was written closes, and no other one is touched."""
    st.session_state[_USED] = used
    if closes:
        turns = st.session_state.setdefault(_TURNS, {})
        turns[used] = turns.get(used, 0) + 1
    st.toast(_("Added and signed by {who}", who=escape_markdown(person().name)))
    st.rerun()
