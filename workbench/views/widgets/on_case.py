"""What does a screen show where there is no case yet?  On every screen the same: what to do, and the way there."""

from collections.abc import Callable
from functools import wraps

import streamlit as st

from ingest.case_folder import CaseFolder
from workbench.views import show
from workbench.views.language import _
from workbench.views.navigation import address
from workbench.views.session import current_case, may, server

Page = Callable[[], None]


def on_case(
    heading: Callable[[], tuple[str, str]], *, own_heading: bool = False
) -> Callable[[Callable[[CaseFolder], None]], Page]:
    """A page below its heading (title and sentence, in this session's language), drawn where there is a case.

    ``own_heading``: the page draws its title itself, to have the room.
    """

    def headed(draw: Callable[[CaseFolder], None]) -> Page:
        @wraps(draw)
        def page() -> None:
            case = current_case()
            if case is None or not own_heading:
                show.heading(*heading())
            if case is not None:
                draw(case)
                return
            _no_case()

        return page

    return headed


def _no_case() -> None:
    """What to do next: whether there are cases of others is told to who gives roles alone."""
    begins, governs = may("create"), may("people")
    team = server().workbench.casebook.roster.is_team()
    others = team and governs and bool(server().workbench.known_cases())
    if others:
        sentence = _("You are a member of none of the cases there are. **People** makes you one; it stands in the "
                     "audit log. **Sources** begins another.")
    elif begins and (governs or not team):
        sentence = _("There is no case yet. Open **Sources** to make one and add files to it.")
    elif begins:
        sentence = _("There is no case that you are a member of. An administrator, or who leads one, makes you one; "
                     "**Sources** begins another.")
    else:
        sentence = _("There is no case that you are a member of. A lead or an administrator makes you one.")
    show.nothing(sentence, key="no_case")
    with st.container(horizontal=True):
        if others and st.button(_("Open People"), type="primary", key="to_people"):
            address.to("People")
        if begins and st.button(_("Open Sources"), type="secondary" if others else "primary", key="to_sources"):
            address.to("Sources")
