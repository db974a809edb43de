"""On which accounts did many others converge within a short time, once?

Unit: the first private contact of a pair.  Windows of several lengths are tested against the target's own arrival rate
(``convergence_null``).  The same people converging on other targets as well is an ambush crew's mark: where ambush
tells of that crew, the window is left to it; what surrounded the rest (``convergence_around``) decides how much a lead
may be trusted (``convergence_leads``).
"""

from collections.abc import Set
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph.detect.ambush import AmbushParameters, find_ambush
from graph.detect.context import DetectionContext
from graph.detect.convergence_around import together_elsewhere, what_surrounded
from graph.detect.convergence_burst import Burst, rush_around
from graph.detect.convergence_callers import write_to_everybody
from graph.detect.convergence_leads import came_before, lead, many
from graph.detect.convergence_null import ArrivalNull, Window
from graph.detect.convergence_presence import visits_of, wrote_of
from graph.detect.finding import Finding
from graph.detect.statistics import Floats, benjamini_hochberg

DAY = 24 * 3600.0
RECURRING = 4  # three who come in four hours are no crowd
SAMPLED = 20_000  # first contacts that show what is usual


@dataclass(frozen=True)
class ConvergenceParameters:
    """Parameters of the convergence detection; see docs/methods.md.

    - ``windows_minutes``: lengths looked at; ``min_members``: accounts in one, at least.
    - ``strong_q``, ``moderate_q``, ``weak_q``: bounds of the tiers on the adjusted p.
    - ``repeated_share``: of the members together on another target is a crew's mark: no strong lead, and none at all
      if that share is in a crew that ambush tells of with its default parameters.
    - ``everybody_contacts``, ``everybody_share``, ``everybody_times``: accounts with a role, and those that wrote first
      to more people than the number, the share of the platform and so many times what others do, write to everybody:
      their contacts do not count.
    - ``recurring_share``, ``recurring_p``: attention recurs if that share of the members' number, or ``min_members``,
      and four at least came within the same span on another day, a surprise of its own at that p: somebody who is
      written to a lot has four in four hours on any day.
    - ``acquainted_share``: on somebody's first day, members of whose pairs so many had written to each other before are
      friends who greet.
    - ``welcome_answers``: a target that answered that share of them is no strong lead, and weak by the count alone.
    - ``adult_share``, ``adults_p``, ``young_share``: adults on a minor are a target known to be a minor, at least the
      one share of the members known to be adults (or, where few ages are known, more adults than usually write to a
      minor at that p), and at most the last of those of known age minors.
    - ``occasion_crowd``, ``occasion_times``: so many accounts writing in one room in an hour, and so many times its
      usual number, are a public occasion; half of the members among them came out of it.
    - ``called_hours``, ``called_share``: one account that wrote to half of the members so long before called them, if
      they are at least that share of all it wrote to in that time: who welcomes everybody has called nobody.
    - ``reported_members``: so many members reported by the target speak for a strong lead.
    """

    windows_minutes: tuple[int, ...] = (15, 60, 240)
    min_members: int = 5
    strong_q: float = 0.01
    moderate_q: float = 0.05
    weak_q: float = 0.2
    repeated_share: float = 0.5
    everybody_contacts: int = 30
    everybody_share: float = 0.02
    everybody_times: float = 5.0
    recurring_share: float = 0.5
    recurring_p: float = 0.05
    acquainted_share: float = 0.25
    welcome_answers: float = 0.75
    adult_share: float = 0.5
    young_share: float = 0.2
    adults_p: float = 0.05
    occasion_crowd: int = 10
    occasion_times: float = 3.0
    called_hours: int = 24
    called_share: float = 0.2
    reported_members: int = 2

    def __post_init__(self) -> None:
        if self.min_members < 3:
            raise ValueError("min_members is at least 3")
        if not self.windows_minutes or min(self.windows_minutes) < 1:
            raise ValueError("windows_minutes are at least one minute")
        if not 0 < self.strong_q <= self.moderate_q <= self.weak_q < 1:
            raise ValueError("0 < strong_q <= moderate_q <= weak_q < 1 must hold")
        if not 0 < self.recurring_p < 1 or not 0 < self.adults_p < 1 or self.everybody_times < 1:
            raise ValueError("recurring_p and adults_p lie in (0, 1), everybody_times is at least 1")
        if not 0 < self.adult_share <= 1 or not 0 <= self.young_share < 1 or self.called_hours < 1:
            raise ValueError("adult_share lies in (0, 1], young_share in [0, 1) and called_hours is at least 1")


def find_convergence(context: DetectionContext, parameters: ConvergenceParameters) -> tuple[Finding, ...]:
    """Convergence findings: members = those who converged, targets = [the account]; at most one a target; unordered."""
    bursts, contacts = _bursts(context, parameters)
    elsewhere = together_elsewhere(context, bursts)
    repeated = [burst for burst in bursts if came_before(burst, elsewhere[burst.target], parameters)]
    crews = [set(crew.members) for crew in find_ambush(context, AmbushParameters())] if repeated else []
    of_crew = {burst.target for burst in repeated if any(_came_with(burst, crew, parameters) for crew in crews)}
    once = [burst for burst in bursts if burst.target not in of_crew]
    if of_crew:
        context.note(
            "convergence",
            f"{len(of_crew)} windows are left to ambush: their members came together on other targets too",
        )
    around = what_surrounded(
        context, once, elsewhere, contacts, called_hours=parameters.called_hours, called_share=parameters.called_share,
        occasion_crowd=parameters.occasion_crowd, occasion_times=parameters.occasion_times,
    )
    return tuple(lead(burst, around[burst.target], parameters) for burst in once)


