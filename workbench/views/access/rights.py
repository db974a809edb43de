"""What may the person at this screen do?  What their role does not cover is dimmed, and says whose it is."""

from typing import TypedDict

import streamlit as st

from ingest.case_folder import CaseFolder
from workbench.casebook.people import Right
from workbench.views.language import _
from workbench.views.session import may


class Barred(TypedDict, total=False):
    """Options of a button or a popover."""

    disabled: bool
    help: str | None


def barred(
    right: Right, case: CaseFolder | None = None, *, disabled: bool = False, told: str | None = None,
    reason: str | None = None,
) -> Barred:
    """Dimmed, with the reason, where the role does not cover the right; else as ``disabled`` and ``told`` say.

    ``reason``: in place of the right's own, where that names other acts.
    """
    if may(right, case):
        return {"disabled": disabled, "help": told}
    return {"disabled": True, "help": reason or whose(right)}


def allowed(right: Right, case: CaseFolder | None = None, *, reason: str | None = None) -> bool:
    """May they?  If not, the reason stands where the form would; ``reason`` as in ``barred``."""
    if may(right, case):
        return True
    st.caption(reason or whose(right))
    return False


def whose(right: Right) -> str:
    """For whom it is, in one sentence."""
    return {
        "read": _("This is for members of the case."),
        "annotate": _("Judging, noting and tagging are for analysts and leads."),
        "save": _("Saving and sharing queries are for analysts and leads."),
        "export": _("Exports and reports are for analysts and leads."),
        "unmask": _("Lifting masks is for analysts and leads."),
        "ingest": _("Adding evidence is for analysts and leads."),
        "detect": _("Running detections is for analysts and leads."),
        "seal": _("Sealing a case is for its lead."),
        "create": _("Beginning a case is for leads and administrators."),
        "members": _("Who works on a case is for its lead or an administrator to say."),
        "people": _("Roles are for an administrator to give."),
    }[right]
