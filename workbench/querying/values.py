"""What is a saved query asked of a case?  Names where ids are wanted become ids, by the case's search index."""

from collections.abc import Mapping
from typing import Any

from graph.store import Store
from ingest.case_folder import CaseFolder
from queries.naming import Named, asks_by_name, named
from queries.saved_query import SavedQuery
from workbench.bootstrap import Workbench


def asked(
    workbench: Workbench, case: CaseFolder, query: SavedQuery, given: Mapping[str, Any], *, store: Store
) -> Named:
    """The values with ids for names; raises as ``queries.naming.named``.

    A query that asks for nothing by name leaves the index alone, which is made where it is missing.
    """
    if not asks_by_name(query):
        return named(query, given, index=None, store=store)
    with workbench.searching(case) as index:
        return named(query, given, index=index, store=store)
