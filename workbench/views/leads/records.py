"""The very rows behind a reason of the open lead: whom they name as all else does, and where a row leads."""

from collections.abc import Sequence

import streamlit as st

from graph.detect.finding import Finding
from ingest.case_folder import CaseFolder
from ingest.lake import Lake, Record
from workbench.cited import marks_in
from workbench.dossier import holders_counted
from workbench.plain_text import escape_markdown
from workbench.views import kept, show
from workbench.views.access.texts import cited_open
from workbench.views.conversation import page as conversation
from workbench.views.language import _, words_here
from workbench.views.models import records as model
from workbench.views.models.leads import lead as told
from workbench.views.models.leads.who import likely_elsewhere_told
from workbench.views.models.names import Names
from workbench.views.models.opening import Texts
from workbench.views.navigation import address
from workbench.views.session import opaque

_FOUR_LINES, _FIVE_LINES, _SEVEN_LINES = 74, 90, 122  # pixels of a row: cells are written over lines, whole here
_WIDTHS, _OF_MARKS = (98, 128, 94, 140), (98, 92, 134, 136)
_SCREENS = {"account": "Account", "sender": "Account", "recipient": "Account", "reporter": "Account",
            "reported": "Account", "room": "Room", "company": "Company", "owned": "Company"}


def records_part(case: CaseFolder, finding: Finding, names: Names) -> None:
    """The records of one reason, or of what speaks against, by pages; a click on one offers whom it names and its
    conversation."""
    words = words_here()
    citing = told.citing(finding, words)
    if not citing:
        st.caption(_("These reasons are figures over the whole case and cite no single record."))
        return
    index = st.selectbox(
        _("Records of the reason"), list(citing), format_func=lambda number: citing[number],
        key=f"reason_{finding.finding_id}", label_visibility="collapsed", persist_state="session",
    )
    for line in told.uncited(finding, words):
        st.caption(line)
    references = finding.parts[index].records
    pages = -(-len(references) // model.PAGE)
    page = 0
    if pages > 1:
        page = int(st.number_input(_("Page"), 1, pages, key=f"page_{finding.finding_id}_{index}")) - 1
    with Lake(case) as lake:
        records = model.open_records(lake, references, page=page)
        called = model.called(lake, records, names)
        holders = holders_counted(lake, [mark for record in records for mark in marks_in(record)])
    with st.container(key="records_told"):
        st.text(model.counted(records, references, called, words, page=page))
        masked = model.likely_elsewhere(records, called, kept.beyond(case, finding))
        if by_others := likely_elsewhere_told(masked, words):
            st.text(by_others)
    place = f"{finding.finding_id}/{index}"
    texts = _texts(case, finding, place, references) if any(r.table == "messages" for r in records) else False
    frame = model.table(records, called, words, texts=texts, holders=holders)
    short = not texts and all(record.table == "messages" for record in records)
    chosen = show.chosen_row(
        frame, key="records", empty="", height=430, pixels=_OF_MARKS if holders else _WIDTHS,
        row=_SEVEN_LINES if holders else _FOUR_LINES if short else _FIVE_LINES,
    )
    if chosen is None:
        st.caption(_("A click on a row offers whom it names and its conversation."))
    else:
        _ways(finding, records[chosen], called)


def _ways(finding: Finding, record: Record, names: Names) -> None:
    """Buttons for the chosen row."""
    with st.container(horizontal=True, key="record_ways"):
        sender, recipient, room = (record.columns.get(name) for name in ("sender", "recipient", "room"))
        if sender and (recipient or room) and st.button(_("Read it in its conversation"), icon=":material/forum:"):
            at = record.ref.partition(":")[2]
            if recipient:
                conversation.open_pair(sender, recipient, lead=finding.finding_id, at=at)
            else:
                conversation.open_room(str(room), lead=finding.finding_id, at=at)
        for column, screen in _SCREENS.items():
            identity = record.columns.get(column)
            if identity and st.button(
                _("Open {who}", who=escape_markdown(names.of(identity, limit=30))),
                key=f"record_{column}_{opaque(identity)}", icon=":material/person_search:",
            ):
                address.to(screen, {screen.lower(): identity})


def _texts(case: CaseFolder, finding: Finding, place: str, references: Sequence[str]) -> bool:
    """Whether the texts of these records are open, and shown."""
    if not cited_open(case, Texts.of_cited(finding.finding_id, references)):
        return False
    hidden: set[str] = st.session_state.setdefault("hidden_texts", set())
    shown = st.toggle(_("Show texts"), value=place not in hidden, key=f"texts_{place}")
    (hidden.discard if shown else hidden.add)(place)
    return bool(shown)
