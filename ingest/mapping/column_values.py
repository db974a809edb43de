"""What do the values of a column look like?  Times and how they are written, ages, addresses, ids, texts."""

import functools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from ingest.tables import WHOLE_YEARS

MOST = 0.9  # share of the values that must fit
SOME = 0.5  # share of them that are times where a column is one of times: what is torn or empty in it is not
_PROBED = 6
_LEAST_DIGITS = 3  # 1-May-24: what has fewer is no date, and every form that is tried costs time
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(Z|[+-]\d\d(?::?\d\d)?)?)?")
_EPOCH = re.compile(r"[1-9]\d{8,9}(?:\.\d+)?|[1-9]\d{11,12}")
_IP = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}|[0-9a-fA-F:]*:[0-9a-fA-F:]+")
_AGE = re.compile(WHOLE_YEARS, re.IGNORECASE | re.ASCII)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_LEADING = re.compile(r"\d+")
_DAYS = ("%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y/%m/%d", "%Y.%m.%d", "%d/%m/%y", "%m/%d/%y", "%d.%m.%y",
         "%d %b %Y", "%b %d, %Y", "%d %B %Y", "%B %d, %Y", "%d-%b-%Y", "%d-%b-%y", "%a %d %b %Y", "%Y%m%d")
_CLOCKS = ("%H:%M:%S", "%H:%M", "%H:%M:%S.%f", "%I:%M %p", "%I:%M:%S %p", "%Hh%M", "%H.%M")
_JOINS = (" ", ", ", "T", " at ", " - ")
FORMATS = (
    *(f"{day}{join}{clock}" for day in _DAYS for join in _JOINS for clock in _CLOCKS),
    "%Y-%m-%d %I:%M %p", "%Y-%m-%d %I:%M:%S %p", "%Y-%m-%d, %H:%M", "%Y-%m-%d, %H:%M:%S", "%Y-%m-%d %H:%M:%S %z",
    "%d/%m/%Y %H:%M:%S %z", "%d/%b/%Y:%H:%M:%S %z", "%a, %d %b %Y %H:%M:%S %z", "%a %b %d %H:%M:%S %Y",
    "%a %b %d %H:%M:%S %z %Y", "%Y%m%dT%H%M%S", "%Y%m%d%H%M%S", *_DAYS,
)
_SWAPPED = {"%d/%m": "%m/%d", "%m/%d": "%d/%m"}


@dataclass(frozen=True)
class Times:
    """How a column writes instants: ``format`` is None for ISO 8601 and epoch times, else what strptime reads.

    ``other``: a format with day and month exchanged that reads all values as well, so that the file does not tell.
    """

    format: str | None = None
    other: str | None = None


def times_in(values: Sequence[str]) -> Times | None:
    """How the values are written if they are instants; None if they are none."""
    return _times_in(tuple(values))


@functools.lru_cache(maxsize=64)  # a screen asks of the same columns again with every click, and there are 600 forms
def _times_in(values: tuple[str, ...]) -> Times | None:
    if not values:
        return None
    if _share(values, lambda text: bool(_ISO.fullmatch(text)) or _is_epoch(text)) >= SOME:
        return Times()
    probe = values[:: max(1, len(values) // _PROBED)][:_PROBED]
    likely = [form for form in FORMATS if any(_reads(form, text) for text in probe)]
    shares = {form: sum(_reads(form, text) for text in values) / len(values) for form in likely}
    best = max(shares.values(), default=0.0)
    if best < SOME:
        return None
    first = next(form for form in likely if shares[form] == best)
    swapped = with_day_and_month_exchanged(first)
    return Times(first, swapped if swapped is not None and shares.get(swapped) == best else None)


def is_age(values: Sequence[str]) -> bool:
    return bool(values) and _most(values, lambda text: bool(_AGE.fullmatch(text)) and 3 <= _years(text) <= 99)


def _years(text: str) -> int:
    found = _LEADING.match(text)
    return int(found[0]) if found else -1


def is_email(values: Sequence[str]) -> bool:
    return bool(values) and _most(values, lambda text: bool(_EMAIL.fullmatch(text)))


def is_address(values: Sequence[str]) -> bool:
    return bool(values) and _most(values, lambda text: bool(_IP.fullmatch(text)))


def is_share(values: Sequence[str]) -> bool:
    return bool(values) and _most(values, lambda text: bool(re.fullmatch(r"[01]?(?:\.\d+)?", text)))


def is_id(values: Sequence[str]) -> bool:
    """Short, and hardly ever several words."""
    return not values or _most(values, lambda text: len(text) <= 80 and text.count(" ") <= 1)


def prose(values: Sequence[str]) -> float:
    """Mean number of words: what people wrote has several."""
    return sum(len(text.split()) for text in values) / len(values) if values else 0.0


def shared(one: Sequence[str], other: Sequence[str]) -> float:
    """Share of the smaller set of values that stands in the other as well."""
    left, right = set(one), set(other)
    return len(left & right) / min(len(left), len(right)) if left and right else 0.0


def with_day_and_month_exchanged(form: str) -> str | None:
    """The format with its day and month exchanged; None where it writes them in one order only."""
    return next((form.replace(day, month) for day, month in _SWAPPED.items() if day in form), None)


def _is_epoch(text: str) -> bool:
    return bool(_EPOCH.fullmatch(text)) and 5e8 <= float(text) / (1000 if len(text.split(".")[0]) > 11 else 1) < 4.1e9


def _reads(form: str, text: str) -> bool:
    if len(text) > 40 or sum(map(str.isdigit, text)) < _LEAST_DIGITS:
        return False
    try:
        moment = datetime.strptime(text, form)  # noqa: DTZ007 (it only asks whether the text fits)
    except ValueError:
        return False
    return 1980 <= moment.year < 2100


def _most(values: Sequence[str], test: Callable[[str], bool]) -> bool:
    return _share(values, test) >= MOST


def _share(values: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, values)) / len(values)
