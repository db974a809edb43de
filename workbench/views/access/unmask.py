"""The names on somebody's screen; lifting a mask: for one person, with a reason, into the audit log; suspects and
targets apart."""

import json
from collections.abc import Collection
from dataclasses import replace

import streamlit as st

from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from workbench.casebook.audit import MOST_REASON
from workbench.views.access.rights import barred
from workbench.views.language import _
from workbench.views.models.names import Names, names_of
from workbench.views.session import OPENED_MINORS, opened_minors, record
from workbench.views.widgets.fields import begin_about, lacking


def names_here(lake: Lake, identities: Collection[str]) -> Names:
    """What they are called for the person at the screen: minors masked but those whose mask that person lifted."""
    return lifted(names_of(lake, identities))


def lifted(names: Names) -> Names:
    """The names without the masks that the person at the screen lifted."""
    return replace(names, opened=opened_minors())


def lift(case: CaseFolder, identity: str, names: Names, *, key: str, part: str = "") -> None:
    """A small panel that asks for the reason and lifts one person's mask; nothing where there is no mask.

    ``part``: what the person is in a lead (``member``, ``target``), written into the log.
    """
    if not names.masked(identity):
        return
    begin_about([identity], {f"{key}_reason": ""})  # a reason for one person's name is none for the next one's
    with st.popover(_("Lift the mask"), key=f"{key}_popover", **barred("unmask", case)):
        st.text(_("This shows the name of {who} in your session, and nobody else's.", who=names.of(identity)))
        reason = st.text_input(_("Why the name is needed"), key=f"{key}_reason")
        if st.button(_("Show the name"), key=f"{key}_show", type="primary"):
            if lacking(_("Why the name is needed"), reason, MOST_REASON, missing=_("Write why the name is needed.")):
                return
            record(case, "unmask minor", json.dumps({"account": identity, "part": part, "reason": reason.strip()}))
            st.session_state[OPENED_MINORS] = opened_minors() | {identity}
            st.rerun()
