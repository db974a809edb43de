"""Whom or what does a parameter's text name?  An id stays, a name becomes its id, or the choices are told.

A statement that is given a name, an id of another kind, or an id that nobody has would answer with no row, as if that
were an answer.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.search import Hit, Hits, SearchIndex, SearchInvalid, find
from graph.store import Store
from queries.errors import ParameterInvalid
from queries.parameters import bind
from queries.saved_query import SavedQuery
from queries.value_types import BY_ID, ENTITIES, is_list, item_type

_HITS = 100
_TOLD = 5
_OTHERS = {
    "platform": "MATCH (n:Platform) RETURN n.id AS id ORDER BY id",
    "lead": "MATCH (n:Finding) WHERE n.id STARTS WITH $text RETURN n.id AS id ORDER BY id LIMIT 100",
}


@dataclass(frozen=True)
class Fault:
    """Why ``text`` names nothing that ``parameter`` can take; ``choices`` are what may have been meant.

    ``kind`` is the parameter's type; ``wrong`` are things of another kind that are called so.
    """

    parameter: str
    kind: str
    text: str
    choices: tuple[Hit, ...] = ()
    wrong: tuple[Hit, ...] = ()
    known: tuple[str, ...] = ()
    total: int = 0

    @property
    def several(self) -> bool:
        """Is it what several are called, each exactly?"""
        return bool(self.choices) and self.choices[0].match == "exact"

    def __str__(self) -> str:
        what = f"parameter {self.parameter}: {_short(self.text)}"
        if self.several:
            more = f" and {self.total - _TOLD} more" if self.total > _TOLD else ""
            return f"{what} is what {self.total} are called: {_listed(self.choices)}{more}"
        if self.wrong:
            one = self.wrong[0]
            return f"{what} is a {one.label.lower()} ({one.id}), not {_asked(self.kind)}"
        if self.choices:
            return f"{what} is nobody's name or id; near it are {_listed(self.choices)}"
        if self.known:
            return f"{what} is no {self.kind} of this case; there are {', '.join(self.known[:_TOLD])}"
        return f"{what} is no {self.kind} of this case"


class NotNamed(ParameterInvalid):
    """A parameter's text names nothing that it can take, or more than one thing; ``faults`` hold the choices."""

    def __init__(self, faults: Iterable[Fault], *, where: str) -> None:
        self.faults = tuple(faults)
        super().__init__(
            "; ".join(map(str, self.faults)), where=where, fix="give an id; `filature search TEXT` finds it by a name"
        )


@dataclass(frozen=True)
class Named:
    """Values for a query's parameters, ids where names were; ``read`` are the names that were read, by parameter."""

    values: Mapping[str, Any]
    read: tuple[tuple[str, str, str], ...] = ()


def asks_by_name(query: SavedQuery) -> bool:
    """Does the query ask for anything that the search index finds?"""
    return any(item_type(parameter.type) in ENTITIES for parameter in query.parameters)


def named(query: SavedQuery, given: Mapping[str, Any], *, index: SearchIndex | None, store: Store) -> Named:
    """The given values with each name replaced by the id of the one thing that is called so.

    ``index`` may be None where the query asks for nothing by name.  ``read`` holds (parameter, text, id) of each.
    Raises ParameterInvalid as ``bind`` does, then NotNamed with all texts that name nothing, something of another
    kind, or several things.
    """
    bound = bind(query, given)
    values: dict[str, Any] = dict(given)
    read: list[tuple[str, str, str]] = []
    faults: list[Fault] = []
    for parameter in query.parameters:
        kind = item_type(parameter.type)
        if kind not in BY_ID or parameter.name not in given:
            continue
        texts = bound[parameter.name] if is_list(parameter.type) else [bound[parameter.name]]
        meant = [_meant(parameter.name, kind, text, index, store) for text in texts]
        faults += [one for one in meant if isinstance(one, Fault)]
        ids = [one for one in meant if isinstance(one, str)]
        read += [(parameter.name, text, one) for text, one in zip(texts, meant, strict=True) if isinstance(one, str)]
        values[parameter.name] = ids if is_list(parameter.type) else "".join(ids)
    if faults:
        raise NotNamed(faults, where=f"query {query.id}")
    return Named(values, tuple(item for item in read if item[1] != item[2]))


def _meant(parameter: str, kind: str, text: str, index: SearchIndex | None, store: Store) -> str | Fault:
    if index is not None and kind in ENTITIES:
        return _searched(parameter, kind, text, index)
    rows = store.read(_OTHERS[kind], {"text": text} if kind == "lead" else {}).rows
    ids = [str(row[0]) for row in rows]
    exact = [one for one in ids if one == text]
    near = [one for one in ids if kind == "lead" or one.casefold() == text.strip().casefold()]
    if exact or len(near) == 1:
        return (exact or near)[0]
    return Fault(parameter, kind, text, known=tuple(near or ids))


def _searched(parameter: str, kind: str, text: str, index: SearchIndex) -> str | Fault:
    try:
        found = find(index, text, labels=ENTITIES[kind], limit=_HITS)
        own = next((hit for hit in found.hits if hit.id == text), None)
        exact = [hit for hit in found.hits if hit.match == "exact"]
        if own is not None or len(exact) == 1:
            return own.id if own is not None else exact[0].id
        if exact:
            return Fault(parameter, kind, text, choices=tuple(exact), total=len(exact))
        wrong = [hit for hit in _called(find(index, text, limit=_HITS)) if hit.label not in ENTITIES[kind]]
    except SearchInvalid:
        return Fault(parameter, kind, text)
    return Fault(parameter, kind, text, choices=found.hits[:_TOLD], wrong=tuple(wrong[:_TOLD]), total=found.total)


def _called(found: Hits) -> list[Hit]:
    return [hit for hit in found.hits if hit.match == "exact"]


def _asked(kind: str) -> str:
    labels = [label.lower() for label in ENTITIES[kind]]
    article = "an" if labels[0][0] in "aeio" else "a"
    return f"{article} {' or '.join(labels)}"


def _listed(hits: Iterable[Hit]) -> str:
    return ", ".join(f"{hit.id} ({_short(hit.name)})" for hit in list(hits)[:_TOLD])


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:57] + "...")
