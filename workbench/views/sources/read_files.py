"""Part of the Sources screen: every file that was read into the case."""

from collections.abc import Collection

import streamlit as st

from ingest.case_folder import CaseFolder
from ingest.case_folder.manifest import manifests
from workbench.plain_text import escape_markdown
from workbench.views import show
from workbench.views.language import _, words_here
from workbench.views.models.sources.read_files import files_read

_NAME, _PATH = 42, 84  # signs that three lines of their columns hold


def read_part(case: CaseFolder, hidden: Collection[str]) -> None:
    """The files with their rows and hashes, or that there are none yet."""
    st.subheader(_("Files that were read into {case}", case=escape_markdown(case.name)), anchor=False)
    frame = files_read(manifests(case), words_here(), hidden)
    if frame.empty:
        show.nothing(_("No file was read into this case yet."), key="no_files_read")
        return
    longest = frame[[_("File"), _("Full path")]].map(len).max()
    whole = longest[_("File")] <= _NAME and longest[_("Full path")] <= _PATH
    show.table(
        frame, key="files_read", empty="", height=360, pixels=(166, 122, 98, 84, 70, 188, 92, 225),
        row=show.LINES if whole else show.SIX_LINES,
    )
