"""How is a case asked from Python?  By a saved query's id or in Cypher, guarded, names read as on the screen."""

import warnings
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from datetime import UTC, date, datetime
from types import TracebackType
from typing import Any, Protocol, Self

import pandas as pd

from graph.errors import EngineUnavailable
from graph.search import SearchIndex, find
from graph.store import Store
from ingest.errors import FilatureError
from queries.catalog import find as find_query
from queries.catalog import merge
from queries.finding import matching
from queries.naming import asks_by_name, named
from queries.notebook.answer import Answer
from queries.runner import LIMIT, MAX_ROWS, TIMEOUT_S, run
from queries.saved_query import SavedQuery

_FOUND = 20
_HIT = ("id", "label", "name", "match", "minor", "messages", "first_day", "last_day")


class AnswerCut(UserWarning):
    """An answer has more rows than were asked for."""


class NameUnknown(UserWarning):
    """A statement names what the graph does not have."""


class MomentMistaken(UserWarning):
    """A statement compares a moment with a day or a text, which finds nothing."""


class OpenedCase(Protocol):
    """A case that somebody may read: what opens it has checked that they may (the casework layer)."""

    @property
    def name(self) -> str: ...

    @property
    def person(self) -> str: ...

    def store(self) -> AbstractContextManager[Store]:
        """A store that only reads."""

    def index(self) -> AbstractContextManager[SearchIndex]: ...

    def queries(self, *, archived: bool = False) -> Sequence[SavedQuery]:
        """The queries of one's own and those that colleagues share, none of the library.

        ``archived``: those too that no list holds any more.
        """

    def review(self, query: SavedQuery) -> None:
        """Keep that the person has read the statement of a query that came in a pack."""

    def write_down(self, asked: SavedQuery | str, values: Mapping[str, Any], outcome: str) -> None:
        """Keep who asked what with which values, and how it ended."""

    def close(self) -> None: ...


class Case:
    """An open case.  Use it in a ``with`` block, or close it; the end of Python closes it as well.

    Answers hold at most ``max_rows`` rows, and a warning says where there were more; a statement ends after
    ``timeout_s`` seconds (30 at most on the embedded engine).  Not to be shared between threads.
    """

    def __init__(self, opened: OpenedCase, *, max_rows: int = MAX_ROWS, timeout_s: float = TIMEOUT_S) -> None:
        self._opened = opened
        self._max_rows, self._timeout_s = max_rows, timeout_s
        self._connection = ExitStack()
        self._store: Store | None = None

    @property
    def name(self) -> str:
        return self._opened.name

    @property
    def person(self) -> str:
        """Who asks: what is written down names them."""
        return self._opened.person

    def query(self, query: str | SavedQuery, **values: Any) -> Answer:
        """Run a saved query, by its id; a name where an id is wanted is read as the id it stands for.

        Raises UnknownQuery, NotReviewed, ParameterInvalid, NotNamed (whose ``faults`` hold what may be meant), or what
        the engine says (graph.errors).
        """
        saved = find_query(query, self._opened.queries(archived=True)) if isinstance(query, str) else query
        given = {name: _plain(value) for name, value in values.items()}
        read: tuple[tuple[str, str, str], ...] = ()

        def ask() -> Answer:
            nonlocal read
            store = self._connected()
            if asks_by_name(saved):
                with self._opened.index() as index:
                    meant = named(saved, given, index=index, store=store)
            else:
                meant = named(saved, given, index=None, store=store)
            read = meant.read
            return self._answer(saved, meant.values, read)

        return self._written_down(saved, given, ask)

    def cypher(self, statement: str, **values: Any) -> Answer:
        """Run one read-only statement; ``values`` are those of its parameters, days and instants as text.

        Raises RefusedStatement, ParameterInvalid, or what the engine says (graph.errors).
        """
        given = {name: _plain(value) for name, value in values.items()}
        return self._written_down(statement, given, lambda: self._answer(statement, given, ()))

    def queries(self, words: str = "") -> pd.DataFrame:
        """The saved queries that hold all the words, in English or French: id, title, what each asks for, risk."""
        found = matching(merge(self._opened.queries()), words)
        rows = [
            (one.id, one.title, one.category, ", ".join(
                parameter.name + ("" if parameter.default is None else "?") for parameter in one.parameters
            ), one.risk, one.owner or "library")
            for one in found
        ]
        return pd.DataFrame(rows, columns=["id", "title", "category", "asks for", "risk", "from"])

    def saved(self, name: str) -> SavedQuery:
        """The saved query of that id: its statement, parameters and words; raises UnknownQuery."""
        return find_query(name, self._opened.queries(archived=True))

    def review(self, name: str) -> SavedQuery:
        """Say that you have read the statement of a query that came in a pack: from now on it runs, for all."""
        self._opened.review(self.saved(name))
        return self.saved(name)

    def find(self, text: str, *, limit: int = _FOUND) -> pd.DataFrame:
        """Accounts, rooms, identifiers, companies and persons that are called so, best first.

        ``attrs["total"]`` says how many there are in all.
        """
        with self._opened.index() as index:
            found = find(index, text, limit=limit)
        frame = pd.DataFrame([[getattr(hit, name) for name in _HIT] for hit in found.hits], columns=list(_HIT))
        frame.attrs["total"] = found.total
        return frame

    def close(self) -> None:
        """Give back the connection, and the engine if nobody else uses it."""
        self._disconnect()
        self._opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<case {self.name}, read by {self.person}>"

    def _answer(
        self, asked: SavedQuery | str, values: Mapping[str, Any], read: tuple[tuple[str, str, str], ...]
    ) -> Answer:
        result = run(self._connected(), asked, values, timeout_s=self._timeout_s, max_rows=self._max_rows)
        for unknown in result.unknown:
            warnings.warn(str(unknown), NameUnknown, stacklevel=4)
        for moment in result.moments:
            warnings.warn(str(moment), MomentMistaken, stacklevel=4)
        if result.truncated:
            text = f"the answer has more than {len(result.rows):,} rows: open the case with a larger max_rows"
            if result.limit is not None:
                text = f"the query gives at most {result.limit:,} rows: ask it with a larger {LIMIT}"
            warnings.warn(text, AnswerCut, stacklevel=4)
        return Answer(result, asked if isinstance(asked, SavedQuery) else None, values, read)

    def _written_down(self, asked: SavedQuery | str, given: Mapping[str, Any], ask: Any) -> Answer:
        try:
            answer: Answer = ask()
        except FilatureError as error:
            if isinstance(error, EngineUnavailable):
                self._disconnect()  # the next statement connects anew
            self._opened.write_down(asked, given, str(error))
            raise
        self._opened.write_down(asked, answer.values, answer.result.outcome)
        return answer

    def _connected(self) -> Store:
        if self._store is None:
            self._store = self._connection.enter_context(self._opened.store())
        return self._store

    def _disconnect(self) -> None:
        self._store = None
        self._connection.close()


def _plain(value: Any) -> Any:
    """The value as a parameter's: arrays, sets and pandas' own as what they hold, days and instants as text."""
    if isinstance(value, datetime):
        moment = value.astimezone(UTC) if value.tzinfo is not None else value
        return moment.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, str | bytes | bool | int):
        return value
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, Iterable) and not (hasattr(value, "shape") and value.shape == ()):
        items = sorted(value) if isinstance(value, set | frozenset) else value
        return [_plain(item) for item in items]
    return value.item() if hasattr(value, "item") else value  # NumPy's own numbers
