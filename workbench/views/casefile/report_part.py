"""The report from the screen: leads are chosen, it is made, kept in the case and handed out."""

from pathlib import Path

import streamlit as st

from graph.detect.wordings import LANGUAGES
from ingest.case_folder import CaseFolder
from workbench.exports.manifest import manifest_path
from workbench.language import NAMES
from workbench.report.choice import Choice
from workbench.report.make import make_report
from workbench.views import show
from workbench.views.casefile.beside import chosen_beside
from workbench.views.casefile.names import named_in
from workbench.views.language import _, language, ngettext, words_here
from workbench.views.models import casefile as model
from workbench.views.session import person, server

_MADE = "report_made"
_TYPES = {"html": "text/html", "pdf": "application/pdf"}


def report_part(case: CaseFolder) -> None:
    """Leads by ticks; what is made has the same bytes as the command line's for the same choice."""
    document = server().workbench.findings(case)
    if document is None or not document.findings:
        show.nothing(_("There are no leads yet. **Leads** runs the detections."), key="no_leads_to_report")
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.caption(_("Tick the leads that the report is to hold; records, judgements and notes come with them."))
        rows = model.lead_rows(
            document.findings, server().workbench.casebook.status(case.name), named_in(case, document.findings),
            words_here(),
        )
        with st.container(key="report_leads"):
            picked = st.dataframe(
                rows, hide_index=True, key=f"report_leads_{document.run_id}", on_select="rerun",
                selection_mode="multi-row", height=show.height_of(len(rows), most=560),
                column_config=show.widths(rows, (80, 165, 200, 90)),
            ).selection.rows
    chosen = tuple(document.findings[row].finding_id for row in picked if row < len(document.findings))
    with right:
        to = st.segmented_control(
            _("Format"), list(_TYPES), default="pdf", key="report_format", required=True,
            format_func={"html": "HTML", "pdf": "PDF"}.__getitem__,
        )
        tongue = st.segmented_control(
            _("Language of the report"), LANGUAGES, default=language(), key="report_language", required=True,
            format_func=NAMES.__getitem__,
        )
        pictures = st.toggle(_("With a picture of each lead"), value=True, key="report_pictures")
        texts = st.toggle(
            _("With message texts as written"), key="report_texts", help=_("They may name people.")
        )
        beside = chosen_beside(case)
        st.caption(ngettext("{number} lead is ticked", "{number} leads are ticked", len(chosen)))
        if st.button(_("Make the report"), type="primary", key="report_make", disabled=not chosen):
            choice = Choice(
                findings=chosen, language=tongue, texts=texts, pictures=pictures, accounts=beside.accounts,
                threads=beside.threads,
            )
            _make(case, choice, str(to))
        _hand_out(case)


def _make(case: CaseFolder, choice: Choice, to: str) -> None:
    folder = case.path / "reports"
    number = 1 + max((int(path.stem[7:]) for path in folder.glob("report-*.*") if path.stem[7:].isdigit()), default=0)
    with show.errors(), st.spinner(_("Writing the report")):
        folder.mkdir(exist_ok=True)
        made = make_report(
            server().workbench, case, choice, to=to, path=folder / f"report-{number}.{to}", user=person().name
        )
        st.session_state[_MADE] = (case.name, to, str(made.path), made.sha256)


def _hand_out(case: CaseFolder) -> None:
    """The report that was made last in this session, and its manifest."""
    kept = st.session_state.get(_MADE)
    if kept is None or kept[0] != case.name:
        return
    _case, to, place, digest = kept
    path = Path(place)
    with st.container(border=True, key="report_ready"):
        st.text(_("The report is made and kept with the case as {name}.", name=path.name))
        with st.container(horizontal=True):
            st.download_button(
                _("Download the report"), data=path.read_bytes, file_name=f"{case.name}-{path.name}", mime=_TYPES[to],
                on_click="ignore", type="primary", key="report_download",
            )
            st.download_button(
                _("Download its manifest"), data=manifest_path(path).read_bytes,
                file_name=f"{case.name}-{manifest_path(path).name}", mime="application/json", on_click="ignore",
                key="report_manifest",
            )
        st.caption(_("SHA-256 of the report"))
        st.code(digest, language=None, wrap_lines=True)
