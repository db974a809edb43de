"""What the team saves: queries with revisions, sharing, runs and watches; pictures of Explore."""

from workbench.casebook.saved.queries import Queries, Revision, changed
from workbench.casebook.saved.runs import QueryRuns, Ran
from workbench.casebook.saved.sharing import Sharing
from workbench.casebook.saved.watches import Look, Watch, Watches

__all__ = ["Look", "Queries", "QueryRuns", "Ran", "Revision", "Sharing", "Watch", "Watches", "changed"]
