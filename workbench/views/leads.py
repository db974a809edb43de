"""Screen: findings best first, why and why not, the records behind them, and a person's judgement."""

import streamlit as st

from graph.detect.finding import TIERS, Finding
from graph.detect.registry import KINDS
from graph.detect.wordings import Language
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from workbench.casebook import STATUSES, Judgement
from workbench.jobs import Task
from workbench.views import show
from workbench.views.finding_panel import panel
from workbench.views.job_board import board, jobs_of
from workbench.views.models import leads as model
from workbench.views.models.names import Names, names_of
from workbench.views.session import current_case, person, server

OPENED = "opened_minors"
LANGUAGE = "language"  # of the findings' sentences, for this session
LANGUAGES: dict[str, Language] = {"English": "en", "Français": "fr"}


def page() -> None:
    show.heading("Leads", "Findings, best first. A lead says where to look and why; a person decides what it means.")
    case = current_case()
    if case is None:
        show.nothing("There is no case yet. Open **Sources** to make one and add files to it.", key="no_case")
        return
    document = server().workbench.findings(case)
    language = _run(case, first=document is None)
    board("detect", case.name)
    if document is None:
        show.nothing("No detection has run on this case yet.", key="no_findings")
        return
    if not document.findings:
        show.nothing("The detections ran and found nothing that stands out.", key="no_findings")
        return
    status = server().workbench.casebook.status(case.name)
    opened: frozenset[str] = st.session_state.setdefault(OPENED, frozenset())
    names = model.with_minor_targets(
        _names(case, document.evidence_digest, document.findings), document.findings, opened
    )
    shown = _filter(document.findings, names, status)
    left, right = st.columns([6, 7], gap="medium")
    with left:
        finding = _list(shown, names, status, total=len(document.findings))
    with right:
        if finding is None:
            show.nothing("Choose a finding in the list to see why it stands there.", key="no_choice")
        else:
            panel(case, finding, names, language)


def _run(case: CaseFolder, *, first: bool) -> Language:
    """The button that runs the detections, and beside it the language of the sentences, which is returned."""
    running = any(not job.finished for job in jobs_of("detect", case.name))
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
        known = list(LANGUAGES)
        chosen = st.radio(
            "Language of the sentences", known, index=known.index(st.session_state.get(LANGUAGE, known[0])),
            horizontal=True, label_visibility="collapsed", key="lead_language",
        )
        st.session_state[LANGUAGE] = chosen  # the widget's own state goes when another screen is opened
        label = "Run all detections" if first else "Run again"
        if st.button(label, type="primary" if first else "secondary", disabled=running, key="detect"):
            task = Task("detect", server().workbench.settings, case.name, kinds=("all",))
            server().jobs.submit(task, owner=person().name)
            st.rerun()
    return LANGUAGES[chosen]


@st.cache_data(max_entries=8, show_spinner=False, hash_funcs={CaseFolder: repr, Finding: lambda f: f.finding_id})
def _names(case: CaseFolder, digest: str, findings: tuple[Finding, ...]) -> Names:  # noqa: ARG001
    with Lake(case) as lake:
        return names_of(lake, model.people(findings))


def _filter(findings: tuple[Finding, ...], names: Names, status: dict[str, Judgement]) -> tuple[Finding, ...]:
    present = [kind for kind in KINDS if any(finding.kind == kind for finding in findings)]
    with st.container(horizontal=True, vertical_alignment="bottom", key="lead_filters"):
        kinds = st.multiselect("Kind", present, placeholder="All kinds", key="lead_kinds")
        tiers = st.multiselect("Tier", TIERS, placeholder="All tiers", key="lead_tiers")
        states = st.multiselect("Status", STATUSES, placeholder="Any status", key="lead_states")
        text = st.text_input("Name or words", key="lead_text")
    return model.matching(findings, names, status, kinds=kinds, tiers=tiers, states=states, text=text)


def _list(shown: tuple[Finding, ...], names: Names, status: dict[str, Judgement], *, total: int) -> Finding | None:
    st.caption(f"Showing {len(shown):,} of {total:,} findings, by tier and score")
    chosen = st.dataframe(
        model.table(shown, names, status),
        hide_index=True,
        key="leads",
        on_select="rerun",
        selection_mode="single-row",
        height=min(620, 38 + 35 * max(1, len(shown))),
        column_config={
            "Tier": st.column_config.TextColumn(width=74),
            "Kind": st.column_config.TextColumn(width=86),
            "Who": st.column_config.TextColumn(width=148),
            "Score": st.column_config.NumberColumn(width=56, format="%.3f"),
            "Status": st.column_config.TextColumn(width=84),
        },
    )
    rows = chosen.selection.rows
    wanted = st.session_state.get("lead")
    if rows and rows[0] < len(shown):
        st.session_state["lead"] = shown[rows[0]].finding_id
        return shown[rows[0]]
    return next((finding for finding in shown if finding.finding_id == wanted), shown[0] if shown else None)
