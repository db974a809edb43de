"""Who did what in the case, and when?  Its audit log, the newest entry first, for whoever may open the case."""

from collections.abc import Sequence

import streamlit as st

from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from workbench.casebook import AuditEntry
from workbench.exports.tables.columns import Sheet
from workbench.masking.telling import telling_of
from workbench.views import show
from workbench.views.access.unmask import lifted
from workbench.views.language import _, ngettext, words_here
from workbench.views.models import logged as model
from workbench.views.models.names import names_in_cells
from workbench.views.models.table_file import frame_sheet
from workbench.views.session import opened_minors, server
from workbench.views.widgets.pages import page_of
from workbench.views.widgets.table_download import table_download

_PAGE = 100


def logged(case: CaseFolder) -> None:
    """The entries, a page after the other, by whom and of which kind is asked."""
    words, entries = words_here(), server().workbench.casebook.audit_of(case.name)
    acts = sorted({entry.action for entry in entries}, key=lambda action: model.act_word(action, words))
    with st.container(horizontal=True, vertical_alignment="bottom", key="log_filters"):
        people = st.multiselect(
            _("Who"), sorted({entry.user for entry in entries}), key="log_who", placeholder=_("Everybody")
        )
        kinds = st.multiselect(
            _("What"), acts, key="log_what", placeholder=_("Every kind of act"),
            format_func=lambda action: model.act_word(action, words),
        )
    found = model.wanted(entries, people, kinds)
    st.caption(ngettext("{number} entry, the newest first", "{number} entries, the newest first", len(found)))
    st.caption(_("The log numbers the entries of all cases in one chain: numbers are missing where entries of other "
                 "cases stand between, or of none. Runs of queries stand with the case; queries that are saved, shared "
                 "or duplicated belong to none (their revisions say when and by whom), nor do people and their roles."))
    first = page_of(len(found), size=_PAGE, key="log_page")
    listed = found[first : first + _PAGE]
    known = _known(case)
    with Lake(case) as lake:
        names = lifted(names_in_cells(lake, model.ids_in(listed, known)))
    frame = model.table(listed, names, telling_of(case, opened=opened_minors()), words, known)
    show.table(frame, key="log", height=560, row=show.LINES, empty=_("No entry is of these."),
               pixels=(60, 166, 110, 154, 530))
    if found:
        _download(case, found, total=len(entries))


def _known(case: CaseFolder) -> model.Known:
    """Leads that the case has, or had before its last run, and with which values queries were run in it."""
    workbench = server().workbench
    documents = (workbench.former_findings(case), workbench.findings(case))
    leads = {lead.finding_id: lead for document in documents if document for lead in document.findings}
    return model.Known(leads, workbench.casebook.runs.values(case.name))


def _download(case: CaseFolder, found: Sequence[AuditEntry], *, total: int) -> None:
    words = words_here()

    def made() -> Sheet:
        known = _known(case)
        with server().workbench.lake(case) as lake:
            names = names_in_cells(lake, model.ids_in(found, known))
        return frame_sheet(model.table(found, names, telling_of(case), words, known))

    table_download(
        case, made, name="audit-log", key="log_csv", rows=(len(found), total),
        about=_("Every entry that is listed. Minors are masked; the hashes of the chain stay in the workspace."),
    )