def _came_with(burst: Burst, crew: Set[str], parameters: ConvergenceParameters) -> bool:
    """Whether enough of the members are that crew's."""
    return len(crew & set(burst.members)) >= many(burst, parameters)


def _bursts(context: DetectionContext, parameters: ConvergenceParameters) -> tuple[list[Burst], pa.Table]:
    """The rush around the least expected window of each target whose adjusted p stays below ``weak_q``.

    Beside it some of all first contacts, evenly taken: what is usual on the platform.
    """
    pairs = context.pairs
    seen = context.appearances.order_by("account").to_pyarrow().combine_chunks()
    people = seen["account"].combine_chunks()
    limit = _everybody(context, parameters, len(people))
    pairs = pairs.anti_join(write_to_everybody(context, limit), [("initiator", "account")])
    arrived = pairs.select("target", "first_at", "first_record", "initiator", replied=pairs.replies > 0)
    table = arrived.order_by(["first_at", "first_record", "initiator", "target"]).to_pyarrow().combine_chunks()
    if table.num_rows == 0:
        context.note("convergence", "there are no private messages between accounts: nothing to test")
        return [], table
    times = _seconds(table["first_at"])
    places = pc.index_in(table["target"], value_set=people).to_numpy().astype(np.int64)
    visits, wrote = visits_of(context, people), wrote_of(context, people)
    null = ArrivalNull(times, places, _seconds(seen["first_at"]), visits, wrote.without(visits))
    by_place, order = np.unique(places), np.lexsort((np.arange(len(places)), places))
    starts = np.searchsorted(places[order], by_place)
    counts = np.diff(np.append(starts, len(order)))
    enough = counts >= parameters.min_members
    lag = parameters.min_members - 1
    longest = 60.0 * max(parameters.windows_minutes)
    near = places[order][lag:] == places[order][: len(order) - lag]
    near &= times[order][lag:] - times[order][: len(order) - lag] <= longest
    crowded = set(places[order][lag:][near].tolist())  # somebody has min_members within the longest window
    tested: list[tuple[int, Window]] = []
    by_target: dict[int, list[int]] = {}
    for spot, start, count in zip(by_place.tolist(), starts.tolist(), counts.tolist(), strict=True):
        if spot not in crowded:
            continue
        rows = order[start : start + count].tolist()
        window = null.best_window(
            times[rows].tolist(), spot, windows=[60.0 * m for m in parameters.windows_minutes],
            min_members=parameters.min_members,
        )
        if window is not None:
            by_target[spot] = rows
            tested.append((spot, window))
    # those with enough contacts that were never together are tests all the same
    adjusted = benjamini_hochberg([window.p_value for _, window in tested], int(enough.sum()))
    bursts = []
    for (spot, window), q_value in zip(tested, adjusted, strict=True):
        if q_value > parameters.weak_q:
            continue
        own = times[by_target[spot]]
        first, last = rush_around(own, window.first, window.count, 60.0 * min(parameters.windows_minutes), longest)
        rows = by_target[spot][first:last]
        begun, ended = float(times[rows[0]]), float(times[rows[-1]])
        span = max(window.seconds, ended - begun)
        apart = own[(own < begun - DAY) | (own > ended + DAY)]  # what comes the same day is one wave
        crowd = max(RECURRING, int(np.ceil(min(parameters.min_members, parameters.recurring_share * len(rows)))))
        other = null.best_window(apart.tolist(), spot, windows=[span], min_members=crowd)
        again = other is not None and other.p_value <= parameters.recurring_p
        hits = table.take(rows).to_pydict()
        bursts.append(
            Burst(
                target=people[spot].as_py(), members=tuple(hits["initiator"]),
                records=tuple(f"messages:{record}" for record in hits["first_record"]), at=tuple(hits["first_at"]),
                answered=sum(map(bool, hits["replied"])), another=other.count if other and again else 0,
                seen_for_s=float(begun - null.appeared[spot]), seconds=span,
                expected=null.predicted(spot, len(by_target[spot]) - len(rows), begun, begun + span), q_value=q_value,
            )
        )
    return bursts, table.take(pa.array(np.arange(0, len(table), max(1, len(table) // SAMPLED))))


def _everybody(context: DetectionContext, parameters: ConvergenceParameters, accounts: int) -> int:
    """Who wrote first to more people than that writes to everybody."""
    pairs = context.pairs
    ((contacts, writers),) = context.rows(pairs.agg(n=pairs.count(), writers=pairs.initiator.nunique()))
    usual = parameters.everybody_times * contacts / max(writers, 1)
    return max(parameters.everybody_contacts, int(accounts * parameters.everybody_share), int(usual))


def _seconds(instants: pa.ChunkedArray) -> Floats:
    """Seconds since 1970."""
    whole = instants.cast(pa.timestamp("us")).cast(pa.int64()).to_numpy()
    return np.asarray(whole / 1e6, dtype=np.float64)
