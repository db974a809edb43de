"""Report and disclosure package from the screen: leads are chosen, a job makes it, it is kept and handed out."""

import json
from pathlib import Path

import streamlit as st

from graph.detect.finding import FindingsDocument
from graph.detect.registry import KINDS
from graph.detect.wordings import LANGUAGES
from ingest.case_folder import CaseFolder
from workbench.casebook import STATUSES
from workbench.casebook.audit import MOST_REASON
from workbench.exports.manifest import manifest_path
from workbench.jobs import Task
from workbench.language import NAMES
from workbench.language.kinds import kind_label
from workbench.report.choice import Choice
from workbench.report.kept import PACKAGE
from workbench.views import kept, show
from workbench.views.access.rights import allowed
from workbench.views.casefile.beside import chosen_beside
from workbench.views.casefile.made_before import TYPES, made_before
from workbench.views.language import _, language, ngettext, words_here
from workbench.views.leads.outdated import warn_if_outdated
from workbench.views.models import casefile as model
from workbench.views.models.leads.listing import Casework, Wanted, matching, ordered
from workbench.views.navigation import address, choices
from workbench.views.session import handed, person, record, server
from workbench.views.widgets.fields import lacking
from workbench.views.widgets.job_board import board, jobs_of

WITH_TEXTS = "report texts"
_LISTED = "report_leads_listed"  # the list of leads that was drawn last, and which of its rows were ticked at first
_LANGUAGE, _SPOKEN = "report_language", "report_spoken"  # of the report; of the screens when it was last drawn


def report_part(case: CaseFolder) -> None:
    """Leads by ticks; what is made has the same bytes as the command line's for the same choice.

    The lead of the address, from which somebody came, stands first and is ticked.
    """
    document = server().workbench.findings(case)
    if document is None or not document.findings:
        show.nothing(_("There are no leads yet. **Leads** runs the detections."), key="no_leads_to_report")
        return
    if not allowed("export", case):  # before any work for it is done
        made_before(case)
        return
    warn_if_outdated(case, document)
    left, right = st.columns([3, 2], gap="large")
    with left:
        chosen = _ticked(case, document)
        made_before(case)
    with right:
        to = st.segmented_control(
            _("Format"), list(TYPES), default="pdf", key="report_format", required=True,
            format_func={"html": "HTML", "pdf": "PDF", PACKAGE: _("Disclosure package")}.__getitem__,
        )
        if to == PACKAGE:
            st.caption(_(
                "One file for a court, a defence or a colleague without Filature: the report, the leads with the "
                "records of each reason, the sources and who handled them, and hashes by which anybody can check it."
            ))
        if st.session_state.get(_SPOKEN) != language() or _LANGUAGE not in st.session_state:
            st.session_state[_SPOKEN] = st.session_state[_LANGUAGE] = language()  # it follows that of the screens
        tongue = st.segmented_control(
            _("Language of the report"), LANGUAGES, key=_LANGUAGE, required=True, format_func=NAMES.__getitem__,
        )
        pictures = st.toggle(
            _("With a picture of each lead"), value=True, key="report_pictures",
            help=_("The chains of an owner are a table, each owner set in below what it holds."),
        )
        texts = st.toggle(
            _("With message texts as written"), key="report_texts", help=_("They may name people.")
        )
        reason = _reason() if texts else ""
        beside = chosen_beside(case)
        st.caption(ngettext("{number} lead is ticked", "{number} leads are ticked", len(chosen)))
        busy = any(not job.finished for job in jobs_of("report", case.name))
        label = _("Make the package") if to == PACKAGE else _("Make the report")
        if st.button(label, type="primary", key="report_make", disabled=busy or not chosen):
            if texts:
                missing = _("Write why the texts have to be read.")
                if lacking(_("Why they have to be read"), reason, MOST_REASON, missing=missing):
                    return
                record(case, WITH_TEXTS, json.dumps({"findings": chosen, "threads": beside.threads, "reason": reason}))
            choice = Choice(
                findings=chosen, language=tongue or language(), texts=texts, pictures=pictures,
                accounts=beside.accounts, threads=beside.threads, views=beside.views,
            )
            task = Task(
                "report", server().workbench.settings, case.name, choice=choice, to=str(to)
            )
            server().jobs.submit(task, owner=person().name)
            st.rerun()
        board("report", case.name, in_page=True)  # a notice would lie over what is handed out
        if not busy:  # the one before would be taken for the one that is being made
            _hand_out(case)


