"""With whom did an account write in private?  Filters, figures with their definitions, and the ways on."""

from collections import Counter
from collections.abc import Callable

import streamlit as st

from graph.opaque import token
from ingest.case_folder import CaseFolder
from workbench import dossier
from workbench.views import conversation, show
from workbench.views.dossiers.who import open_account
from workbench.views.language import _, words_here
from workbench.views.models import dossier as model
from workbench.views.models.names import Names
from workbench.views.session import server
from workbench.views.unmask import lift


def contacts(case: CaseFolder, account: str, listed: list[dossier.Contact], names: Names) -> None:
    """The counterparts that the filters leave; a click on one shows where to go."""
    words = words_here()
    document = server().workbench.findings(case)
    leads = Counter(
        who for finding in (document.findings if document else ()) for who in (*finding.members, *finding.targets)
    )
    wanted: dict[str, Callable[[dossier.Contact], bool]] = {
        _("minors"): lambda item: item.minor or item.minor_then,
        _("begun by this account"): lambda item: item.initiator,
        _("begun by the other"): lambda item: not item.initiator,
        _("in leads"): lambda item: leads[item.other] > 0,
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.pills(_("Only"), list(wanted), selection_mode="multi", key="contact_filter", bind="query-params")
        text = st.text_input(_("Name or id contains"), key="contact_text", bind="query-params", width=240)
    shown = [item for item in listed if all(wanted[name](item) for name in chosen)]
    if text.strip():
        asked = text.strip().casefold()
        shown = [item for item in shown if asked in names.full(item.other).casefold()]
    actions = st.container(horizontal=True, vertical_alignment="center", key="contact_actions")
    place = show.chosen_row(
        model.contact_rows(shown, names, words, leads),
        key=f"contacts_{token(account)}", height=390,
        empty=_("No contact fits these filters.") if listed else _("It wrote with nobody in private."),
    )
    with actions:
        if place is None:
            st.caption(_("Showing {shown} of {total}. A click on a row chooses the counterpart.", shown=len(shown),
                         total=len(listed)))
        else:
            _ways_on(case, account, shown[place].other, names)
    with st.expander(_("How these are counted"), key="contact_figures"):
        show.table(model.figure_rows(dossier.figures(listed), words), key="figures", empty="")


def _ways_on(case: CaseFolder, account: str, other: str, names: Names) -> None:
    st.text(names.full(other))
    if st.button(_("Read the conversation"), key="read_contact", type="primary"):
        conversation.open_pair(account, other)
    if st.button(_("Open the account"), key="open_contact"):
        open_account(other)
    lift(case, other, names, key="lift_contact")
