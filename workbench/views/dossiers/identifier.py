"""Part of the Account screen: a device, an address, an e-mail or another mark: who used it, and what people noted."""

import streamlit as st

from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from workbench import dossier
from workbench.language import Words
from workbench.language.vocabulary import mark_kind
from workbench.plain_text import escape_markdown
from workbench.views import show
from workbench.views.access.unmask import names_here
from workbench.views.dossiers.who import open_account, sharers_download
from workbench.views.language import _, ngettext, words_here
from workbench.views.models.dossiers import account as model
from workbench.views.models.names import Names
from workbench.views.models.words.marks import holders_told
from workbench.views.navigation import address, choices
from workbench.views.widgets.remarks import remarks_part


def identifier_page(case: CaseFolder, identifier: str, *, back: str | None) -> None:
    """Its holders, the way to Explore, notes and tags; ``back``: the account one came from."""
    kind, _colon, value = identifier.partition(":")
    with Lake(case) as lake:
        found = dossier.holders(lake, kind, value)
        names = names_here(lake, {*(row[0] for row in found), *([back] if back else [])})
    with st.container(horizontal=True, vertical_alignment="center", key="identifier_title"):
        told = names.mark_value(kind, value, (row[0] for row in found), limit=200)
        st.text(f"{mark_kind(kind, words_here())} {told}")
        if found and st.button(_("Show in Explore"), key="identifier_explore", icon=":material/hub:"):
            address.to("Explore", {"identifier": identifier})
        if back:
            label = _("Back to {who}", who=escape_markdown(names.of(back, limit=30)))
            if st.button(label, key="identifier_back", icon=":material/person_search:"):
                open_account(back)
    choices.drawn_tabs(_tabs, (
        lambda: _holders(case, kind, value, found, names),
        lambda: remarks_part(case, f"identifier:{identifier}", key="identifier_remarks"),
    ), key="identifier_tab")


def _tabs(words: Words) -> dict[str, str]:
    return {"holders": words.gettext("Who used it"), "notes": words.gettext("Notes and tags")}


def _holders(case: CaseFolder, kind: str, value: str, found: list[dossier.Holder], names: Names) -> None:
    st.caption(ngettext("{number} account used it. A click on a row opens the account.",
                        "{number} accounts used it. A click on a row opens the account.", len(found)))
    if len(found) > dossier.CROWD:
        st.caption(escape_markdown(holders_told(kind, len(found), words_here())))
    place = show.opened_row(
        model.holder_rows(found, names, words_here()), key="holders", empty=_("No account of the case used it.")
    )
    if found:
        sharers_download(case, [(kind, value)], key="holders_csv", crowds=True)
    if place is not None:
        open_account(found[place][0])
