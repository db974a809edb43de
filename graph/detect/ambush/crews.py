"""On whom did the members of a group converge, and how surprising is that?  Pure functions over small data."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from statistics import median

from graph.detect.ambush.chance import group_q
from graph.detect.ambush.cotargeting import WEIGHT_UNIT
from graph.detect.ambush.parameters import AmbushParameters
from graph.detect.ambush.windows import Window

MANY = 200  # common targets above which a member's absence is not tried for each
ASIDE = timedelta(days=2)  # members who came so long before or after the others still belong to the replay


@dataclass(frozen=True, order=True)
class Hit:
    """A member's first private contact to a target, and the message that made it."""

    at: datetime
    actor: str
    record: str


@dataclass(frozen=True)
class Convergence:
    """The largest meeting of members on one victim within the window; hits in order of time, one a member.

    ``asides``: first contacts of other members with that victim, outside the window but not far from it.
    """

    victim: str
    hits: tuple[Hit, ...]
    asides: tuple[Hit, ...] = ()

    @property
    def before(self) -> tuple[Hit, ...]:
        """Members who came ahead of the others: lures, perhaps."""
        return tuple(hit for hit in self.asides if hit.at < self.first_at)

    @property
    def first_at(self) -> datetime:
        return self.hits[0].at

    @property
    def last_at(self) -> datetime:
        return self.hits[-1].at

    @property
    def gaps_s(self) -> tuple[float, ...]:
        """Seconds between each member and the one before."""
        return tuple(
            (later.at - earlier.at).total_seconds()
            for earlier, later in zip(self.hits, self.hits[1:], strict=False)
        )


@dataclass(frozen=True)
class Part:
    """A member's part: on how many common targets, first on how many (and if order were by chance), ahead on how many.

    Ahead: it had written before the window in which the others met.
    """

    member: str
    targets: int
    first: int
    first_expected: float
    ahead: int


@dataclass(frozen=True)
class Crew:
    """Accounts that converged on the same targets within a window.

    ``coincidences``: arrivals at a target where another member already was, weighed by crowd; ``expected`` of them by
    chance; ``q``: so many groups of this size are expected by chance (``chance.group_q``).  ``joined``: members that
    stand in it by evidence of their own (``growth.grown``).
    """

    members: tuple[str, ...]
    convergences: tuple[Convergence, ...]
    window_s: int
    coincidences: float
    expected: float
    q: float
    joined: tuple[str, ...] = ()

    @property
    def victims(self) -> tuple[str, ...]:
        return tuple(meeting.victim for meeting in self.convergences)

    @property
    def median_gap_s(self) -> float:
        return median(gap for meeting in self.convergences for gap in meeting.gaps_s)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """What each member did; those who open most often first."""
        targets, first, ahead = Counter[str](), Counter[str](), Counter[str]()
        by_chance = dict.fromkeys(self.members, 0.0)
        for meeting in self.convergences:
            first[meeting.hits[0].actor] += 1
            for hit in meeting.hits:
                targets[hit.actor] += 1
                by_chance[hit.actor] += 1 / len(meeting.hits)
            ahead.update(hit.actor for hit in meeting.before)
        parts = [Part(name, targets[name], first[name], by_chance[name], ahead[name]) for name in self.members]
        return tuple(sorted(parts, key=lambda part: (-part.first - part.ahead, -part.targets, part.member)))


def convergences(members: Sequence[str], hits: Mapping[str, Sequence[Hit]], window_s: int) -> tuple[Convergence, ...]:
    """For each target the window that holds most members (the earliest of equals), if at least two.

    ``hits``: by target, first contacts in order of time.  Members are no victims of each other.
    """
    inside = set(members)
    width = timedelta(seconds=window_s)
    met = []
    for target in sorted(set(hits) - inside):
        ordered = [hit for hit in hits[target] if hit.actor in inside]
        if len(ordered) < 2:
            continue
        first, size, end = 0, 0, 0
        for start, opener in enumerate(ordered):
            while end < len(ordered) and ordered[end].at - opener.at <= width:
                end += 1
            if end - start > size:
                first, size = start, end - start
        best = tuple(ordered[first : first + size])
        if len(best) >= 2:
            outside = (*ordered[:first], *ordered[first + size :])
            asides = tuple(hit for hit in outside if best[0].at - ASIDE <= hit.at <= best[-1].at + ASIDE)
            met.append(Convergence(target, best, asides))
    return tuple(met)


def crew_of(
    group: Sequence[str], hits: Mapping[str, Sequence[Hit]], windows: Sequence[Window], parameters: AmbushParameters
) -> Crew | None:
    """The most surprising crew within a group, over the windows; None if none passes ``most_q``.

    A member who took part in fewer than two convergences leaves, and so does one without whom the rest is more
    surprising (of more than ``largest_crew``, or on ``MANY`` targets: the one who took part least).  ``hits``: by
    target that two of the group or more wrote to first, those contacts in order of time.
    """
    crews = [crew for window in windows if (crew := _within(group, hits, window, len(windows), parameters))]
    return min(crews, key=lambda crew: (crew.q, crew.window_s), default=None)


def _within(
    group: Sequence[str],
    hits: Mapping[str, Sequence[Hit]],
    window: Window,
    tried: int,
    parameters: AmbushParameters,
) -> Crew | None:
    members = tuple(sorted(group))
    best: Crew | None = None
    while len(members) >= parameters.min_crew:
        met = convergences(members, hits, window.window_s)
        times: dict[str, int] = dict.fromkeys(members, 0)
        for meeting in met:
            for hit in meeting.hits:
                times[hit.actor] += 1
        staying = tuple(name for name in members if times[name] >= 2)
        if staying != members:
            members = staying
            continue
        crew = judged(members, met, window, tried)
        full = sum(len(meeting.hits) >= parameters.min_crew for meeting in met)
        enough = len(met) >= parameters.min_victims and full >= 2 and crew.q <= parameters.most_q
        if enough and (best is None or crew.q < best.q):
            best = crew
        if best is not None and best.q == 0.0:
            break  # nothing is less likely
        if len(members) > parameters.largest_crew or len(met) > MANY:  # trying every absence would cost too much
            rarest = min(members, key=lambda name: (times[name], name))
            members = tuple(name for name in members if name != rarest)
            continue
        # go on without the member whose absence makes the rest most surprising
        members = min(
            (tuple(name for name in members if name != gone) for gone in members),
            key=lambda rest: (judged(rest, convergences(rest, hits, window.window_s), window, tried).q, rest),
        )
    return best


def judged(members: tuple[str, ...], met: tuple[Convergence, ...], window: Window, tried: int) -> Crew:
    seen = sum(
        window.weights.get(meeting.victim, WEIGHT_UNIT) * (len(meeting.hits) - 1) for meeting in met
    ) / WEIGHT_UNIT
    expected = window.null.expected_of(members)
    q = group_q(seen, expected, len(members), able=window.able, windows=tried)
    return Crew(members, met, window.window_s, seen, expected, q)
