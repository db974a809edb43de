"""Who opens a case for Python?  The workbench, so that settings, rights and the log are those of the screens.

The queries do not know the workbench: it registers what opens a case as the entry point ``filature.cases``.
"""

from importlib.metadata import entry_points
from pathlib import Path

from queries.errors import QueryError
from queries.notebook.case import Case
from queries.runner import MAX_ROWS, TIMEOUT_S

GROUP = "filature.cases"


def open_case(
    name: str | None = None,
    *,
    workspace: str | Path | None = None,
    graph: str | None = None,
    person: str | None = None,
    max_rows: int = MAX_ROWS,
    timeout_s: float = TIMEOUT_S,
) -> Case:
    """Open a case for reading: by its name, or the only one of the workspace.

    ``workspace``, ``graph`` and ``person`` are read from the environment where they are not given, as by the command
    line (``FILATURE_WORKSPACE``, ``FILATURE_GRAPH``, ``FILATURE_USER``); see ``Case`` for the others.  Raises
    WorkbenchError where the case is not there or is not this person's to read.
    """
    found = sorted(entry_points(group=GROUP), key=lambda entry: entry.name)
    if not found:
        raise QueryError("nothing opens cases here", where="open_case", fix="install Filature (make setup)")
    opened = found[0].load()(name, workspace=workspace, graph=graph, person=person)
    return Case(opened, max_rows=max_rows, timeout_s=timeout_s)
