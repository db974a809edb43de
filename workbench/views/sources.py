"""Screen: add files to a case, see how far reading is, and what was rejected and why."""

import io
import tempfile
import zoneinfo
from pathlib import Path

import streamlit as st

from ingest.case_folder import CaseFolder
from ingest.errors import FilatureError
from ingest.manifest import manifests
from ingest.rejects import read_rejects, write_csv
from ingest.sources.registry import READERS
from workbench.jobs import Task
from workbench.views import show
from workbench.views.job_board import board, jobs_of
from workbench.views.language import _, words_here
from workbench.views.models import sources as model
from workbench.views.models.mappings import shipped_mappings
from workbench.views.session import case_names, current_case, person, server

_NEW, _OWN = " new", " own"  # no case and no mapping can have such a name


def page() -> None:
    show.heading(
        _("Sources"), _("Files become evidence: every row is checked and counted, a bad one is kept with its reason.")
    )
    left, right = st.columns([3, 2], gap="large")
    with left:
        name = _case_name()
        paths = _chosen()
    with right:
        format_, mapping, timezone = _how()
    with left, show.errors():
        _look_and_read(name, paths, format_, mapping, timezone)
    if name:
        board("ingest", name)
    case = current_case()
    if case is not None:
        _rejects(case)


def _case_name() -> str:
    names = case_names()
    present = current_case()
    options = [*names, _NEW]
    index = names.index(present.name) if present else len(options) - 1
    chosen = st.selectbox(_("Into which case"), options, index=index, key="target_case",
                          format_func=dict(zip(options, [*names, _("A new case")], strict=True)).__getitem__)
    if chosen != _NEW:
        return str(chosen)
    return st.text_input(
        _("Name of the new case"), key="new_case", max_chars=63,
        placeholder=_("letters, digits, dots, dashes, underscores"),
    ).strip()


def _chosen() -> list[Path]:
    """Paths on this machine, or what was uploaded (kept once reading starts)."""
    where = st.segmented_control(
        _("Where the files are"), ["machine", "upload"], default="machine", key="where", required=True,
        format_func={"machine": _("On this machine"), "upload": _("Upload")}.__getitem__,
    )
    if where == "upload":
        st.file_uploader(
            _("Files"),
            accept_multiple_files=True,
            key="uploads",
            help=_("Kept in the case. For more than a few hundred megabytes give a path instead."),
        )
        return []
    text = st.text_area(_("Files or folders, one full path a line"), key="paths", height=100)
    return [Path(line.strip()).expanduser() for line in text.splitlines() if line.strip()]


def _how() -> tuple[str, str | None, str | None]:
    format_ = st.selectbox(_("Format"), ["auto", *(reader.NAME for reader in READERS)], key="format")
    shipped = shipped_mappings()
    chosen = st.selectbox(
        _("Mapping"),
        [*shipped, _OWN],
        format_func=dict(zip([*shipped, _OWN], [*shipped, _("A mapping file of mine")], strict=True)).__getitem__,
        index=None,
        placeholder=_("None: the format says it all"),
        key="mapping",
        help=_("How a delimited file maps to the tables of the contract."),
    )
    mapping = chosen
    if chosen == _OWN:
        mapping = st.text_input(_("Full path of the mapping file"), key="mapping_path").strip() or None
    timezone = st.selectbox(
        _("Time zone of times that state none"),
        sorted(zoneinfo.available_timezones()),
        index=None,
        key="timezone",
        placeholder=_("Not known: such rows are rejected"),
        help=_("There is no default: a guessed zone would shift every time."),
    )
    return str(format_), mapping, timezone


def _look_and_read(name: str, paths: list[Path], format_: str, mapping: str | None, timezone: str | None) -> None:
    uploads = st.session_state.get("uploads") if not paths else None
    ready = bool(name) and bool(paths or uploads)
    running = bool(name) and any(not job.finished for job in jobs_of("ingest", name))
    with st.container(horizontal=True):
        look = st.button(_("Preview"), disabled=not paths, key="preview")
        read = st.button(_("Read into the case"), type="primary", disabled=not ready or running, key="read")
    if look:
        for path in paths[:5]:
            _preview(path, format_, mapping)
    if read:
        if name not in case_names():
            CaseFolder(server().workbench.settings.workspace, name)  # refuses a bad name before anything is kept
        if uploads:
            case = server().workbench.case(name, create=True)
            files = [(upload.name, io.BytesIO(upload.getvalue())) for upload in uploads]
            paths = [model.keep_uploads(case, files)]
        task = Task(
            "ingest",
            server().workbench.settings,
            name,
            tuple(paths),
            format=format_,
            mapping=mapping,
            timezone=timezone,
        )
        server().jobs.submit(task, owner=person().name)
        st.session_state["case_wanted"] = name
        st.rerun()


def _preview(path: Path, format_: str, mapping: str | None) -> None:
    try:
        found = model.preview(
            path, words_here(), format=format_, mapping=shipped_mappings().get(mapping or "") or _path(mapping)
        )
    except FilatureError as problem:
        show.error(problem)
        return
    more = [_("and {number} more", number=found.more_files)] if found.more_files else []
    st.text(f"{found.format}: {' '.join([', '.join(found.files), *more])}")
    st.dataframe(found.rows, hide_index=True, height="content", key=f"preview_{path}")


def _path(mapping: str | None) -> Path | None:
    return Path(mapping).expanduser() if mapping else None


def _rejects(case: CaseFolder) -> None:
    total = sum(counted.rejected for manifest in manifests(case) for counted in manifest.tables.values())
    st.subheader(_("Rejected rows"), anchor=False)
    if not total:
        show.nothing(_("No row of this case was rejected."), key="no_rejects")
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input(_("Filter by file, column, reason or hint"), key="reject_filter")
        st.download_button(
            _("Download all as CSV"),
            data=lambda: _csv(case),
            file_name=f"{case.name}-rejects.csv",
            mime="text/csv",
            on_click="ignore",
            key="rejects_csv",
        )
    frame, matching = model.rejects_page(read_rejects(case), words_here(), text=text)
    st.caption(
        _("Showing {shown} of {matching} that match, {total} in all", shown=len(frame), matching=matching, total=total)
        if text else _("Showing {shown} of {total}", shown=len(frame), total=matching)
    )
    st.dataframe(
        frame,
        hide_index=True,
        key="rejects",
        height=min(420, 40 + 35 * max(1, len(frame))),
        column_config={_("Row"): st.column_config.NumberColumn(width="small", format="%d")},
    )


def _csv(case: CaseFolder) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rejects.csv"
        write_csv(case, path)
        return path.read_bytes()
