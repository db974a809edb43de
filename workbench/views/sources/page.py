"""Screen: add files to a case, see what each is taken for, correct that, read them, and mend what was rejected."""

import zoneinfo
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import streamlit as st

from ingest.batch.trial import Trial
from ingest.case_folder import CaseFolder
from ingest.case_folder.kept_sources import Keep
from ingest.case_folder.manifest import manifests
from ingest.errors import FilatureError
from ingest.lake import Lake
from workbench.bootstrap import Reading
from workbench.custody.receipt import Receipt
from workbench.jobs import Task
from workbench.plain_text import escape_markdown
from workbench.views import show
from workbench.views.access.rights import whose
from workbench.views.language import _, ngettext, words_here
from workbench.views.leads.outdated import run_over_what_was_read
from workbench.views.models.sources import tables as model
from workbench.views.models.sources import tray as trays
from workbench.views.models.sources.kept_mappings import kept_mappings
from workbench.views.session import case_names, current_case, may, opened_minors, person, server
from workbench.views.sources.cut_off import cut_off_part
from workbench.views.sources.database import database_part, database_readings, forget_password
from workbench.views.sources.desk import Desk
from workbench.views.sources.file_list import file_list, looked_at
from workbench.views.sources.outcome import APART, outcome_part, twice
from workbench.views.sources.read_files import read_part
from workbench.views.sources.receipt import clear_receipt, receipt_part
from workbench.views.sources.rejects import rejects_part
from workbench.views.sources.source import source_part
from workbench.views.widgets.job_board import board, jobs_of

_NEW, _UNKNOWN = " new", " unknown"  # no case and no zone can have such a name
NEW_WANTED = "new_case_wanted"
"""Whether somebody asked elsewhere for a new case."""
_TRAY, AGAIN, _SERVER, _BEGUN = "tray", "read_again", "server", "case_begun"


def page() -> None:
    show.heading(
        _("Sources"), _("Files become evidence: every row is checked and counted, a bad one is kept with its reason.")
    )
    left, right = st.columns([2, 3], gap="large")
    with left:
        name = _case_name()
    with right:
        sources = _chosen()
    case = current_case()
    hidden = _hidden(case)
    into = case if case is not None and case.name == name else _there(name)
    if st.session_state.get("where") == _SERVER:
        _database(name)
    elif sources:
        # minors of that case: those of another tell nothing of these files
        _look_and_read(name, into, sources, _hidden(into))
    if name:
        board("ingest", name)
    if case is not None:
        cut_off_part(case)
        if case.name == name:
            run_over_what_was_read(case)
        read_part(case, hidden)
        rejects_part(case, hidden)


def _case_name() -> str:
    names = case_names()
    present = current_case()
    begins = may("create")
    if st.session_state.pop(NEW_WANTED, False) and begins:
        st.session_state["target_case"], st.session_state["new_case"] = _NEW, ""
    elif st.session_state.get("target_case") == _NEW and st.session_state.get(_BEGUN) in names:
        st.session_state["target_case"] = st.session_state.pop(_BEGUN)  # what was begun is a case like the others
        st.session_state["new_case"] = ""
    options = [*names, *([_NEW] if begins else [])]
    if not options:
        st.caption(whose("create"))
        return ""
    index = names.index(present.name) if present else len(options) - 1
    shown = {_NEW: _("A new case")}
    chosen = st.selectbox(
        _("Into which case"), options, index=index, key="target_case", format_func=lambda one: shown.get(one, one)
    )
    if present is not None and chosen != present.name:
        st.caption(_("The files and rejected rows that are listed below are those of {case}, the chosen case.",
                     case=escape_markdown(present.name)))
    if chosen != _NEW:
        return str(chosen)
    name = st.text_input(
        _("Name of the new case"), key="new_case",
        placeholder=_("plain letters, digits, . - _ and no space"),
    ).strip()
    begun = st.session_state.get(_BEGUN) == name  # the field keeps the name of what was begun with it
    return name if not name or begun or _may_be_new(name, names) else ""


def _may_be_new(name: str, names: Collection[str]) -> bool:
    """May a case be called so?  Why not is said beside the field: below, it would seem to be a fault of the files."""
    try:
        CaseFolder(server().workbench.settings.workspace, name)
    except FilatureError as problem:
        show.error(problem)
        return False
    if name in names:
        st.error(_("There is a case of that name; choose it above, or give another name."))
        return False
    return True