def _ticked(case: CaseFolder, document: FindingsDocument) -> tuple[str, ...]:
    """The leads that are ticked, in the order of the list; ticks stay where the filters list others."""
    words, asked = words_here(), address.given("lead")
    status, names = server().workbench.casebook.status(case.name), kept.leads(case, document.findings).names
    findings = sorted(ordered(document.findings), key=lambda finding: finding.finding_id != asked)
    came = findings[0].finding_id == asked
    st.caption(_("Tick the leads that the report is to hold; records, judgements and notes come with them."))
    wanted = _wanted(document)
    shown = matching(findings, names, Casework(status), wanted)
    of = f"report_leads_{case.name}_{document.run_id}{asked if came else ''}"
    ticked: set[str] = st.session_state.setdefault(f"{of}_ticked", {str(asked)} if came else set())
    if not shown:
        st.caption(_("Nothing fits these filters."))
    else:
        rows = model.lead_rows(shown, status, names, words)
        key = f"{of}_{'_'.join((*wanted.kinds, '', *wanted.states))}"
        if st.session_state.get(_LISTED, ("", ()))[0] != key:  # ticks of a list that is drawn anew
            places = tuple(place for place, finding in enumerate(shown) if finding.finding_id in ticked)
            st.session_state[_LISTED] = key, places
        with st.container(key="report_leads"):
            picked = st.dataframe(
                rows, hide_index=True, key=key, on_select="rerun", selection_mode="multi-row",
                selection_default={"selection": {"rows": list(st.session_state[_LISTED][1])}},
                height=show.height_of(len(rows), most=560), column_config=show.widths(rows, (72, 50, 108, 202, 100)),
            ).selection.rows
        ticked.difference_update(finding.finding_id for finding in shown)
        ticked.update(shown[row].finding_id for row in picked if row < len(shown))
    if hidden := len(ticked.difference(finding.finding_id for finding in shown)):
        st.caption(ngettext("{number} ticked lead is not among those that the filters show, and stands in the report.",
                            "{number} ticked leads are not among those that the filters show, and stand in the report.",
                            hidden))
    return tuple(finding.finding_id for finding in findings if finding.finding_id in ticked)


def _wanted(document: FindingsDocument) -> Wanted:
    """Leads of which kind and status are listed."""
    found = {finding.kind for finding in document.findings}
    present = [*(kind for kind in KINDS if kind in found), *sorted(found - set(KINDS))]
    with st.container(horizontal=True, key="report_filters"):
        kinds = choices.several(
            _("Kind"), lambda spoken: {kind: kind_label(kind, spoken) for kind in present}, key="report_kind",
            placeholder=_("All kinds"),
        )
        states = choices.several(
            _("Status"), lambda spoken: {status: spoken.gettext(status) for status in STATUSES}, key="report_status",
            placeholder=_("Any status"),
        )
    return Wanted(kinds=kinds, states=states)


def _reason() -> str:
    """Why the texts of these leads go into a file."""
    reason = st.text_input(_("Why they have to be read"), key="report_reason").strip()
    st.caption(_("It is written into the audit log, with the leads whose messages the report holds."))
    return reason


def _hand_out(case: CaseFolder) -> None:
    """The report that this person made last since the server was started, and its manifest."""
    job = next((job for job in jobs_of("report", case.name) if job.state == "done"), None)
    if job is None or job.task.choice is None:
        return
    made, choice = job.result, job.task.choice
    path, to, digest = Path(made["path"]), made["to"], made["sha256"]
    packed = to == PACKAGE
    with st.container(border=True, key="report_ready"):
        ready = (_("The package is made and kept with the case as {name}.", name=path.name) if packed
                 else _("The report is made and kept with the case as {name}.", name=path.name))
        st.text(ready)
        leads = ngettext("{number} lead", "{number} leads", len(choice.findings))
        form = _("Disclosure package") if packed else to.upper()
        st.caption(" · ".join((form, NAMES[choice.language], leads)))
        if number := made["withheld"]:
            st.warning(ngettext(
                "{number} text that a person wrote is withheld in it, as a minor's name or number is among its "
                "words. Written without, it stands in the next report.",
                "{number} texts that people wrote are withheld in it, as a minor's name or number is among their "
                "words. Written without, they stand in the next report.", number,
            ))
        with st.container(horizontal=True):
            st.download_button(
                _("Download the package") if packed else _("Download the report"),
                data=handed(lambda: _kept(case, path), case), file_name=f"{case.name}-{path.name}", mime=TYPES[to],
                on_click="ignore", type="primary", key="report_download",
            )
            if not packed:
                st.download_button(
                    _("Download its manifest"), data=handed(lambda: _kept(case, manifest_path(path)), case),
                    file_name=f"{case.name}-{manifest_path(path).name}", mime="application/json", on_click="ignore",
                    key="report_manifest",
                )
        st.caption(_("SHA-256 of the package") if packed else _("SHA-256 of the report"))
        st.code(digest, language=None, wrap_lines=True)


def _kept(case: CaseFolder, path: Path) -> bytes:
    """The file, for whoever may have it when they ask."""
    server().workbench.casebook.allow("export", case.name)
    return path.read_bytes()
