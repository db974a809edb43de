"""The panel beside the canvas: details of what is selected, filters, notes and groups, saved views; one at a time."""

from collections.abc import Callable

import streamlit as st

from ingest.case_folder import CaseFolder
from workbench.views.explore.panels.details import details
from workbench.views.explore.panels.filters import filters_panel
from workbench.views.explore.panels.notes import notes_panel
from workbench.views.explore.panels.paths import paths_panel
from workbench.views.explore.panels.style import style_panel
from workbench.views.explore.panels.views import views_panel
from workbench.views.language import _
from workbench.views.models.explore import View
from workbench.views.models.names import Names
from workbench.views.widgets.graph_panel import Chosen

Part = Callable[[CaseFolder, View, Names], None]


def parts() -> dict[str, tuple[str, Part]]:
    """The panel's parts beside the details, in their order: title and what draws it."""
    return {
        "filters": (_("Filters"), filters_panel),
        "style": (_("Style"), style_panel),
        "paths": (_("Paths"), paths_panel),
        "notes": (_("Notes"), notes_panel),
        "views": (_("Views"), views_panel),
    }


def panel(case: CaseFolder, view: View, names: Names, chosen: Chosen) -> None:
    """The part that is open."""
    others = parts()
    titles = {"details": _("Details"), **{name: title for name, (title, _draw) in others.items()}}
    which = st.segmented_control(
        _("Panel"), list(titles), default="details", format_func=titles.__getitem__, key="explore_panel",
        label_visibility="collapsed", required=True,
    )
    if which in others:
        with st.container(key="explore_part", height=200):
            others[which][1](case, view, names)
    else:
        details(case, view, names, chosen)
