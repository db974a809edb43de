"""A saved query is run, and who ran it with which values is written down: an answer that nobody asked for is none."""

from collections.abc import Mapping
from typing import Any

from graph.store import Store
from ingest.case_folder import CaseFolder
from ingest.errors import FilatureError
from queries.runner import MAX_ROWS, QueryResult, run
from queries.saved_query import SavedQuery
from workbench.bootstrap import Workbench


def run_saved(
    workbench: Workbench, case: CaseFolder, query: SavedQuery, parameters: Mapping[str, Any], *, store: Store,
    max_rows: int = MAX_ROWS,
) -> QueryResult:
    """As ``queries.runner.run``; how it ended is written into the casework as well."""
    try:
        result = run(store, query, parameters, max_rows=max_rows)
    except FilatureError as error:
        workbench.casebook.runs.add(case.name, query, parameters, str(error), user=workbench.person)
        raise
    workbench.casebook.runs.add(case.name, query, parameters, result.outcome, user=workbench.person)
    return result
