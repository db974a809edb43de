"""One finding in detail: why, why not, what would clear it, its records, judgements and export."""

import json

import streamlit as st

from graph.detect.finding import Finding
from graph.detect.wordings import Language
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from workbench.casebook import STATUSES
from workbench.views import show
from workbench.views.export_part import export_part
from workbench.views.models import leads as model
from workbench.views.models import replay
from workbench.views.models.names import Names
from workbench.views.session import person, record, server

_HEADINGS: dict[Language, tuple[str, str, str]] = {
    "en": ("Why", "Why not", "What would clear it"),
    "fr": ("Pourquoi", "Ce qui s'y oppose", "Ce qui lèverait le doute"),
}

_REPLAY: dict[Language, str] = {"en": "Replay", "fr": "Déroulé"}


def panel(case: CaseFolder, finding: Finding, names: Names, language: Language) -> None:
    """Draw the finding, its sentences in ``language``; texts from data go through ``names`` and come as plain text."""
    with st.container(border=True, key="finding"):
        with st.container(key="finding_title"):
            st.text(model.title(finding, names))
        facts = [finding.tier + " evidence", f"score {finding.score:.3f}"]
        if finding.q_value is not None:
            facts.append(f"q {finding.q_value:.2g}")
        if finding.first_at:
            facts.append(
                f"{finding.first_at[:16].replace('T', ' ')} to {(finding.last_at or '')[:16].replace('T', ' ')} UTC"
            )
        with st.container(key="facts"):
            st.text(" · ".join(facts))
        _actions(case, finding)
        why, who, judge = st.tabs(["Why and why not", "Who", "Judgement"])
        with why:
            _why(case, finding, names, language)
        with who:
            _who(case, finding, names)
        with judge:
            _judge(case, finding)


def _actions(case: CaseFolder, finding: Finding) -> None:
    with st.container(horizontal=True, key="finding_actions"):
        if st.button("Show in Explore", key="to_explore", icon=":material/hub:"):
            st.session_state["explore_finding"] = finding.finding_id
            st.switch_page(st.session_state["pages"]["Explore"])
        with st.popover("Export", key="finding_export"):
            export_part(case, key="finding", finding=finding.finding_id)


def _why(case: CaseFolder, finding: Finding, names: Names, language: Language) -> None:
    why, why_not, clear = _HEADINGS[language]
    st.markdown(f"**{why}**")
    _told(model.reasons(finding, names, language), key="told_why")
    _replay(case, finding, names, language)
    st.markdown(f"**{why_not}**")
    against = model.against(finding, names, language)
    if against:
        _told(against, key="told_against")
    else:
        st.caption("Nothing that the detection looks at speaks against it.")
    st.markdown(f"**{clear}**")
    with st.container(key="told_clear"):
        st.text(model.clears(finding, names, language))
    _records(case, finding, names, language)


def _replay(case: CaseFolder, finding: Finding, names: Names, language: Language) -> None:
    """Who came to which target when: a table of the records that the replay's reasons cite."""
    cited = replay.references(finding)
    if not cited:
        return
    with Lake(case) as lake:
        records = lake.records(list(cited[: replay.MOST_RECORDS]))
    frame = replay.table(finding, records, names, language)
    st.markdown(f"**{_REPLAY[language]}**")
    st.caption(replay.told(finding, frame, language))
    st.dataframe(frame, hide_index=True, key="replay", height="content" if len(frame) <= 15 else 500)


def _told(items: list[tuple[str, str]], *, key: str) -> None:
    """Each measure with its figures, and below it the sentence that explains them."""
    with st.container(key=key, gap=None):
        for figures, sentence in items:
            st.text(figures)
            st.text(sentence)


def _records(case: CaseFolder, finding: Finding, names: Names, language: Language) -> None:
    st.markdown("**Records**")
    citing = model.citing(finding, language)
    if not citing:
        st.caption("These reasons are figures over the whole case and cite no single record.")
        return
    index = st.selectbox(
        "Records of the reason",
        list(citing),
        format_func=lambda number: citing[number],
        key=f"reason_{finding.finding_id}",
        label_visibility="collapsed",
    )
    reason = finding.reasons[index]
    place = f"{finding.finding_id}/{index}"
    opened: set[str] = st.session_state.setdefault("opened_texts", set())
    with Lake(case) as lake:
        records = model.open_records(lake, reason.records)
    with st.container(key="records_told"):
        st.text(model.records_told(records, reason.records, names))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("Texts stay hidden until somebody opens them.")
        if place in opened:
            if st.button("Hide texts", key="hide_texts"):
                opened.discard(place)
                st.rerun()
        elif st.button("Open texts", key="open_texts"):
            opened.add(place)
            record(
                case,
                "open texts",
                json.dumps({"finding": finding.finding_id, "reason": index, "records": len(records)}),
            )
            st.rerun()
    st.dataframe(
        model.records_table(records, names, texts=place in opened),
        hide_index=True,
        key="records",
        height=min(360, 38 + 35 * max(1, min(10, len(records)))),
        column_config={"Content": st.column_config.TextColumn(width="large")},
    )


def _who(case: CaseFolder, finding: Finding, names: Names) -> None:
    frame = model.members(finding, names)
    total = len(finding.members) + len(finding.targets)
    st.caption(f"Showing {len(frame):,} of {total:,}. Minors are masked.")
    st.dataframe(frame, hide_index=True, key="members", height=min(420, 38 + 35 * max(1, len(frame))))
    masked = frozenset(identity for identity in (*finding.members, *finding.targets) if names.masked(identity))
    if masked and st.button(f"Unmask {len(masked):,} minors of this finding", key="unmask"):
        record(case, "unmask minors", json.dumps({"finding": finding.finding_id, "accounts": len(masked)}))
        st.session_state["opened_minors"] = names.opened | masked
        st.rerun()


def _judge(case: CaseFolder, finding: Finding) -> None:
    casebook = server().workbench.casebook
    with st.form("judgement", border=False, clear_on_submit=True):
        left, right = st.columns(2)
        status = left.selectbox("Status", STATUSES, key="judge_status")
        name = right.text_input("Your name", value=person().name, key="judge_name", max_chars=200)
        note = st.text_area("Reasons", key="judge_note", height=90, max_chars=4_000)
        sent = st.form_submit_button("Add judgement", type="primary")
    if sent:
        if not name.strip() or not note.strip():
            st.error("A judgement needs a name and its reasons.")
        else:
            with show.errors():
                casebook.judge(finding.finding_id, str(status), note.strip(), name.strip(), case=case.name)
                st.rerun()
    history = casebook.judgements(case.name, finding.finding_id)
    if not history:
        st.caption("Nobody has judged this finding yet.")
        return
    st.caption("Judgements are added, never changed; the last one is the finding's status.")
    st.dataframe(model.judgement_rows(history), hide_index=True, key="judgements", height="content")
