"""How do chains of ownership, and who held a company when, stand in a finding?  As texts of their own, read back here.

A document keeps them as one text of ids and exact shares; a sentence names whom the ids stand for.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from graph.detect.values import Value

CHAINED: Mapping[str, str] = {
    "ownership_paths": "largest", "successive_owners": "last", "shared_addresses_and_directors": "shared",
    "unknown_owners": "held",
}
"""The value, by code, whose texts hold ids."""
_NUMBER = r"\d[\d.e+-]*"
_STEP = re.compile(rf" -~?({_NUMBER})(?:\[({_NUMBER})\.\.({_NUMBER})\])?-> ")
_PRODUCT = re.compile(rf" = ({_NUMBER})$")
_PERIOD = re.compile(r"(\S+?)/(\S+?): (.+)", re.DOTALL)
_PART = re.compile(rf"(.+?) ({_NUMBER})(?:, |$)", re.DOTALL)
_ID = re.compile(r"[^\s:]+:\S+")


@dataclass(frozen=True)
class Step:
    """A share in what comes next; ``low`` and ``high`` differ where it is known as a range."""

    share: float
    low: float
    high: float

    @property
    def ranged(self) -> bool:
        return self.low < self.high


@dataclass(frozen=True)
class Chain:
    """Ids from the owner to the company, and the step after each but the last."""

    nodes: tuple[str, ...]
    steps: tuple[Step, ...]
    product: float

    def __str__(self) -> str:
        """``p -0.6-> a -1-> t = 0.6``; of a range its middle and ends."""
        text = self.nodes[0]
        for step, node in zip(self.steps, self.nodes[1:], strict=True):
            ends = f"[{step.low:.4g}..{step.high:.4g}]" if step.ranged else ""
            text += f" -{'~' if ends else ''}{step.share:.4g}{ends}-> {node}"
        return f"{text} = {self.product:.6g}"

    @classmethod
    def read(cls, text: str) -> "Chain | None":
        """The inverse of ``str``; None where the text is none."""
        end = _PRODUCT.search(text)
        if end is None:
            return None
        first, *rest = _STEP.split(text[: end.start()])
        try:
            steps = [
                Step(float(share), float(low or share), float(high or share))
                for share, low, high in zip(rest[::4], rest[1::4], rest[2::4], strict=True)
            ]
            return cls((first, *rest[3::4]), tuple(steps), float(end[1])) if steps else None
        except ValueError:
            return None


@dataclass(frozen=True)
class Held:
    """Who held a company from one day to another, and what part each; several hold together.  None is an open end.

    Days are written as ISO 8601 does, with a time of day where one was told.
    """

    since: str | None
    until: str | None
    owners: tuple[tuple[tuple[str, ...], float], ...]

    def __str__(self) -> str:
        """``2019-05-01/2021-03-01: a 0.465, b 0.31``: an interval of ISO 8601-2, open at ``..``."""
        parts = ", ".join(f"{'+'.join(who)} {part:.6g}" for who, part in self.owners)
        return f"{self.since or '..'}/{self.until or '..'}: {parts or '-'}"

    @classmethod
    def read(cls, text: str) -> "Held | None":
        """The inverse of ``str``; None where the text is none."""
        found = _PERIOD.fullmatch(text)
        if found is None:
            return None
        since, until = (None if end == ".." else end for end in found.groups()[:2])
        parts = _PART.findall(found[3])
        if found[3] != "-" and found[3] != ", ".join(f"{who} {part}" for who, part in parts):
            return None
        try:
            for end in filter(None, (since, until)):
                datetime.fromisoformat(end)
            return cls(since, until, tuple((tuple(who.split("+")), float(part)) for who, part in parts))
        except ValueError:
            return None


def read(code: str, text: str) -> Chain | Held | str | None:
    """What a text of such a value says: a chain, a time, or an id; None for any other."""
    if code == "ownership_paths":
        return Chain.read(text)
    if code in ("successive_owners", "unknown_owners"):
        return Held.read(text)
    return text if _ID.fullmatch(text) else None


def chained_ids(code: str, values: Mapping[str, Value]) -> Iterator[str]:
    """The ids in the texts of a reason of that code."""
    value = values.get(CHAINED.get(code, ""))
    if value is None or value.type != "quote":
        return
    for text in value.texts:
        found = read(code, text)
        if isinstance(found, Chain):
            yield from found.nodes
        elif isinstance(found, Held):
            yield from (one for who, _ in found.owners for one in who)
        elif found is not None:
            yield found
