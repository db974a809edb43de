"""What does a screen show where there is no case yet?  On every screen the same: what to do, and the way there."""

from collections.abc import Callable
from functools import wraps

import streamlit as st

from ingest.case_folder import CaseFolder
from workbench.views import show
from workbench.views.language import _
from workbench.views.navigation import address
from workbench.views.session import current_case, may

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
            if not may("create"):
                show.nothing(
                    _("There is no case that you are a member of. A lead or an administrator makes you one."),
                    key="no_case",
                )
                return
            show.nothing(_("There is no case yet. Open **Sources** to make one and add files to it."), key="no_case")
            if st.button(_("Open Sources"), type="primary", key="to_sources"):
                address.to("Sources")

        return page

    return headed
