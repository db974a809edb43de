"""Where from a conversation? To its accounts or its room, back to the lead one came from, to the leads that cite it."""

from collections.abc import Sequence

import streamlit as st

from graph.detect.finding import Finding
from ingest.case_folder import CaseFolder
from workbench.plain_text import escape_markdown
from workbench.views.language import _, ngettext
from workbench.views.leads.about import leads_about
from workbench.views.models.conversation import Thread
from workbench.views.models.names import Names
from workbench.views.navigation import address
from workbench.views.session import opaque


def ways_on(case: CaseFolder, thread: Thread, names: Names, citing: Sequence[Finding]) -> None:
    """A row of buttons; none of them tells what was written.  ``citing``: the leads that cite it."""
    lead = address.given("lead")
    with st.container(horizontal=True, key="thread_ways"):
        if lead and st.button(_("Back to the lead"), key="thread_lead", icon=":material/fact_check:"):
            address.to("Leads", {"lead": lead})
        whose = (thread.room,) if thread.room else tuple(dict.fromkeys((thread.one, thread.other)))
        called, icon = names.among(whose), "forum" if thread.room else "person_search"
        for identity in whose:
            label = _("Open {who}", who=escape_markdown(called.apart(identity, limit=30)))
            if st.button(label, key=f"thread_{opaque(identity)}", icon=f":material/{icon}:"):
                screen = "Room" if thread.room else "Account"
                address.to(screen, {screen.lower(): identity})
        if others := tuple(one for one in citing if one.finding_id != lead):
            title = _popover_title(len(others), beside_one=len(others) < len(citing))
            if (leads := st.popover(title, key="thread_leads", on_change="rerun")).open:
                with leads:
                    leads_about(case, others)


def _popover_title(number: int, *, beside_one: bool) -> str:
    if beside_one:
        return ngettext("Cited by {number} other lead", "Cited by {number} other leads", number)
    return ngettext("Cited by {number} lead", "Cited by {number} leads", number)
