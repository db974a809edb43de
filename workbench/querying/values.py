"""What is a saved query asked of a case?  Names where ids are wanted become ids, by the case's search index."""

from collections.abc import Mapping
from typing import Any

from graph.store import Store
from ingest.case_folder import CaseFolder
from queries.naming import Named, asks_by_name, named
from queries.saved_query import SavedQuery
from queries.value_types import item_type
from workbench.bootstrap import Workbench
from workbench.masking.leads import lead_meant
from workbench.masking.telling import with_texts


def asked(
    workbench: Workbench, case: CaseFolder, query: SavedQuery, given: Mapping[str, Any], *, store: Store
) -> Named:
    """The values with ids for names; raises as ``queries.naming.named``.

    A lead may stand by what it is called where it left.  A query that asks for nothing by name leaves the index alone,
    which is made where it is missing.
    """
    of_leads = {one.name for one in query.parameters if item_type(one.type) == "lead"}.intersection(given)
    if of_leads:
        documents = [workbench.findings(case)]
        given = {**given, **{
            name: with_texts(lambda text: lead_meant(text, case, documents), given[name]) for name in of_leads
        }}
    if not asks_by_name(query):
        return named(query, given, index=None, store=store)
    with workbench.searching(case) as index:
        return named(query, given, index=index, store=store)
