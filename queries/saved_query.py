"""What is a saved query?  A reviewed statement with a stable id, typed parameters and columns, and a revision."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Literal, Self

from queries.headline import headline_faults
from queries.value_types import COLUMN_TYPES, ENTITIES, PARAMETER_TYPES

Risk = Literal["low", "medium", "high"]
ChartKind = Literal["bars", "line", "points"]

CATEGORIES: Mapping[str, str] = MappingProxyType({
    "people": "People", "minors": "Minors", "contacts": "Contacts", "rooms": "Rooms",
    "devices": "Devices and addresses", "groups": "Groups", "reports": "Reports", "companies": "Companies",
    "leads": "Leads", "quality": "Data quality",
})
"""Where a query stands in the library; a query of one's own need not stand anywhere."""


@dataclass(frozen=True)
class Parameter:
    """A typed parameter; ``default`` None means it must be given.

    ``least`` and ``most`` bound a number, ``choices`` are all that may be given; of a list, each of its values.
    """

    name: str
    type: str
    default: Any = None
    description: str = ""
    least: float | None = None
    most: float | None = None
    choices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.type not in PARAMETER_TYPES:
            raise ValueError(f"{self.type!r} is no type of a parameter")


@dataclass(frozen=True)
class Column:
    """A column of the answer: what its values are, and what a person reads above it."""

    name: str
    type: str
    title: str = ""

    def __post_init__(self) -> None:
        if self.type not in COLUMN_TYPES:
            raise ValueError(f"{self.type!r} is no type of a column")


@dataclass(frozen=True)
class Chart:
    """Which columns of the answer a chart shows: ``x`` along, ``y`` up."""

    kind: ChartKind
    x: str
    y: str


@dataclass(frozen=True)
class Example:
    """Values, and how many rows they bring on the small graph that the library is tested on."""

    parameters: Mapping[str, Any]
    rows: int


@dataclass(frozen=True)
class Wording:
    """What a query says of itself in another language; empty where it says nothing there."""

    title: str = ""
    description: str = ""
    not_shown: str = ""
    headline: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SavedQuery:
    """``id`` is stable; ``revision`` counts up; ``owner`` is empty for the shipped library.

    ``headline`` is a sentence about the answer with ``{rows}`` and parameter names as fields; ``not_shown`` says what
    the answer must not be taken for; ``french`` is what the query says of itself in French.  Nobody here has read a
    statement that is not ``reviewed``: it came in a pack.  ``origin`` is the record of another tool that it came from.
    """

    id: str
    title: str
    description: str
    cypher: str
    parameters: tuple[Parameter, ...] = ()
    revision: int = 1
    risk: Risk = "low"
    headline: str = ""
    owner: str = ""
    shared: bool = True
    category: str = ""
    tags: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    not_shown: str = ""
    chart: Chart | None = None
    example: Example | None = None
    french: Wording = Wording()
    reviewed: bool = True
    origin: str = ""

    def in_language(self, language: str) -> Self:
        """The query with its own words of that language, in English where it has none."""
        if language != "fr":
            return self
        own = self.french
        return replace(
            self, title=own.title or self.title, description=own.description or self.description,
            not_shown=own.not_shown or self.not_shown, headline=own.headline or self.headline,
            parameters=tuple(
                replace(one, description=own.parameters.get(one.name) or one.description) for one in self.parameters
            ),
            columns=tuple(replace(one, title=own.columns.get(one.name) or one.title) for one in self.columns),
        )

    def called(self, title: str) -> Self:
        """The query under a title that a person gave it, which stands in every language."""
        return replace(self, title=title, french=replace(self.french, title=""))

    def restated(self, cypher: str, parameters: tuple[Parameter, ...]) -> Self:
        """The query with another statement; what it said of parameters that are gone goes, and the example's rows."""
        if (cypher, parameters) == (self.cypher, self.parameters):
            return self
        names = {parameter.name for parameter in parameters}
        french = replace(
            self.french, headline="" if headline_faults(self.french.headline, names) else self.french.headline,
            parameters={name: text for name, text in self.french.parameters.items() if name in names},
        )
        return replace(
            self, cypher=cypher, parameters=parameters, french=french, example=None,
            headline="" if headline_faults(self.headline, names) else self.headline,
        )

    def takes_one(self, kind: str) -> str | None:
        """The parameter by which the query is about one thing of that kind: the only one that must be given."""
        asked = [one for one in self.parameters if one.default is None]
        return asked[0].name if len(asked) == 1 and asked[0].type == kind else None

    def takes_node(self, label: str) -> str | None:
        """The parameter by which the query is about one node of that label: the only one that must be given."""
        return next((
            name for kind, labels in ENTITIES.items() if label in labels and (name := self.takes_one(kind)) is not None
        ), None)