def _chosen() -> list[model.Source]:
    """What was dropped, what lies on this machine, and what is read again."""
    where = st.segmented_control(
        _("Where the files are"), ["upload", "machine", _SERVER], default="upload", key="where", required=True,
        format_func={
            "machine": _("On this machine"), "upload": _("Upload"), _SERVER: _("Database server"),
        }.__getitem__,
    )
    found: list[model.Source] = []
    if where == _SERVER:
        return found
    if where == "upload":
        uploads = st.file_uploader(
            _("Files"), accept_multiple_files=True, key="uploads",
            help=_("Kept in the case. For more than a few hundred megabytes give a path instead."),
        )
        found = [model.Source(_tray().keep(one.file_id, one.name, one), one.name, True) for one in uploads or ()]
    else:
        text = st.text_area(_("Files or folders, one full path a line"), key="paths", height=80)
        given = [Path(line.strip()).expanduser() for line in text.splitlines() if line.strip()]
        apart = st.session_state.get(APART, ())
        paths = [file for path in given for file in model.files_of(path, apart=str(path) in apart)]
        found = [model.Source(path, str(path)) for path in dict.fromkeys(paths)]
    again: list[Path] = st.session_state.get(AGAIN, [])
    if again:
        found += [model.Source(path, path.name) for path in again if path not in {one.path for one in found}]
        if st.button(_("Leave out what is read again"), key="leave_again"):
            del st.session_state[AGAIN]
            st.rerun()
    return found


def _tray() -> trays.Tray:
    if _TRAY not in st.session_state:
        st.session_state[_TRAY] = trays.Tray(server().workbench.settings.workspace)
    tray: trays.Tray = st.session_state[_TRAY]
    return tray


def _look_and_read(
    name: str, into: CaseFolder | None, sources: Sequence[model.Source], hidden: Collection[str]
) -> None:
    onto, several = model.platform_taken(into, name), len(sources) > 1
    zone = st.session_state.get("timezone")
    opened, everything = looked_at(sources)
    desk = Desk(name, None if into is None else model.ReadBefore.of(into), sources,
                None if zone in (None, _UNKNOWN) else str(zone), opened, everything)
    place = 0
    blocking: list[str] = []
    earlier = () if into is None else kept_mappings(into)
    choices = [source_part(source, shown=False, hidden=hidden, onto=onto, earlier=earlier) for source in sources]
    if several:
        place, blocking = file_list(desk, choices, asked=zone is None)
    hidden = frozenset(hidden) | desk.under_age(choices, place)
    zone_at = st.container(key="zone") if several else None  # it is asked for all of them, so above the open one
    with st.container(border=True, key="source"):
        choices = [
            source_part(source, shown=number == place, hidden=hidden, onto=onto, earlier=earlier)
            for number, source in enumerate(sources)
        ]
        zone_at = zone_at or st.container(key="zone")
        outcome = st.container(key="outcome")
    needing = desk.needing(choices, place)
    with zone_at:
        if needing or zone is not None:
            _zone(needing, zone, several=several)
    trials = desk.trials(choices, place)
    with outcome:
        outcome_part(sources[place], trials[place], hidden, copy_of=desk.copies(choices).get(place))
    twice({source.name: trial.again for source, trial in zip(sources, trials, strict=True)
            if isinstance(trial, Trial) and trial.again})
    problems = None in choices or any(isinstance(trial, FilatureError) for trial in trials)
    receipt, keep = receipt_part(uploaded=all(source.uploaded for source in sources))
    _read(name, [one for one in choices if one is not None], desk.zone, receipt, keep,
          waiting=bool(needing) and zone is None, problems=problems, blocking=blocking)


def _zone(needing: Mapping[str, int], zone: str | None, *, several: bool = False) -> None:
    """``needing``: rows that need a zone, by the name of their file."""
    if needing and zone is None:
        st.warning(ngettext(
            "{number} row states a time without its zone. In which zone was it written?",
            "{number} rows state times without their zone. In which zone were they written?", sum(needing.values()),
        ), icon=":material/schedule:")
    if needing and several:
        st.caption(_(
            "One zone is taken for all of: {files}. Read a file of another clock by itself.",
            files=model.files_text([*needing], words_here(), most=12),
        ))
    options = [_UNKNOWN, *sorted(zoneinfo.available_timezones())]
    st.selectbox(
        _("Time zone of times that state none"), options, index=None, key="timezone",
        format_func=lambda one: _("Not known: such rows are rejected") if one == _UNKNOWN else str(one),
        placeholder=_("Choose the zone that their clock showed"),
        help=_("There is no default: a guessed zone would shift every time."),
    )


