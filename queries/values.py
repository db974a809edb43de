"""How is one value read from a text?  A reader a type; ``ValueError`` or ``TypeError`` where it cannot be."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from queries.value_types import BY_ID

_INTEGER = re.compile(r"[+-]?[0-9]{1,19}")
_BOOLEANS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_MONTH = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?")
EXPECTED: Mapping[str, str] = MappingProxyType({
    "text": "a text", "integer": "a whole number", "number": "a number", "boolean": "true or false",
    "instant": "a day (2024-01-31) or a time with offset (2024-01-31T12:00:00Z)", "day": "a day, such as 2024-01-31",
    "period": "a period, such as 2024, 2024-01, 2024-01-31 or 2024-01-01/2024-01-31 (both days are in it)",
    "choice": "one of the choices", **dict.fromkeys(BY_ID, "an id or a name"),
})


class EndsBeforeItBegins(ValueError):
    """The second part of a period lies before the first."""


def read(kind: str, value: Any) -> Any:
    """The value as that type (no list).

    An instant becomes ISO 8601 text in UTC, a day alone its beginning there; a day the instant of its beginning; a
    period ``{"since", "until"}``, instants of which the second is the first after it.  Statements wrap each in
    ``datetime()``.
    """
    return _READERS[kind](value)


def split(text: str) -> list[str]:
    """The values of a list that is written as one text: on lines, or on one line between commas, else semicolons."""
    parts = text.splitlines() if "\n" in text else text.split("," if "," in text else ";")
    return [part.strip() for part in parts if part.strip()]


def joined(values: Sequence[str]) -> str:
    """The values as one text that ``split`` reads back."""
    apart = any("," in one or ";" in one for one in values)
    return "".join(f"{one}\n" for one in values) if apart else ", ".join(values)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _integer(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise TypeError
    if isinstance(value, str) and not _INTEGER.fullmatch(value.strip()):
        raise ValueError
    number = int(value)
    if not -(2**63) <= number < 2**63:
        raise OverflowError
    return number


def _number(value: Any) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise TypeError
    if isinstance(value, int):
        return _integer(value)
    number = float(value)
    if number - number != 0.0:  # infinite or no number
        raise ValueError
    return number


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = _text(value).strip().lower()
    if word not in _BOOLEANS:
        raise ValueError
    return _BOOLEANS[word]


def _instant(value: Any) -> str:
    if (day := _day_alone(value)) is not None:
        return _written(_begins(day))
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(_text(value).strip())
    if moment.tzinfo is None:
        raise ValueError
    return _written(moment)


def _day(value: Any) -> str:
    day = _day_alone(value)
    if day is None:  # an instant that is the beginning of a day is how a day was read before
        moment = datetime.fromisoformat(_instant(value))
        if moment != _begins(moment.date()):
            raise ValueError
        day = moment.date()
    return _written(_begins(day))


def _period(value: Any) -> dict[str, str]:
    if isinstance(value, Mapping):
        since, until = _instant(value["since"]), _instant(value["until"])
    else:
        text = _text(value).strip()
        first, stroke, last = text.partition("/")
        since = _edge(first.strip(), after=False)
        until = _edge(last.strip() if stroke else text, after=True)
    if datetime.fromisoformat(since) >= datetime.fromisoformat(until):
        raise EndsBeforeItBegins
    return {"since": since, "until": until}


def _edge(text: str, *, after: bool) -> str:
    """The beginning of a year, month, day or instant, or the first instant after it (of an instant: itself)."""
    if (match := _MONTH.fullmatch(text)) is not None:
        year, month = int(match[1]), int(match[2] or 1)
        first = date(year, month, 1)
        if not after:
            return _written(_begins(first))
        ends_year = match[2] is None or month == 12
        return _written(_begins(date(year + 1, 1, 1) if ends_year else date(year, month + 1, 1)))
    if after and (day := _day_alone(text)) is not None:
        return _written(_begins(day + timedelta(days=1)))
    return _instant(text)


def _day_alone(value: Any) -> date | None:
    """The day that is given without an hour; None for anything else."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    text = _text(value).strip() if not isinstance(value, datetime) else ""
    return date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None


def _begins(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


_READERS: Mapping[str, Callable[[Any], Any]] = MappingProxyType({
    "text": _text, "integer": _integer, "number": _number, "boolean": _boolean, "instant": _instant, "day": _day,
    "period": _period, "choice": _text, **dict.fromkeys(BY_ID, _text),
})
