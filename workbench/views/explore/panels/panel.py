"""The panel beside the canvas: details of what is selected, filters, notes and groups, saved views; one at a time."""

from collections.abc import Callable, Mapping

import streamlit as st

from ingest.case_folder import CaseFolder
from workbench.language import Words
from workbench.views.explore.panels.details import details
from workbench.views.explore.panels.filters import filters_panel
from workbench.views.explore.panels.notes import notes_panel
from workbench.views.explore.panels.paths import paths_panel
from workbench.views.explore.panels.style import style_panel
from workbench.views.explore.panels.views import views_panel
from workbench.views.language import _
from workbench.views.models.explore import View
from workbench.views.models.names import Names
from workbench.views.navigation import choices
from workbench.views.widgets.graph_panel import Chosen

Part = Callable[[CaseFolder, View, Names], None]
PARTS: Mapping[str, Part] = {
    "filters": filters_panel, "style": style_panel, "paths": paths_panel, "notes": notes_panel, "views": views_panel,
}
"""What draws each part beside the details."""


def _titles(words: Words) -> dict[str, str]:
    """The parts in their order, as they are called."""
    _ = words.gettext
    return {
        "details": _("Details"), "filters": _("Filters"), "style": _("Style"), "paths": _("Paths"),
        "notes": _("Notes"), "views": _("Views"),
    }


def panel(case: CaseFolder, view: View, names: Names, chosen: Chosen) -> None:
    """The part that is open, also after a reload: the address names it."""
    which = choices.segments(_("Panel"), _titles, key="explore_panel", otherwise="details")
    if which is not None and which in PARTS:
        with st.container(key="explore_part", height=200):
            PARTS[which](case, view, names)
    else:
        details(case, view, names, chosen)
