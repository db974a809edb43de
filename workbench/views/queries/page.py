"""Screen: pick a saved query or write one, fill its parameters, run it, see table and graph, save it."""

from ingest.case_folder import CaseFolder
from workbench.language import Words
from workbench.views.console.part import console
from workbench.views.language import _
from workbench.views.navigation import choices
from workbench.views.queries.saved import saved_queries
from workbench.views.team.watching import watched_part
from workbench.views.widgets.graph_made import graph_made
from workbench.views.widgets.on_case import on_case


@on_case(lambda: (
    _("Queries"), _("The library and the team's own: pick, fill in, run; what you write runs read-only."),
))
def page(case: CaseFolder) -> None:
    graph_made(case, wait=False)
    if choices.segments(_("What to run"), _modes, key="query_mode", otherwise="saved") == "saved":
        watched_part(case)
        saved_queries(case)
    else:
        console(case)


def _modes(words: Words) -> dict[str, str]:
    return {"saved": words.gettext("Saved queries"), "console": words.gettext("Cypher console")}