def _read(
    name: str, choices: Sequence[model.Choice], zone: str | None, receipt: Receipt, keep: Keep | None, *,
    waiting: bool, problems: bool, blocking: Sequence[str] = (),
) -> None:
    """``blocking``: names of files, where there are several, that cannot be read."""
    running = bool(name) and any(not job.finished for job in jobs_of("ingest", name))
    lacks = [choice.source.name for choice in choices if not choice.ready]
    asked = [choice.source.name for choice in choices if not choice.ready and choice.mapping is None]
    which = escape_markdown(model.files_text(asked or lacks, words_here(), most=3)) if len(choices) > 1 else ""
    missing = next((sentence for true, sentence in (
        (not name, _("Name the case first.")),
        (bool(blocking), _(
            "Correct or leave out what cannot be read: {files}",
            files=escape_markdown(model.files_text(blocking, words_here(), most=3)),
        )),
        (problems, _("Correct or leave out what cannot be read.")),
        (bool(asked and which), _("Give the mapping file first, of: {files}", files=which)),
        (bool(asked), _("Give the mapping file first.")),
        (bool(lacks and which), _("Choose a column for every field that must be filled, in: {files}", files=which)),
        (bool(lacks), _("Choose a column for every field that must be filled.")),
        (waiting, _("Choose the time zone first.")),
        (running, _("The case is being read into: wait until that is done.")),
    ) if true), "")
    with st.container(horizontal=True, vertical_alignment="center"):
        read = st.button(_("Read into the case"), type="primary", disabled=bool(missing) or not choices, key="read")
        if missing:
            st.caption(missing)
    if read:
        with show.errors():
            _submit(name, choices, zone, receipt, keep)


def _database(name: str) -> None:
    """A database on a server: its address, the mapping, the zone, the receipt, and its reading."""
    with st.container(border=True, key="database"):
        address, shipped, text = database_part()
        _zone({}, st.session_state.get("timezone"))
    receipt, keep = receipt_part()
    running = bool(name) and any(not job.finished for job in jobs_of("ingest", name))
    missing = next((sentence for true, sentence in (
        (not name, _("Name the case first.")),
        (not address, _("Give the address and choose the mapping.")),
        (running, _("The case is being read into: wait until that is done.")),
    ) if true), "")
    with st.container(horizontal=True, vertical_alignment="center"):
        read = st.button(_("Read into the case"), type="primary", disabled=bool(missing), key="read")
        if missing:
            st.caption(missing)
    if read:
        zone = st.session_state.get("timezone")
        with show.errors():
            case = _case_named(name, begun=text is not None)
            ways = database_readings(
                case, address, shipped, text, None if zone in (None, _UNKNOWN) else str(zone), receipt, keep
            )
            _begin(name, ways)


def _case_named(name: str, *, begun: bool = True) -> CaseFolder:
    """The case; a new one is ``begun`` where something has to be kept in it before it is read into."""
    workbench = server().workbench
    if name not in case_names():
        folder = CaseFolder(workbench.settings.workspace, name)  # refuses a bad name before anything is kept
        if not begun:
            return folder
    return workbench.case(name, create=True)


def _begin(name: str, ways: Sequence[Reading]) -> None:
    server().jobs.submit(Task("ingest", server().workbench.settings, name, tuple(ways)), owner=person().name)
    st.session_state["case_wanted"] = st.session_state[_BEGUN] = name
    st.session_state.pop(AGAIN, None)
    clear_receipt()
    forget_password()
    st.rerun()


def _submit(
    name: str, choices: Sequence[model.Choice], zone: str | None, receipt: Receipt, keep: Keep | None
) -> None:
    case = _case_named(name)
    paths = {one.source.path: trays.keep_in_case(case, one.source.path) for one in choices if one.source.uploaded}
    mappings = {one.mapping: trays.keep_mapping(case, one.mapping) for one in choices if one.mapping is not None}
    _begin(name, model.readings(choices, paths, mappings, zone, receipt, keep))


def _there(name: str) -> CaseFolder | None:
    """The case of that name; None where it is to be made."""
    return CaseFolder(server().workbench.settings.workspace, name) if name in case_names() else None


def _hidden(case: CaseFolder | None) -> frozenset[str]:
    """Names of minors of the case that no cell of this screen may show."""
    if case is None:
        return frozenset()
    batches = tuple(batch.batch_id for batch in manifests(case))
    return _kept_hidden(str(case.path), batches, case, opened_minors())


@st.cache_data(max_entries=8, show_spinner=False)
def _kept_hidden(  # path and batches are the key
    path: str, batches: tuple[str, ...], _case: CaseFolder, opened: frozenset[str]  # noqa: ARG001
) -> frozenset[str]:
    with Lake(_case) as lake:
        return model.hidden_names(lake, opened)
