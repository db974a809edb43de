"""How are shares, instants and lists written in the sentences about owners, in English and in French?"""

from collections.abc import Iterable
from datetime import datetime

from graph.detect.french import decimal


def percent(value: float) -> str:
    """``0.40625`` as ``40.625%``: four decimals, no trailing zeros."""
    return f"{_short(f'{100 * value:.4f}')}%"


def pour_cent(value: float) -> str:
    """``0.40625`` as ``40,625 %``."""
    return f"{_short(decimal(100 * value, 4), ',')}\u00a0%"


def instant(moment: datetime | None) -> str:
    """A day where it is midnight, else an ISO 8601 instant."""
    if moment is None:
        return ""
    return f"{moment:%Y-%m-%d}" if not moment.time().replace(microsecond=0).isoformat().strip("0:") \
        and not moment.microsecond else f"{moment.isoformat()}Z"


def some(count: int, one: str, many: str = "") -> str:
    """``1 path``, ``2 paths``; ``many`` where the plural is no ``s`` at the end.  French counts none as one."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def listed(items: Iterable[str], *, most: int, rest: str) -> str:
    """The first ``most``, and how many more; ``rest`` holds {count}."""
    names = list(items)
    more = len(names) - most
    return ", ".join(names[:most]) + (rest.format(count=more) if more > 0 else "")


def _short(text: str, mark: str = ".") -> str:
    return text.rstrip("0").rstrip(mark) if mark in text else text
