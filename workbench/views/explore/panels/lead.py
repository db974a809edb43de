"""A lead of one's own from what is selected: whom it is about, whom they met, why, and what speaks against it."""

from collections.abc import Mapping, Sequence
from typing import cast

import streamlit as st

from graph.detect.finding import TIERS
from graph.detect.tiers import Tier
from ingest.case_folder import CaseFolder
from ingest.errors import FilatureError
from workbench.casebook.own_leads import LONGEST, OwnLead
from workbench.masking.nodes import is_masked
from workbench.views import show
from workbench.views.access.withheld import warn_if_withheld
from workbench.views.language import _
from workbench.views.models.explore import View
from workbench.views.models.names import Names
from workbench.views.navigation import address
from workbench.views.session import person, server
from workbench.views.widgets.fields import begin_about, too_long

ABOUT = ("Account", "Room", "Company", "Person")
"""Labels of what a lead may be about."""


def own_lead(case: CaseFolder, view: View, names: Names) -> None:
    """The form; what is written goes to the leads under its author's name, and is never changed."""
    chosen = view.unfolded(view.selection.nodes)
    nodes = [node for node in view.subgraph.nodes if node.key in chosen and node.label in ABOUT]
    labels = {node.id: names.full(node.id) for node in nodes}
    lead_form(case, labels, [node.id for node in nodes if is_masked(node)])


def lead_form(case: CaseFolder, labels: Mapping[str, str], minors: Sequence[str], *, key: str = "own_lead") -> None:
    """The form for these things, by id and name; minors are targets at first.  Opens the lead once it is written."""
    begin_about(list(labels), {f"{key}_reasons": "", f"{key}_against": ""})
    with st.form(f"{key}_form", border=False):
        members = st.multiselect(
            _("Whom it is about"), list(labels), default=[one for one in labels if one not in minors],
            format_func=labels.__getitem__, key=f"{key}_members",
        )
        targets = st.multiselect(
            _("Targets"), list(labels), default=list(minors), format_func=labels.__getitem__, key=f"{key}_targets"
        )
        tier = st.segmented_control(
            _("How strong it is"), TIERS, default="moderate", required=True, format_func=_, key=f"{key}_tier"
        )
        reasons = st.text_area(_("Reasons, one a line"), key=f"{key}_reasons")
        against = st.text_area(_("What speaks against it, one a line"), key=f"{key}_against")
        sent = st.form_submit_button(_("Put it among the leads"), type="primary", key=f"{key}_put")
    if not sent or too_long(
        (_("Reasons, one a line"), reasons, LONGEST), (_("What speaks against it, one a line"), against, LONGEST)
    ):
        return
    lead = OwnLead(
        tuple(members), tuple(targets), cast("Tier", tier), tuple(reasons.splitlines()), tuple(against.splitlines())
    )
    try:
        written = server().workbench.casebook.own_leads.add(case.name, lead, user=person().name)
    except FilatureError as problem:
        show.error(problem)
        return
    warn_if_withheld(case, (*lead.reasons, *lead.against), [f"account:{one}" for one in (*members, *targets)])
    address.to("Leads", {"lead": written.finding_id})
