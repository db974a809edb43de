"""What stands in a finding's sentence?  Typed values: who, when and how many are data, never prose to be searched.

A value knows its type, so that a screen can mask a minor by id, a locale can write a number and a program can read
both without parsing a sentence.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Literal, get_args

ValueType = Literal[
    "account", "room", "identifier", "company", "person", "owner", "instant", "day", "share", "chance", "count",
    "number", "seconds", "quote", "word",
]
TYPES: tuple[str, ...] = get_args(ValueType)
IDS: tuple[str, ...] = ("account", "room", "identifier", "company", "person", "owner")
"""Types whose values are ids of the graph; ``owner`` is a person or a company."""
_FIGURES = ("share", "chance", "count", "number", "seconds")

_MOMENTS = MappingProxyType({"instant": datetime.fromisoformat, "day": date.fromisoformat})

Plain = str | int | float | tuple[str, ...]


@dataclass(frozen=True)
class Value:
    """One value: ids, instants (ISO 8601 UTC), days (ISO 8601, of UTC) and words are text, or a tuple of texts where a
    sentence lists several.

    share in [0, 1]; chance a probability, in earlier documents; count a whole number; number any; seconds a duration;
    quote a text of the data, shown as such; word a key of the catalogue's ``[words]``.  Raises ValueError for what is
    no such value.
    """

    type: ValueType
    value: Plain

    def __post_init__(self) -> None:
        figure = isinstance(self.value, int | float) and not isinstance(self.value, bool)
        if self.type not in TYPES:
            raise ValueError(f"no type of value {self.type!r}; there are {', '.join(TYPES)}")
        if (self.type in _FIGURES) != figure:
            raise ValueError(f"{self.value!r} is no {self.type}")
        if self.type == "count" and self.value != int(self.value):  # type: ignore[arg-type]
            raise ValueError(f"a count is whole, not {self.value!r}")
        if (read := _MOMENTS.get(self.type)) is not None:
            for text in self.texts:
                read(text)  # says itself what is no moment or day

    @property
    def texts(self) -> tuple[str, ...]:
        """What it lists, one or several."""
        return self.value if isinstance(self.value, tuple) else (str(self.value),)

    @property
    def ids(self) -> tuple[str, ...]:
        """The graph ids it names."""
        return self.texts if self.type in IDS else ()

    def to_dict(self) -> dict[str, Any]:
        value = self.value
        if isinstance(value, float):
            value = float(f"{value:.12g}")  # below that, engines and the order of sums differ
        return {"type": self.type, "value": list(value) if isinstance(value, tuple) else value}

    @classmethod
    def from_dict(cls, body: Mapping[str, Any]) -> "Value":
        value = body["value"]
        return cls(body["type"], tuple(value) if isinstance(value, list) else value)


def account(identity: str) -> Value:
    return Value("account", identity)


def accounts(identities: Iterable[str]) -> Value:
    return Value("account", tuple(identities))


def room(identity: str) -> Value:
    return Value("room", identity)


def company(identity: str) -> Value:
    return Value("company", identity)


def companies(identities: Iterable[str]) -> Value:
    return Value("company", tuple(identities))


def owner(identity: str) -> Value:
    """A person or a company."""
    return Value("owner", identity)


def owners(identities: Iterable[str]) -> Value:
    return Value("owner", tuple(identities))


def moment(at: datetime) -> Value:
    """A naive UTC instant."""
    return Value("instant", at.isoformat(timespec="milliseconds") + "Z")


def day(at: date) -> Value:
    """A day of UTC."""
    return Value("day", at.isoformat())


def share(value: float) -> Value:
    return Value("share", float(value))


def count(value: int) -> Value:
    return Value("count", int(value))


def number(value: float) -> Value:
    return Value("number", float(value))


def seconds(value: float) -> Value:
    return Value("seconds", float(value))


def quote(text: str | Iterable[str]) -> Value:
    return Value("quote", text if isinstance(text, str) else tuple(text))


def word(key: str | Iterable[str]) -> Value:
    return Value("word", key if isinstance(key, str) else tuple(key))
