"""Screen: leads as an inbox: a list that is narrowed by its address, the one that is open beside it, and triage."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

import streamlit as st

from graph.detect.finding import TIERS, Finding, FindingsDocument
from graph.detect.registry import KINDS
from graph.subgraph import Subgraph
from ingest.case_folder import CaseFolder, label_key
from workbench.casebook import STATUSES
from workbench.exports.tables.columns import Sheet
from workbench.language import Words
from workbench.language.kinds import kind_label
from workbench.language.vocabulary import status_help
from workbench.lead_picture import names_leaving
from workbench.masking.leads import leads_called
from workbench.masking.telling import telling_of
from workbench.plain_text import escape_markdown
from workbench.runs.changes import Changes
from workbench.runs.judged_on import RUN, judged_earlier
from workbench.views import kept, show
from workbench.views.dossiers.beside import choose_beside
from workbench.views.language import _, ngettext, words_here
from workbench.views.leads.opened import open_lead, opened_lead
from workbench.views.leads.outdated import warn_if_outdated
from workbench.views.leads.panel import panel
from workbench.views.leads.run_detections import other_parameters, run_detections
from workbench.views.leads.triage import go_on_where_added, triage
from workbench.views.models.leads import in_file
from workbench.views.models.leads import listing as model
from workbench.views.models.leads import since_last_run as since
from workbench.views.models.leads import who as who_model
from workbench.views.models.leads.listing import Casework, Wanted
from workbench.views.models.leads.searched import searched
from workbench.views.models.table_file import frame_sheet
from workbench.views.navigation import address, choices
from workbench.views.pictures.beside import picture_of_next
from workbench.views.session import opened_minors, server
from workbench.views.widgets.job_board import board
from workbench.views.widgets.on_case import on_case
from workbench.views.widgets.table_download import table_download

_WIDTHS = (70, 44, 107, 132, 62, 93)  # pixels of the list's columns: with their ticks all fit beside an open lead
_WITH_CHANGE = (70, 44, 107, 80, 56, 91, 60)
_LETTERS = 17, 10  # of whom a lead is about, a mask whole in either language; and with the column of changes
_KIND, _WHO = 2, 3  # columns; that of kinds stands only where several may be listed, and else its room has the next one
_MORE_LETTERS = 17
MOST_BESIDE = 2
Asked = tuple[Wanted, str | None]
"""The filters, and what the last run changed, as a list of leads is asked for."""
_ASKED = "leads_asked"  # the filters when the list was last drawn


@on_case(lambda: (_("Leads"), _("A lead says where to look and why; a person decides what it means.")))
def page(case: CaseFolder) -> None:
    document = server().workbench.findings(case)
    ran = server().workbench.run_findings(case)
    changes = kept.changes(server().workbench.former_findings(case), ran) if ran is not None else None
    if document is None or not (document.findings or (changes and changes.gone)):
        with st.container(horizontal=True, key="run_detections"):
            run_detections(case, document)
        show.nothing(
            _("No detection has run on this case yet.") if document is None
            else _("The detections ran and left no lead."),
            key="no_findings",
        )
        if document is not None:
            warn_if_outdated(case, document)
            _what_came(document)
        board("detect", case.name)  # a notice lies over a corner; at the end it moves nothing
        return
    casework = casework_of(case)
    gone = changes.gone if changes else ()
    read = kept.leads(case, document.findings, gone)
    names = read.names
    warn_if_outdated(case, document)
    wanted, change = _filters(case, document, casework, changes)
    listed = since.listed(document.findings, changes, change) if changes else document.findings
    shown = model.ordered(model.matching(listed, names, casework, wanted))
    left, right = st.columns([137, 123], gap="xsmall")
    with left:
        undated = model.without_time(listed, names, casework, wanted)
        finding = _list(case, document, shown, read, casework, changes, asked=(wanted, change), undated=undated)
        with st.expander(_("What was looked for"), key="what_was_searched"):
            _what_came(document)
    with right:
        if finding is None and shown:
            show.nothing(_("Choose a lead in the list to see why it stands there."), key="no_choice")
        elif finding is not None:
            following = model.beside(shown, finding, 1)
            panel(case, finding, document.findings, names, casework, changes, following=following)
            show.bring_into_view(".st-key-finding", once=finding.finding_id, above=True)  # the next one, far down
            if following is not None:
                picture_of_next(case, following)
    board("detect", case.name)
    go_on_where_added()


def _what_came(document: FindingsDocument) -> None:
    """Of each kind that the last run looked for: how many leads, or why there is none."""
    with st.container(key="searched", gap="xsmall"):
        words = words_here()
        for kind, came in searched(document, words).items():  # lines, not a table's cells, which cut why there is none
            st.text(words.pair(kind, came))


def casework_of(case: CaseFolder) -> Casework:
    """What people have added to the findings of a case."""
    book = server().workbench.casebook
    status, document = book.status(case.name), server().workbench.findings(case)
    earlier = judged_earlier(
        case, status, book.audit_of(case.name, action=RUN), document.findings,
    ) if status and document is not None else {}
    return Casework.of(
        status, book.remarks.of(case.name), book.remarks.tags(case.name), book.remarks.assigned(case.name), earlier,
    )


@st.cache_data(max_entries=8, show_spinner=False)
def _sites(run: str, digest: str, _findings: tuple[Finding, ...]) -> list[str]:  # noqa: ARG001  they name the findings
    return sorted({site for finding in _findings for site in model.platforms_of(finding)})


def _filters(
    case: CaseFolder, document: FindingsDocument, casework: Casework, changes: Changes | None
) -> tuple[Wanted, str | None]:
    """The filters, each kept in the address by its own widget; and whether only what the last run changed is asked."""
    words, findings = words_here(), document.findings
    found = {finding.kind for finding in findings}
    present = [*(kind for kind in KINDS if kind in found), *sorted(found - set(KINDS))]
    with st.container(horizontal=True, vertical_alignment="center", key="lead_kinds"):
        kinds = choices.pills(
            _("Kind"), lambda spoken: {kind: kind_label(kind, spoken) for kind in present}, key="kind",
            label_visibility="collapsed", width="content",
        )
        change = None
        if changes is not None:
            change = choices.segments(
                _("Since the last run"), lambda spoken: _said(since.CHANGES, spoken), key="change", width="content",
                help=since.counted(changes, words),
            )
    with st.container(horizontal=True, vertical_alignment="bottom", key="lead_filters"):
        tiers = choices.several(
            _("Tier"), lambda spoken: _said(TIERS, spoken), placeholder=_("All tiers"), key="tier"
        )
        states = choices.several(
            _("Status"), lambda spoken: _said(STATUSES, spoken), placeholder=_("Any status"), key="status",
            help=status_help(words_here()),
        )
        text = _words(case)
        with st.popover(_("More"), key="lead_more"):
            judges = sorted({judged.user for judged in casework.status.values()})
            workers = [*sorted(set(casework.assigned.values())), model.NOBODY]
            marks = sorted({tag for tags in casework.tags.values() for tag in tags})
            sites = _sites(document.run_id, document.evidence_digest, findings)
            judged_by = st.multiselect(_("Judged by"), judges, key="judged", bind="query-params")
            assigned = choices.several(
                _("Assigned to"), lambda spoken: {
                    name: spoken.gettext("nobody") if name == model.NOBODY else name for name in workers
                }, key="assigned",
            )
            tags = st.multiselect(_("Tag"), marks, key="tag", bind="query-params")
            platforms = st.multiselect(_("Platform"), sites, key="platform", bind="query-params")
            begin = st.date_input(_("Not before"), value=None, format="YYYY-MM-DD", key="since", bind="query-params")
            end = st.date_input(_("Not after"), value=None, format="YYYY-MM-DD", key="until", bind="query-params")
        run_detections(case, document)
    return Wanted(
        kinds, tiers, states, tuple(judged_by), assigned, tuple(tags), tuple(platforms),
        begin.isoformat() if begin else "", end.isoformat() if end else "", text,
    ), change


def _words(case: CaseFolder) -> str:
    """What is looked for; ids of leads in it stand as the leads are called, in the field and in the address, which are
    read over shoulders."""
    def called(typed: str) -> str:
        return leads_called(typed, label_key(case))

    if typed := st.session_state.get("words"):
        st.session_state["words"] = called(typed)
    elif "words" not in st.session_state and (given := st.query_params.get("words")):
        address.put(words=called(given))
    text: str = st.text_input(
        _("Name or words"), key="words", bind="query-params", placeholder=_("in names, reasons and notes")
    )
    if called(text) != text:  # of an address: the field begins with it whatever is written before
        st.rerun()
    return text


def _said(names: Iterable[str], words: Words) -> dict[str, str]:
    return {name: words.gettext(name) for name in names}


def _list(
    case: CaseFolder, document: FindingsDocument, shown: tuple[Finding, ...], read: kept.LeadsRead, casework: Casework,
    changes: Changes | None, *, asked: Asked, undated: int,
) -> Finding | None:
    """The list; a click on a row, or the arrow keys, open a lead, which is kept by its id; ticks choose several.

    ``undated``: how many leads the period leaves out since they have no time.
    """
    present = _present(case, shown, read.every, asked)
    with st.container(horizontal=True, vertical_alignment="center", key="lead_steps"):
        gone = len(changes.gone) if changes else 0
        total = gone if asked[1] == since.GONE else len(read.every) - gone
        st.caption(model.counted(len(shown), total, words_here()))
        steps = ((_("Previous"), -1, "keyboard_arrow_up"), (_("Next"), 1, "keyboard_arrow_down"))
        for label, step, icon in steps:
            other = model.beside(shown, present, step)
            st.button(label, key=f"lead_step_{step}", icon=f":material/{icon}:", disabled=other is None,
                      type="tertiary", on_click=_open, args=(other,))
    # the rows' numbers mean this very list: another list is another table, and the open lead is found by its id
    ids = [finding.finding_id for finding in shown]
    if present is not None and present.finding_id not in ids:
        st.caption(_("The open lead is not among those that the filters show."))
    key = "leads_" + hashlib.sha256("\n".join(ids).encode()).hexdigest()[:12]
    if narrowed := model.narrowed(asked[0], words_here()):
        st.caption(escape_markdown(_("Narrowed under More: {what}", what=narrowed)))  # it stands in a closed panel
    if undated:
        st.caption(ngettext("{number} lead has no time and is left out: without a period it is listed.",
                            "{number} leads have no time and are left out: without a period they are listed.", undated))
    if changes is not None:
        st.caption(since.counted(changes, words_here()))
    with show.errors():
        other_parameters(document)
    if not shown:
        _none(asked)
        return present
    with st.container(key="leads"):
        marks = since.marks(shown, changes, words_here()) if changes else None
        marks = marks if marks and any(marks.values()) else None  # an empty column takes its room from the names
        several = len(asked[0].kinds) != 1
        pixels = list(_WITH_CHANGE if marks is not None else _WIDTHS)
        if not several:
            pixels[_KIND:_WHO + 1] = [pixels[_KIND] + pixels[_WHO]]
        rows = model.table(
            shown, kept.lead_rows(read, words_here()), casework, words_here(), marks=marks,
            letters=_LETTERS[marks is not None] + (0 if several else _MORE_LETTERS), kinds=several,
        )
        opened = ids.index(present.finding_id) if present is not None and present.finding_id in ids else None
        said = {
            _("Change"): since.legend(words_here()),
            _("Score"): _("Orders the leads of one kind; the scores of two kinds do not compare."),
            _("Status"): _("Disputed: two people’s latest judgements contradict each other; the open lead shows both."),
        }
        show.begin_at(key, opened, rows.columns[0])
        event = st.dataframe(
            show.marked(rows, opened), hide_index=True, key=key, on_select=lambda: _chosen(key, shown),
            selection_mode=["multi-row", "single-cell"], height=show.height_of(len(shown), most=560),
            column_config={
                str(head): st.column_config.Column(width=width, help=said.get(str(head)))
                for head, width in zip(rows.columns, pixels, strict=True)
            },
        )
        if present is not None and opened is not None:
            latest = casework.status.get(present.finding_id)
            judged = latest.at if latest else ""
            show.bring_row_into_view(".st-key-leads", opened, once=f"{key} {present.finding_id} {judged}")
        _download(case, shown, casework, changes, total=total, name="leads-gone" if asked[1] == since.GONE else "leads")
    if number := sum(identity in casework.earlier for identity in ids):
        st.caption(ngettext("{number} lead of the list was judged on earlier evidence; opened, it says on which.",
                            "{number} leads of the list were judged on earlier evidence; opened, they say on which.",
                            number))
    if marks is not None and since.moves(marks.values()):
        st.caption(since.legend(words_here()))
    if ticked := [shown[row] for row in event.selection.rows if row < len(shown)]:
        _with_ticked(case, ticked)
    return present


def _with_ticked(case: CaseFolder, ticked: Sequence[Finding]) -> None:
    """What can be done with the ticked leads: it stays at the window's foot while the list reaches farther down."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="ticked"):
        st.caption(ngettext("{number} lead is ticked", "{number} leads are ticked", len(ticked)), width="content")
        triage(case, [finding.finding_id for finding in ticked], key="triage_several")
        accounts = tuple(dict.fromkeys(filter(None, map(who_model.about_account, ticked))))
        if len(ticked) == len(accounts) == MOST_BESIDE and st.button(
            _("Side by side"), key="ticked_beside", icon=":material/compare:",
            help=_("The accounts that the two leads are about"),
        ):
            choose_beside(*accounts)


