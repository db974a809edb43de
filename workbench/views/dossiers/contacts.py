"""With whom did an account write in private?  Filters, figures with their definitions, and the ways on."""

from collections import Counter
from collections.abc import Callable

import streamlit as st

from ingest.case_folder import CaseFolder
from workbench import dossier
from workbench.language import Words
from workbench.views import show
from workbench.views.access.unmask import lift
from workbench.views.conversation import page as conversation
from workbench.views.dossiers.who import open_account
from workbench.views.language import _, words_here
from workbench.views.models.dossiers import account as model
from workbench.views.models.names import Names
from workbench.views.models.names_in_files import accounts_in_file
from workbench.views.models.table_file import frame_sheet
from workbench.views.navigation import choices
from workbench.views.session import opaque, server
from workbench.views.widgets.table_download import table_download

_WIDTHS = (192, 110, 110, 64, 62, 104, 130, 130, 56)  # pixels of the columns: in either language every cell is whole


def contacts(case: CaseFolder, account: str, listed: list[dossier.Contact], names: Names) -> None:
    """The counterparts that the filters leave; a click on one shows where to go."""
    words = words_here()
    document = server().workbench.findings(case)
    leads = Counter(
        who for finding in (document.findings if document else ()) for who in (*finding.members, *finding.targets)
    )
    wanted: dict[str, Callable[[dossier.Contact], bool]] = {
        "minors": lambda item: item.minor or item.minor_then,
        "begun": lambda item: item.initiator,
        "begun-by-other": lambda item: not item.initiator,
        "leads": lambda item: leads[item.other] > 0,
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = choices.pills(_("Only"), _filters, key="contact_filter")
        text = st.text_input(_("Name or id contains"), key="contact_text", bind="query-params", width=240)
    shown = [item for item in listed if all(wanted[name](item) for name in chosen)]
    if text.strip():
        asked = text.strip().casefold()
        shown = [item for item in shown if asked in names.full(item.other).casefold()]
    actions = st.container(horizontal=True, vertical_alignment="center", key="contact_actions")
    place = show.chosen_row(
        model.contact_rows(shown, names, words, leads),
        key=f"contacts_{opaque(account)}", height=390, pixels=_WIDTHS,
        empty=_("No contact fits these filters.") if listed else _("It wrote with nobody in private."),
    )
    with actions:
        if place is None:
            st.caption(_("Showing {shown} of {total}. A click on a row chooses the counterpart.", shown=len(shown),
                         total=len(listed)))
            if shown:
                table_download(case, lambda: frame_sheet(model.contact_rows(
                    shown, accounts_in_file(names, case, (item.other for item in shown), words), words, leads
                )), name="contacts", key="contacts_csv", rows=(len(shown), len(listed)))
        else:
            _ways_on(case, account, shown[place].other, names)
    with st.expander(_("How these are counted"), key="contact_figures"):
        show.table(model.figure_rows(dossier.figures(listed), words), key="figures", empty="")


def _filters(words: Words) -> dict[str, str]:
    _ = words.gettext
    return {
        "minors": _("minors"), "begun": _("begun by this account"), "begun-by-other": _("begun by the other"),
        "leads": _("in leads"),
    }


def _ways_on(case: CaseFolder, account: str, other: str, names: Names) -> None:
    st.text(names.full(other))
    if st.button(_("Read the conversation"), key="read_contact", type="primary"):
        conversation.open_pair(account, other)
    if st.button(_("Open the account"), key="open_contact"):
        open_account(other)
    lift(case, other, names, key="lift_contact")
