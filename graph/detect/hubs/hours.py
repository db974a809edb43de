"""Of which age are those who are awake when an account is?  Hours of the week as evidence of its holder's own age.

Pupils write after school, adults late and on working days; when exactly is learnt here from those whose age is known,
so that no time zone and no rhythm is assumed.  How far people scatter around their group's hours is fitted too (the
strength of a Dirichlet-multinomial), so that hours which tell nothing of age weigh nothing.
"""

from dataclasses import dataclass
from typing import Any

import ibis
import numpy as np
from scipy.special import gammaln

from graph.detect.context import DetectionContext
from graph.detect.hubs.ages import AgeGroups, Ints
from graph.detect.hubs.people import numbers
from graph.detect.statistics import Floats

CELLS = 48  # hours of a working day, then of a day of the weekend
STRENGTHS = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0)
_CAP = 20.0  # hours an account tells of its group, and by which a group is drawn to everybody's


@dataclass(frozen=True)
class Hours:
    """In how many hours (``count``) of a ``cell`` an ``account`` (its number) wrote; by account and cell."""

    account: Ints
    cell: Ints
    count: Floats


def written_hours(context: DetectionContext) -> Hours:
    """The hours (UTC) in which each account wrote anything, by cell of the week."""
    presence, private = context.presence, context.private
    written = ibis.union(
        presence.select("account", since=_hour(presence.hour)),
        private.select(account="sender", since=_hour(private.sent_at)),
    )
    hours = written.join(context.numbers, ["account"]).select("number", "since").distinct()
    weekend = ((hours.since // 24 + 3) % 7 >= 5).cast("int64")  # 1970 began on a Thursday
    cells = hours.select("number", cell=weekend * 24 + hours.since % 24)
    table = cells.group_by(["number", "cell"]).agg(hours=lambda t: t.count()).order_by(["number", "cell"]).to_pyarrow()
    return Hours(numbers(table, "number").astype(np.int64), numbers(table, "cell").astype(np.int64),
                 numbers(table, "hours"))


def _hour(instant: Any) -> Any:
    return (instant.truncate("s").epoch_seconds() // 3600).cast("int64")


def hour_logs(hours: Hours, own: Ints, votes: Floats, tested: Ints, groups: AgeGroups) -> tuple[Floats, Floats]:
    """log P(hours) of each tested account by known age group, and under the hours of all minors.

    ``own``: every account's group; ``votes``: how far it tells of ordinary life.  Source: Mosimann 1962.
    """
    known, accounts = groups.known, len(own)
    total = np.bincount(hours.account, weights=hours.count, minlength=accounts)
    weight = votes * np.minimum(1.0, _CAP / np.maximum(total, 1.0))
    sums = np.bincount(
        own[hours.account] * CELLS + hours.cell, weights=hours.count * weight[hours.account],
        minlength=groups.size * CELLS,
    ).reshape(groups.size, CELLS)[:known]
    base = (sums.sum(axis=0) + 1.0) / (sums.sum() + CELLS)
    sums = np.vstack([sums, sums[: groups.minors].sum(axis=0)])
    shares = (sums + _CAP * base) / (sums.sum(axis=1, keepdims=True) + _CAP)
    place = np.full(accounts, -1, dtype=np.int64)
    place[tested] = np.arange(len(tested))
    rows = np.flatnonzero(place[hours.account] >= 0)
    owner, cell, count = place[hours.account[rows]], hours.cell[rows], hours.count[rows]

    def logs(group: Ints, strength: float) -> Floats:
        """Each tested account's under the hours of its ``group``."""
        under = shares * strength
        used = (group[owner], cell)
        gained = gammaln(count + under[used]) - gammaln(under)[used]
        found = np.bincount(owner, weights=gained, minlength=len(group))
        return np.asarray(found + gammaln(strength) - gammaln(total[tested] + strength), dtype=np.float64)

    stated = own[tested]
    believed = np.where(stated < known, votes[tested], 0.0)
    inside = np.minimum(stated, known - 1)
    fits = [float((believed * logs(inside, strength)).sum()) for strength in STRENGTHS]
    strength = STRENGTHS[int(np.argmax(fits))]
    every = [logs(np.full(len(tested), group, dtype=np.int64), strength) for group in range(known + 1)]
    return np.stack(every[:known], axis=1), every[known]
