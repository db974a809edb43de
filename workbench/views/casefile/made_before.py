"""Which reports and packages of the case were made before, by whom, and how does one have them again?"""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from ingest.case_folder import CaseFolder
from workbench.exports.manifest import manifest_path
from workbench.plain_text import plain_text
from workbench.report.kept import PACKAGE, Kept, kept_with
from workbench.views import show
from workbench.views.access.rights import barred
from workbench.views.language import _, ngettext, words_here
from workbench.views.session import handed, person, server

TYPES = {"html": "text/html", "pdf": "application/pdf", PACKAGE: "application/zip"}
_PIXELS = (156, 116, 170, 52, 70)


def made_before(case: CaseFolder) -> None:
    """A table of what is kept with the case, the newest first; the row that is chosen is handed out."""
    found = kept_with(case, server().workbench.casebook.audit_of(case.name))
    if not found:
        return
    label = ngettext("{number} report or package is kept with the case",
                     "{number} reports and packages are kept with the case", len(found))
    with st.expander(label, key="reports_kept"):
        row = show.chosen_row(_table(found), key="reports_kept_list", empty="", pixels=_PIXELS, height=300)
        if row is None:
            st.caption(_("A click on a row hands it out again, as it was made."))
        else:
            _again(case, found[row])


def _table(found: tuple[Kept, ...]) -> pd.DataFrame:
    words = words_here()
    return pd.DataFrame(
        [(words.instant(one.at), one.path.name, _form(one), one.leads, plain_text(one.user)) for one in found],
        columns=[_("When"), _("File"), _("Format"), _("Leads"), _("Made by")],
    )


def _form(one: Kept) -> str:
    form = _("Disclosure package") if one.to == PACKAGE else one.to.upper()
    return _("{form}, with texts", form=form) if one.texts else form


def _again(case: CaseFolder, one: Kept) -> None:
    """Texts were read for a reason that whoever made it gave: it is nobody else's."""
    others = one.texts and one.user != person().name
    with st.container(horizontal=True):
        st.download_button(
            _("Download {name}", name=one.path.name), data=handed(_read(case, one), case),
            file_name=f"{case.name}-{one.path.name}", mime=TYPES[one.to], on_click="ignore", key="kept_download",
            **barred("export", case, disabled=others),
        )
        if one.to != PACKAGE:
            manifest = manifest_path(one.path)
            st.download_button(
                _("Download its manifest"), data=handed(_read(case, one, manifest=True), case),
                file_name=f"{case.name}-{manifest.name}", mime="application/json", on_click="ignore",
                key="kept_manifest", **barred("export", case, disabled=others or not manifest.is_file()),
            )
    if others:
        st.caption(_("It shows message texts: whoever needs them makes a report of their own, with a reason."))


def _read(case: CaseFolder, one: Kept, *, manifest: bool = False) -> Callable[[], bytes]:
    """The file, for whoever may have it when they ask."""
    def read() -> bytes:
        server().workbench.casebook.allow("export", case.name)
        return (manifest_path(one.path) if manifest else one.path).read_bytes()

    return read
