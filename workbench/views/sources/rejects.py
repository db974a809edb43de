"""Part of the Sources screen: what is still rejected, why, and how it may be read again."""

import zoneinfo
from collections.abc import Collection
from pathlib import Path

import streamlit as st

from ingest.batch.instants import NO_ZONE
from ingest.case_folder import CaseFolder
from ingest.case_folder.manifest import manifests
from ingest.mapping import shipped_mappings
from ingest.rejects.still_open import OpenRejects, RejectGroup, open_rejects, open_rows
from ingest.source_files import original_path, sha256_of
from workbench.bootstrap import Reading
from workbench.jobs import Task
from workbench.views import show
from workbench.views.language import _, ngettext, words_here
from workbench.views.models.sources import tables as model
from workbench.views.models.sources.rejects_file import rejects_sheet
from workbench.views.session import person, server
from workbench.views.widgets.job_board import jobs_of
from workbench.views.widgets.table_download import table_download

_PAGE = 100
_GROUPS = 330
"""Pixels of a row that has room for lines, as a reason and what mends it are sentences, and of the table of groups."""
_MAPPED = ("delimited", "table", "evidence")


def rejects_part(case: CaseFolder, hidden: Collection[str]) -> None:
    """Open rejects grouped by fault, the rows of the chosen group, and what would mend them."""
    st.subheader(_("Rejected rows"), anchor=False)
    found = open_in(case)
    words = words_here()
    if found.mended:
        st.caption(ngettext(
            "{number} row that was rejected has been read since.",
            "{number} rows that were rejected have been read since.", found.mended,
        ))
    if not found.rows:
        show.nothing(
            _("No rejected row is open.") if found.mended else _("No row of this case was rejected."), key="no_rejects"
        )
    if not (found.rows or found.mended):
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input(_("Filter by file, reason or text"), key="reject_filter")
        table_download(
            case, lambda: rejects_sheet(case, words), name="rejects", key="rejects_csv", minors="shown",
            label=_("Download all as CSV"),
            about=_("Every row that was ever rejected, unmasked, with the name and the hash of its file."),
        )
    if not found.rows:
        return
    st.caption(_("A click on a reason shows its rows and what would mend them."))
    place = show.chosen_row(
        model.group_rows(found, words), key="reject_groups", empty="", height=_GROUPS,
        pixels=(60, 90, 350, 350, 190), row=show.LINES,
    )
    group = found.groups[place] if place is not None else (found.groups[0] if len(found.groups) == 1 else None)
    if group is not None:
        _again(case, group)
    _rows(case, group, text, hidden)


def open_in(case: CaseFolder) -> OpenRejects:
    """The open rejects of the case; the same figure on every screen."""
    return _kept(str(case.path), tuple(batch.batch_id for batch in manifests(case)), case)


def _rows(case: CaseFolder, group: RejectGroup | None, text: str, hidden: Collection[str]) -> None:
    rows, total = open_rows(case, group, text=text, most=_PAGE)
    if total > _PAGE:
        pages = -(-total // _PAGE)
        page = int(st.number_input(_("Page (of {pages})", pages=pages), 1, pages, 1, key="reject_page", width=160))
        if page > 1:
            rows, _total = open_rows(case, group, text=text, start=(page - 1) * _PAGE, most=_PAGE)
    st.caption(_("Showing {shown} of {total}", shown=len(rows), total=total))
    frame = model.reject_rows(rows, words_here(), hidden)
    st.dataframe(
        frame, hide_index=True, key="rejects", height=show.height_of(len(frame), most=420, row=show.LINES),
        row_height=show.LINES, column_config=show.widths(frame, (150, 60, 450, 380)),
    )


def _again(case: CaseFolder, group: RejectGroup) -> None:
    """Offer to read the files of a group again, where that would mend its rows."""
    files = [source.handed_in for source in group.sources]
    paths = [original_path(file.path) for file in files]
    zone = all(fault.endswith(NO_ZONE) for fault in group.reason.split("; "))  # it would not mend the others
    mapped = group.format in _MAPPED
    if not (zone or mapped):
        return
    gone = [path for path, source in zip(paths, files, strict=True) if not _there(path, source.bytes)]
    if gone:
        st.caption(_(
            "{file} is no longer at its place: add it above to read it again.",
            file=model.files_text([str(path) for path in gone], words_here()),
        ))
        return
    running = any(not job.finished for job in jobs_of("ingest", case.name))
    with st.container(horizontal=True, vertical_alignment="bottom", key="again"):
        if zone:
            _with_zone(case, group, paths, running)
        if mapped and st.button(_("Read again with another mapping"), key="again_mapping"):
            st.session_state["read_again"] = list(dict.fromkeys(paths))
            st.rerun()


def _with_zone(case: CaseFolder, group: RejectGroup, paths: list[Path], running: bool) -> None:
    mapping = _mapping(case, group.mapping_sha256)
    if group.mapping_sha256 is not None and mapping is None:
        st.caption(_("Its mapping was not kept: read it again with another mapping."))
        return
    chosen = st.selectbox(
        _("Time zone of these rows"), sorted(zoneinfo.available_timezones()), index=None, key="again_zone",
        placeholder=_("Choose the zone that their clock showed"), width=320,
    )
    if st.button(_("Read again with this zone"), type="primary", disabled=chosen is None or running, key="again_read"):
        contexts = {path: source.context for path, source in zip(paths, group.sources, strict=True)}
        reading = Reading(tuple(dict.fromkeys(paths)), group.format, mapping, str(chosen), contexts)
        task = Task("ingest", server().workbench.settings, case.name, (reading,))
        server().jobs.submit(task, owner=person().name)
        st.rerun()


def _mapping(case: CaseFolder, sha256: str | None) -> Path | None:
    """The file of the mapping that a batch was read with: kept in the case, or shipped."""
    if sha256 is None:
        return None
    kept = case.sources / "mappings" / f"{sha256}.toml"
    if kept.is_file():
        return kept
    return next((path for path in shipped_mappings().values() if sha256_of(path)[0] == sha256), None)


def _there(path: Path, size: int) -> bool:
    try:
        return path.is_file() and path.stat().st_size == size
    except OSError:
        return False


@st.cache_data(max_entries=16, show_spinner=False)
def _kept(path: str, batches: tuple[str, ...], _case: CaseFolder) -> OpenRejects:  # noqa: ARG001 (they are the key)
    return open_rejects(_case)
