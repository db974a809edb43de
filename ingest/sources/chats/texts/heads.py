"""Which message does a line of a WhatsApp chat begin, and in which order do its dates stand?

The text export writes dates and clocks as the telephone shows them: some thirty forms, no zone.  Source of the forms:
the test lists of Pustur/whatsapp-chat-parser and chat-miner, and the formats met in RLEAPP.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

Order = Literal["dmy", "mdy", "ymd"]

_HEAD = re.compile(
    r"[\u200e\u200f\ufeff]?\[?(\d{1,4})([-/.])\s?(\d{1,2})[-/.]\s?(\d{1,4})\.?,?\s(?:[^\W\d]+\s)?"
    r"(\d{1,2})[.:](\d{2})(?:[.:](\d{2}))?(?:[\s\u202f\u00a0]?([AaPp])\.?[\s\u202f\u00a0]?[Mm]\.?)?"
    r"(?:\]|\s-|:|(?(7)(?=\s)|(?!)))[\s\u202f\u00a0]?(.*)",
    re.DOTALL,
)
_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202c\u2068\u2069\ufeff"))
_AUTHOR = re.compile(r"([^:\n]{1,120}?):(?:\s|$)(.*)", re.DOTALL)


@dataclass(frozen=True)
class Head:
    """The beginning of a message: three numbers of its date as written, clock, author (None: the system), text."""

    numbers: tuple[int, int, int]
    clock: str
    stamp: str
    author: str | None
    text: str

    def moment(self, order: Order) -> str | None:
        """Local ISO 8601 time; None where the date does not exist in that order."""
        one, two, three = self.numbers
        year, month, day = {"dmy": (three, two, one), "mdy": (three, one, two), "ymd": (one, two, three)}[order]
        year += 2000 if year < 100 else 0
        return f"{year:04d}-{month:02d}-{day:02d}T{self.clock}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def head_of_line(line: str) -> Head | None:
    """The message that begins on this line; None if none does."""
    found = _HEAD.match(line)
    if found is None:
        return None
    one, _, two, three, hour, minute, second, half, rest = found.groups()
    clock = int(hour) % 12 + (12 if half in "Pp" else 0) if half and 1 <= int(hour) <= 12 else int(hour)
    if clock > 23 or int(minute) > 59 or int(second or 0) > 59:
        return None
    said = rest.translate(_MARKS) if rest[:1] in "\u200e\u200f\u202a" else rest
    named = _AUTHOR.match(said)
    return Head(
        (int(one), int(two), int(three)), f"{clock:02d}:{minute}:{second or '00'}",
        line[: found.start(9)].strip(" -:\u200e\u200f\ufeff"),
        named[1].translate(_MARKS).strip("~ \u202f\u00a0") if named else None, named[2] if named else said,
    )


def orders_of(heads: Iterable[Head]) -> tuple[Order, ...]:
    """The orders of day, month and year in which every date of the file exists; where days could be months, the ones
    in which time runs backwards least.  One: the file tells; none: no order fits.
    """
    dates = [head.numbers for head in heads]
    if not dates:
        return ()
    if all(one > 31 for one, _, _ in dates):
        return ("ymd",)
    fitting: list[Order] = []
    if all(one <= 31 and two <= 12 for one, two, _ in dates):
        fitting.append("dmy")
    if all(one <= 12 and two <= 31 for one, two, _ in dates):
        fitting.append("mdy")
    if len(fitting) < 2:
        return tuple(fitting)
    back = {order: _steps_back(dates, order) for order in fitting}
    least = min(back.values())
    return tuple(order for order in fitting if back[order] == least)


def _steps_back(dates: list[tuple[int, int, int]], order: Order) -> int:
    days = [(c, b, a) if order == "dmy" else (c, a, b) for a, b, c in dates]
    return sum(later < earlier for earlier, later in pairwise(days))