def _none(asked: Asked) -> None:
    """In place of an empty table, and how there are leads again."""
    if asked == (Wanted(), None):
        show.nothing(_("The detections ran and left no lead."), key="no_lead_left")
        return
    show.nothing(_("No lead fits these filters."), key="no_lead_fits")
    st.button(_("Take all filters off"), key="leads_unfiltered", on_click=_unfiltered)


def _unfiltered() -> None:
    for key in ("kind", "tier", "status", "judged", "assigned", "tag", "platform"):
        st.session_state[key] = []
    st.session_state.update(change=None, words="", since=None, until=None)


def _download(
    case: CaseFolder, shown: tuple[Finding, ...], casework: Casework, changes: Changes | None, *, total: int, name: str
) -> None:
    """The list as a file, which says of how many leads these are."""
    words, opened, workbench = words_here(), opened_minors(), server().workbench

    def made() -> Sheet:
        marks = since.marks(shown, changes, words) if changes else {}
        with workbench.lake(case) as lake:
            names = names_leaving(
                lake, Subgraph.of((), ()), shown, telling_of(case, opened=opened), words=words, opened=opened
            )
        return frame_sheet(in_file.table(shown, replace(names, whole=True), casework, words, marks))

    table_download(case, made, name=name, key="leads_csv", rows=(len(shown), total))


def _chosen(key: str, shown: tuple[Finding, ...]) -> None:
    """A cell was clicked, or reached with the arrow keys: its row's lead is open now."""
    cells = st.session_state[key].selection.cells
    if cells and cells[0][0] < len(shown):
        _open(shown[cells[0][0]])


def _open(finding: Finding | None) -> None:
    if finding is not None:
        open_lead(finding.finding_id)


def _present(
    case: CaseFolder, shown: tuple[Finding, ...], findings: tuple[Finding, ...], asked: Asked
) -> Finding | None:
    """The open lead: of the address, else of this session; where other filters hide it, or without one, the first."""
    wanted = opened_lead()
    found = next((finding for finding in findings if finding.finding_id == wanted), None)
    if wanted and found is None:
        st.warning(_("The lead of this address is not among those of the case."))
    before = st.session_state.get(_ASKED)
    st.session_state[_ASKED] = (case.name, asked)
    if before is not None and before[0] == case.name and before[1] != asked and found not in shown:
        found = None  # other filters were chosen; a lead that a link opens stays whatever they are
    present = found or (shown[0] if shown else None)
    _open(present)
    return present
