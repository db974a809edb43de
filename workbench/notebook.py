"""Which case is opened for Python, and for whom?  What ``queries.open_case`` calls (entry point ``filature.cases``)."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from graph.search import SearchIndex
from graph.store import Store
from ingest.case_folder import CaseFolder
from queries.saved_query import SavedQuery
from workbench.access import proved_person
from workbench.bootstrap import Workbench, open_workbench


class OpenedCase:
    """A case of a workbench, read by the workbench's person (``queries.notebook.case.OpenedCase``)."""

    def __init__(self, workbench: Workbench, case: CaseFolder) -> None:
        self._opened, self._case = workbench, case

    @property
    def _workbench(self) -> Workbench:
        """Asked again at each act who works here: a team may have begun since the case was opened."""
        proved_person(self._opened.settings, self._opened.casework)
        return self._opened

    @property
    def name(self) -> str:
        return self._case.name

    @property
    def person(self) -> str:
        return self._workbench.person

    def store(self) -> AbstractContextManager[Store]:
        return self._workbench.reader(self._case)

    def index(self) -> AbstractContextManager[SearchIndex]:
        return self._workbench.searching(self._case)

    def queries(self, *, archived: bool = False) -> Sequence[SavedQuery]:
        return self._workbench.casebook.queries(self.person, archived=archived)

    def review(self, query: SavedQuery) -> None:
        self._workbench.casebook.reviews.add(query, user=self.person)

    def write_down(self, asked: SavedQuery | str, values: Mapping[str, Any], outcome: str) -> None:
        if isinstance(asked, SavedQuery):
            self._workbench.casebook.runs.add(self.name, asked, values, outcome, user=self.person)
        text = asked.cypher if isinstance(asked, SavedQuery) else asked
        types = {one.name: one.type for one in asked.parameters} if isinstance(asked, SavedQuery) else {}
        given = {name: str(value) for name, value in values.items()}
        self._workbench.casebook.statements.add(self.name, text, given, outcome, user=self.person, types=types)

    def close(self) -> None:
        self._opened.close()


def open_case(
    name: str | None, *, workspace: str | Path | None = None, graph: str | None = None, person: str | None = None
) -> OpenedCase:
    """The case of that name (None: the only one), for that person; raises WorkbenchError where there is none."""
    workbench = open_workbench(workspace=str(workspace) if workspace else None, graph=graph, user=person)
    try:
        return OpenedCase(workbench, workbench.case(name))
    except BaseException:
        workbench.close()
        raise
