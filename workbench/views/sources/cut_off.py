"""Part of the Sources screen: readings that ended with the server, of which nothing was kept."""

import streamlit as st

from ingest.case_folder import CaseFolder
from ingest.runtime.cut_off import cut_off, put_away
from workbench.plain_text import escape_markdown
from workbench.views.language import _, words_here
from workbench.views.models.sources.tables import files_text


def cut_off_part(case: CaseFolder) -> None:
    """Each with its files, until it is put away or they have been read."""
    found, words = cut_off(case), words_here()
    for one in found:
        files = files_text(one.files, words, most=6) if one.files else _("a database on a server")
        st.warning(escape_markdown(_(
            "Reading was cut off: {files}. It began {at}, by {who}, and ended with the workbench. Nothing of it was "
            "kept; hand it in again.", files=files, at=words.instant(one.at), who=one.by,
        )), icon=":material/power_off:")
    if found:
        st.button(_("Close"), key="cut_off_close", on_click=put_away, args=(case,))
