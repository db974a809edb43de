"""What is new in the answers of the queries that watch a case?  Rows are compared by their key columns."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from graph.errors import GraphError
from graph.store import Path, Store
from graph.subgraph import Edge, Node
from ingest.case_folder import CaseFolder
from ingest.errors import FilatureError
from queries.errors import UnknownQuery
from queries.runner import QueryResult, run
from queries.saved_query import SavedQuery
from queries.statement.returned import returned_columns
from queries.value_types import ENTITIES, item_type
from workbench.casebook.saved import Look, Watch
from workbench.errors import WorkbenchError

if TYPE_CHECKING:
    from workbench.bootstrap import Workbench


def usual_keys(query: SavedQuery) -> tuple[str, ...]:
    """The columns that tell rows apart if nobody says which: those that name something of the graph, else all."""
    named = tuple(column.name for column in query.columns if item_type(column.type) in ENTITIES)
    return named or tuple(column.name for column in query.columns)


def begin_watch(
    workbench: "Workbench", case: CaseFolder, query: SavedQuery, parameters: Mapping[str, Any],
    keys: Collection[str] = (), *, store: Store,
) -> Watch:
    """Have the query watch the case for who is signed in, from what it answers now.

    Raises WorkbenchError for a column that the answer does not have, and whatever the query itself raises.
    """
    result = run(store, query, parameters)
    chosen = tuple(keys) or usual_keys(query) or result.columns
    if unknown := [name for name in chosen if name not in result.columns]:
        raise WorkbenchError(f"the answer has no column {', '.join(unknown)}", where=f"query {query.id}",
                             fix=f"use some of {', '.join(result.columns)}")
    with workbench.lake(case) as lake:
        digest = lake.digest()
    return workbench.casebook.watches.begin(
        case.name, query, parameters, chosen, row_keys(result, chosen), user=workbench.person, digest=digest,
        truncated=result.truncated,
    )


def check_watches(workbench: "Workbench", case: CaseFolder) -> tuple[tuple[Watch, Look], ...]:
    """Ask every query that watches the case, whoever's it is, and keep what each found.

    Each is asked as its person sees it now; one that fails or that they may not see any more says so in its look.
    """
    watches = workbench.casework.watches
    standing = watches.all_of(case.name)
    if not standing:
        return ()
    with workbench.lake(case) as lake:
        digest = lake.digest()
    checked = []
    with workbench.reader(case) as store:
        for watch, query in standing:
            if query is None:
                look = watches.checked(watch, (), digest=digest, error="the query or the case is not theirs to see")
            else:
                look = _checked(workbench, store, watch, query, digest)
            checked.append((watch, look))
    return tuple(checked)


def _checked(workbench: "Workbench", store: Store, watch: Watch, query: SavedQuery, digest: str) -> Look:
    watches = workbench.casework.watches
    try:
        result = run(store, replace(query, reviewed=True), watch.parameters)
        keys = _compared(workbench, watch, result)
    except (FilatureError, GraphError) as error:
        return watches.checked(watch, (), digest=digest, error=str(error))
    return watches.checked(watch, keys, digest=digest, truncated=result.truncated)


def news(workbench: "Workbench", case: CaseFolder, number: int, *, store: Store) -> tuple[Watch, Look, QueryResult]:
    """The watch, what it found now, and the rows that were not there when its person last looked.

    Raises WorkbenchError where the answer has lost a column that tells its rows apart, saying by which revision, and
    whatever the query itself raises.
    """
    watch = workbench.casebook.watches.one(number, workbench.person)
    query = workbench.casebook.saved.as_seen(watch.name, workbench.person)
    result = run(store, query, watch.parameters)
    keys = _compared(workbench, watch, result)
    with workbench.lake(case) as lake:
        look = workbench.casebook.watches.checked(watch, keys, digest=lake.digest(), truncated=result.truncated)
    rows = [row for row, key in zip(result.rows, keys, strict=True) if key not in look.seen]
    return watch, look, replace(result, rows=rows)


def lost_by(query: SavedQuery, watched: Collection[Sequence[str]]) -> tuple[int, tuple[str, ...]]:
    """How many watches compare rows by columns that the query no longer gives, and which columns those are.

    ``watched``: the key columns of each watch.  None where the statement's text does not tell its columns.
    """
    columns = returned_columns(query.cypher)
    if columns is None:
        return 0, ()
    lost = [[name for name in keys if name not in columns] for keys in watched]
    return sum(map(bool, lost)), tuple(dict.fromkeys(name for names in lost for name in names))


def _compared(workbench: "Workbench", watch: Watch, result: QueryResult) -> list[str]:
    """For each row what the watch compares it by; raises WorkbenchError where a column of that is gone."""
    missing = [name for name in watch.keys if name not in result.columns]
    if not missing:
        return row_keys(result, watch.keys)
    what, fix = f"the answer has no column {', '.join(missing)} any more", "end the watch and choose another column"
    if (changed := _without(workbench, watch, missing)) is not None:
        author, number = changed
        what += f": {author} saved revision {number} without it"
        fix += f", or have revision {number - 1} restored"
    raise WorkbenchError(what, where=f"query {watch.query}", fix=fix)


def _without(workbench: "Workbench", watch: Watch, missing: Sequence[str]) -> tuple[str, int] | None:
    """Who saved which revision that took one of the columns away for good; None where no revision tells."""
    try:
        found = workbench.casework.saved.revisions(watch.name, watch.user)
    except UnknownQuery:  # of the library, which another version brought
        return None
    given = [returned_columns(one.query.cypher) for one in found]
    for before, now, one in reversed(list(zip(given, given[1:], found[1:], strict=False))):
        if before is None or now is None:
            return None
        if any(name in before and name not in now for name in missing):
            return one.author, one.query.revision
    return None


def row_keys(result: QueryResult, keys: Sequence[str]) -> list[str]:
    """For each row a digest of its values in the key columns."""
    places = [result.columns.index(name) for name in keys]
    return [_digest([row[place] for place in places]) for row in result.rows]


def _digest(values: list[Any]) -> str:
    text = json.dumps([_plain(value) for value in values], ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _plain(value: Any) -> Any:
    """A value as JSON that is the same on every run and engine."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Node):
        return value.key
    if isinstance(value, Edge):
        return [value.source, value.type, value.target]
    if isinstance(value, Path):
        return [node.key for node in value.nodes]
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
