"""How many of an account's first contacts would be minors if it chose as its age band does among those it could meet?

Each contact has an opportunity share: minors among the others present, smoothed towards the day's platform.  The odds
of that share are multiplied by the band's own factor (teenagers seek teenagers; that is no lead), fitted so that the
band's totals agree, with every account counting at most ``contacts_cap`` contacts and without the accounts that stand
out.  The counts of the band's accounts scatter more than a binomial's; that dispersion is fitted as well.
"""

import math
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from graph.detect.hubs_fit import Fit, Habit, NullParameters
from graph.detect.hubs_opportunity import numbers
from graph.detect.statistics import Floats, beta_binomial_tail

UNKNOWN_BAND = "age unknown"


@dataclass(frozen=True)
class Expectation:
    """An account's counts beside its null.

    ``counted``: minors that are strangers, see ``hubs_contacts``; ``mean``: their expected share of ``contacts``;
    ``p_value``: the beta-binomial upper tail; ``p_minor``: the same if its holder were a minor and chose as minors here
    do, their bands by their number (None but for accounts that state an age just of adults); ``first`` and ``last``
    bound its rows in the table.
    """

    account: str
    band: str
    role: str | None
    contacts: int
    minors: int
    counted: int
    mean: float
    dispersion: float
    p_value: float
    p_minor: float | None
    first: int
    last: int


def expectations(
    contacts: pa.Table, shares: Floats, parameters: NullParameters, *, barely: int
) -> list[Expectation]:
    """One Expectation an account with ``tested_contacts`` in ``hubs_contacts.first_contacts``' table, in its order.

    ``shares``: the share of minors among those present, of each contact; ``barely``: the group (``hubs_ages``) of the
    youngest adults, whose age children state too.  The others' contacts serve the fit.  Four families are fitted apart:
    accounts with a role, known adults, minors, and people of unknown age.
    """
    if contacts.num_rows == 0:
        return []
    whose = numbers(contacts, "number")
    starts = np.flatnonzero(np.diff(whose, prepend=-1.0))
    ends = np.append(starts[1:], len(whose))
    index = np.repeat(np.arange(len(starts)), ends - starts)
    minor = numbers(contacts, "minor")
    stranger = 1.0 - numbers(contacts, "closed", missing=0.0)
    last = contacts.take(pa.array(ends - 1))  # what is known at the last contact
    role, own_band, own_minor, accounts, group = (
        last.column(name).to_pylist() for name in ("role", "own_band", "own_minor", "account", "own_group")
    )
    band = [
        f"role {name}" if name else known or UNKNOWN_BAND for name, known in zip(role, own_band, strict=True)
    ]
    families: dict[str, list[int]] = {"role": [], "adult": [], "minor": [], "unknown": []}
    for a in range(len(starts)):
        known = "unknown" if own_band[a] is None else "minor" if own_minor[a] else "adult"
        families["role" if role[a] else known].append(a)
    if len(families["unknown"]) < parameters.mixed_family:  # too few for a null of their own: most people are adults
        families["adult"] += families["unknown"]
        families["unknown"] = []
    fit = Fit(shares, minor, minor * stranger, index, parameters)
    minors = np.bincount(index, weights=minor)
    result: list[Expectation | None] = [None] * len(starts)
    young: list[tuple[Floats, Habit]] = []
    for name in ("minor", "role", "adult", "unknown"):
        if not families[name]:
            continue
        means, habits = fit.family(np.array(families[name]), band)
        if name == "minor":
            young = [(fit.means_as(habit), habit) for habit in habits.values()]
        for a in families[name]:
            n, mean, spread = int(fit.trials[a]), _share(means[a]), habits[band[a]].dispersion
            if n < parameters.tested_contacts:
                continue
            count = int(fit.counts[a])
            doubtful = bool(young) and name == "adult" and group[a] == barely
            as_minor = _as_minor(count, n, a, young) if doubtful else None
            result[a] = Expectation(
                accounts[a], band[a], role[a], n, int(minors[a]), count, mean, spread,
                beta_binomial_tail(count, n, mean, spread), as_minor, int(starts[a]), int(ends[a]),
            )
    return [item for item in result if item is not None]


def _as_minor(count: int, trials: int, account: int, young: list[tuple[Floats, Habit]]) -> float:
    """The upper tail for a minor of unknown age."""
    people = sum(habit.accounts for _, habit in young)
    tails = [
        habit.accounts * beta_binomial_tail(count, trials, _share(means[account]), habit.dispersion)
        for means, habit in young
    ]
    return math.fsum(tails) / people


def _share(value: float) -> float:
    return min(max(float(value), 0.0), 1.0)
