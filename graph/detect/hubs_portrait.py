"""What was measured on one candidate, and which plain descriptions fit it?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from statistics import median
from typing import Any

import numpy as np
import pyarrow as pa

from graph.detect.context import DetectionContext
from graph.detect.hubs_arrivals import ArrivalMix, arrival_mixes
from graph.detect.hubs_contacts import delays, later_minors, received
from graph.detect.hubs_null import Expectation
from graph.detect.hubs_opportunity import numbers
from graph.detect.hubs_reports import reports_by_contacts
from graph.detect.hubs_texts import Block
from graph.detect.hubs_weight import Weight
from graph.detect.statistics import log_odds_lower, share_lower

_FITS_ARRIVALS = 0.01
_READ = (
    "target", "record", "at", "last_at", "minor", "closed", "replied", "own_age", "own_minor", "own_basis"
)


@dataclass(frozen=True)
class Portrait:
    """Everything measured on one candidate.

    ``strangers`` of ``known`` minors share no third contact with it; ``later``: people whose age was unknown when it
    wrote to them, and who were known to be minors afterwards.
    """

    expectation: Expectation
    weight: Weight
    q_value: float
    log_odds: float
    excess: float
    targets: tuple[str, ...]
    records: tuple[str, ...]
    stranger_records: tuple[str, ...]
    strangers: int
    known: int
    replied: int
    usual_replies: float
    usual_strangers: float
    delay: float | None
    received: int
    never_met: int
    later: int
    own_age: int | None
    own_minor: bool
    own_basis: str | None
    role: str | None
    sameness: float | None
    mix: ArrivalMix
    reports: tuple[str, ...]
    first_at: datetime
    last_at: datetime

    @property
    def minors(self) -> int:
        return self.expectation.minors

    @property
    def stranger_share(self) -> float:
        return self.strangers / self.known if self.known else 0.0

    @property
    def reply_share(self) -> float:
        return self.replied / self.minors if self.minors else 0.0

    @property
    def friends(self) -> bool:
        """Looks like people who know each other: most answer, and most share a third contact or either side begins."""
        return self.known > 0 and self.reply_share >= 0.7 and (self.stranger_share < 0.5 or self.begun_share < 0.7)

    @property
    def begun_share(self) -> float:
        """Share of its private chats that it began."""
        return self.expectation.contacts / (self.expectation.contacts + self.received)

    def welcomes(self, same_text: float, arrivals_share: float) -> bool:
        """Writes to arrivals as they come: its mix fits theirs, and it goes mostly to arrivals or says one text."""
        mostly = self.mix.share >= arrivals_share
        alike = self.sameness is not None and self.sameness >= same_text and self.mix.share >= arrivals_share / 2
        return (mostly or alike) and self.mix.p_value > _FITS_ARRIVALS


def excess(item: Expectation) -> float:
    """How many more minors than expected, at least (95 %, by sampling alone)."""
    return item.contacts * (share_lower(item.counted, item.contacts) - item.mean)


def portraits(
    context: DetectionContext,
    contacts: pa.Table,
    tested: Sequence[Expectation],
    candidates: Sequence[tuple[Expectation, Weight, float]],
    texts: Mapping[str, Block],
) -> list[Portrait]:
    """A Portrait for each candidate (its test, its weight, its q-value), in that order; ``texts`` by account."""
    accounts = [item.account for item, _, _ in candidates]
    usual = _usual(tested, contacts)
    contacts, candidates = _only(contacts, candidates)
    column: dict[str, list[Any]] = {name: contacts.column(name).to_pylist() for name in _READ}
    seen = delays(
        context,
        [
            (item.account, column["target"][i])
            for item, _, _ in candidates for i in range(item.first, item.last) if column["minor"][i]
        ],
    )
    mixes = arrival_mixes(context, accounts)
    written_to = received(context, accounts)
    reported = reports_by_contacts(context, accounts)
    later = later_minors(context, accounts)
    result = []
    for item, weight, q_value in candidates:
        rows = range(item.first, item.last)
        minors = [i for i in rows if column["minor"][i]]
        known = [i for i in minors if column["closed"][i] is not None]
        met = [seen.get((item.account, column["target"][i]), (None, False)) for i in minors]
        waits = [seconds for seconds, _ in met if seconds is not None]
        result.append(
            Portrait(
                expectation=item,
                weight=weight,
                q_value=q_value,
                log_odds=log_odds_lower(item.counted, item.contacts, item.mean),
                excess=excess(item),
                targets=tuple(column["target"][i] for i in minors),
                records=tuple(f"messages:{column['record'][i]}" for i in minors),
                stranger_records=tuple(f"messages:{column['record'][i]}" for i in known if not column["closed"][i]),
                strangers=sum(1 for i in known if not column["closed"][i]),
                known=len(known),
                replied=sum(1 for i in minors if column["replied"][i]),
                usual_replies=usual[item.band][0],
                usual_strangers=usual[item.band][1],
                delay=float(median(waits)) if waits else None,
                received=written_to.get(item.account, 0),
                never_met=sum(1 for _, both in met if not both),
                later=later.get(item.account, 0),
                own_age=column["own_age"][item.last - 1],
                own_minor=bool(column["own_minor"][item.last - 1]),
                own_basis=column["own_basis"][item.last - 1],
                role=item.role,
                sameness=texts[item.account].share if item.account in texts else None,
                mix=mixes.get(item.account, ArrivalMix()),
                reports=reported.get(item.account, ()),
                first_at=column["at"][item.first],
                last_at=max(column["last_at"][i] for i in rows),
            )
        )
    return result


def _only(
    contacts: pa.Table, candidates: Sequence[tuple[Expectation, Weight, float]]
) -> tuple[pa.Table, list[tuple[Expectation, Weight, float]]]:
    """The candidates' rows alone, and the candidates with their new places."""
    rows = [np.arange(item.first, item.last) for item, _, _ in candidates]
    ends = np.cumsum([len(own) for own in rows]).tolist()
    moved = [
        (replace(item, first=end - len(own), last=end), weight, q)
        for (item, weight, q), own, end in zip(candidates, rows, ends, strict=True)
    ]
    return contacts.take(pa.array(np.concatenate([np.arange(0), *rows]))), moved


def _usual(tested: Sequence[Expectation], contacts: pa.Table) -> dict[str, tuple[float, float]]:
    """By band: the share of minors' first contacts that are answered, and of strangers; one vote an account."""
    minor = numbers(contacts, "minor")
    answered = np.append(0.0, np.cumsum(minor * numbers(contacts, "replied")))
    apart = np.append(0.0, np.cumsum(minor * (1.0 - numbers(contacts, "closed"))))
    votes: dict[str, list[tuple[float, float]]] = {}
    for item in tested:
        if item.minors:
            replied, strangers = ((of[item.last] - of[item.first]) / item.minors for of in (answered, apart))
            votes.setdefault(item.band, []).append((float(replied), float(strangers)))
    usual = {item.band: (0.5, 0.5) for item in tested}
    for band, shares in votes.items():
        usual[band] = (median(r for r, _ in shares), median(s for _, s in shares))
    return usual
