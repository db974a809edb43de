"""On which accounts did many others converge within a short time, once?

Unit: the first private contact of a pair.  Windows of several lengths are tested against the target's own arrival rate
(``convergence_null``).  The same people converging on other targets as well is an ambush crew's mark, and lowers this
finding; so does a target whose task is to be written to.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import ibis
import numpy as np
import pyarrow as pa

from graph.detect.context import DetectionContext
from graph.detect.convergence_null import ArrivalNull, Window
from graph.detect.finding import CounterEvidence, Finding, Reason, Tier
from graph.detect.statistics import Floats, benjamini_hochberg

NEWCOMER_SECONDS = 24 * 3600.0


@dataclass(frozen=True)
class ConvergenceParameters:
    """``windows_minutes`` looked at; at least ``min_members`` accounts in one; q-values bound the tiers.

    ``repeated_share`` of the members together on another target makes the group a crew's (see ambush).  Accounts with a
    role, and those that wrote first to more than ``everybody_contacts`` people and ``everybody_share`` of the platform,
    write to everybody: their contacts do not count.  A target that answered ``welcome_answers`` of them is no strong
    lead.
    """

    windows_minutes: tuple[int, ...] = (15, 60, 240)
    min_members: int = 5
    strong_q: float = 0.01
    moderate_q: float = 0.05
    weak_q: float = 0.2
    repeated_share: float = 0.5
    everybody_contacts: int = 30
    everybody_share: float = 0.02
    welcome_answers: float = 0.75

    def __post_init__(self) -> None:
        if self.min_members < 3:
            raise ValueError("min_members is at least 3")
        if not self.windows_minutes or min(self.windows_minutes) < 1:
            raise ValueError("windows_minutes are at least one minute")
        if not 0 < self.strong_q <= self.moderate_q <= self.weak_q < 1:
            raise ValueError("0 < strong_q <= moderate_q <= weak_q < 1 must hold")


@dataclass(frozen=True)
class _Event:
    """A window on one target with its members and records in time; ``others``: the largest burst outside the window."""

    target: str
    members: tuple[str, ...]
    records: tuple[str, ...]
    first_at: datetime
    last_at: datetime
    replies: int
    others: int
    newcomer: bool
    window: Window
    q_value: float


def find_convergence(context: DetectionContext, parameters: ConvergenceParameters) -> tuple[Finding, ...]:
    """Convergence findings: members = those who converged, targets = [the account]; at most one a target; unordered."""
    events = _events(context, parameters)
    if not events:
        return ()
    repeated = _together_elsewhere(context, events)
    once = [e for e in events if repeated[e.target][1] < max(3, parameters.repeated_share * len(e.members))]
    if len(once) < len(events):
        context.note(
            "convergence",
            f"{len(events) - len(once)} windows are left to ambush: their members came together on other targets too",
        )
    events = once
    if not events:
        return ()
    began = pa.array([event.first_at for event in events], pa.timestamp("us"))
    targets = ibis.memtable(pa.table({"account": [event.target for event in events], "at": began}))
    known = context.rows(context.with_minority(targets, account="account", at="at"))
    ages = {row[0]: (bool(row[3]), row[5]) for row in known}
    roles = dict(context.rows(context.roles))
    spoke = _spoke_before(context, events)
    return tuple(
        _finding(event, repeated[event.target], ages[event.target], roles.get(event.target), spoke, parameters)
        for event in events
    )


def _events(context: DetectionContext, parameters: ConvergenceParameters) -> list[_Event]:
    pairs = context.pairs
    busy = context.kept("convergence_busy", lambda: pairs.group_by("initiator").agg(n=lambda t: t.count()))
    people = context.rows(context.appearances)
    limit = max(parameters.everybody_contacts, int(len(people) * parameters.everybody_share))
    everybody = ibis.union(
        busy.filter(busy.n > limit).select("initiator"), context.roles.select(initiator="account")
    )
    pairs = pairs.anti_join(everybody, "initiator")
    arrived = pairs.select("target", "first_at", "first_record", "initiator", replied=pairs.replies > 0)
    table = arrived.order_by(["first_at", "first_record", "initiator", "target"]).to_pyarrow()
    if table.num_rows == 0:
        context.note("convergence", "there are no private messages between accounts: nothing to test")
        return []
    place = {account: i for i, (account, _) in enumerate(people)}
    at: list[datetime] = table.column("first_at").to_pylist()
    times = np.array([_seconds(moment) for moment in at])
    places = np.array([place[target] for target in table.column("target").to_pylist()], dtype=np.int64)
    null = ArrivalNull(times, places, np.array([_seconds(first) for _, first in people]))
    by_place, order = np.unique(places), np.lexsort((np.arange(len(places)), places))
    starts = np.searchsorted(places[order], by_place)
    counts = np.diff(np.append(starts, len(order)))
    enough = counts >= parameters.min_members
    lag = parameters.min_members - 1
    longest = 60.0 * max(parameters.windows_minutes)
    near = places[order][lag:] == places[order][: len(order) - lag]
    near &= times[order][lag:] - times[order][: len(order) - lag] <= longest
    crowded = set(places[order][lag:][near].tolist())  # somebody has min_members within the longest window
    tested: list[tuple[str, Window]] = []
    by_target: dict[str, list[int]] = {}
    for spot, start, count in zip(by_place.tolist(), starts.tolist(), counts.tolist(), strict=True):
        if spot not in crowded:
            continue
        rows = order[start : start + count].tolist()
        window = null.best_window(
            times[rows].tolist(), spot, windows=[60.0 * m for m in parameters.windows_minutes],
            min_members=parameters.min_members,
        )
        if window is not None:
            by_target[people[spot][0]] = rows
            tested.append((people[spot][0], window))
    others = int(enough.sum()) - len(tested)  # enough contacts, but never together: tests all the same
    adjusted = benjamini_hochberg([window.p_value for _, window in tested] + [1.0] * others)
    initiators, records = table.column("initiator").to_pylist(), table.column("first_record").to_pylist()
    replied = table.column("replied").to_pylist()
    events = []
    for (target, window), q_value in zip(tested, adjusted, strict=False):
        if q_value > parameters.weak_q:
            continue
        rows = by_target[target][window.first : window.first + window.count]
        events.append(
            _Event(
                target, tuple(initiators[r] for r in rows), tuple(f"messages:{records[r]}" for r in rows),
                at[rows[0]], at[rows[-1]], sum(bool(replied[r]) for r in rows),
                _other_burst(times[by_target[target]], window),
                times[rows[0]] - null.appeared[place[target]] <= NEWCOMER_SECONDS, window, q_value,
            )
        )
    return events


def _other_burst(times: Floats, window: Window) -> int:
    """The most contacts within the window's length among those that are not in the window."""
    outside = np.delete(times, np.arange(window.first, window.first + window.count))
    counts = np.searchsorted(outside, outside + window.seconds, side="right") - np.arange(len(outside))
    return int(counts.max(initial=0))


def _together_elsewhere(context: DetectionContext, events: Sequence[_Event]) -> dict[str, tuple[int, int]]:
    """By target: on how many other targets most of the members came within the same time, and the most who did."""
    members = sorted({member for event in events for member in event.members})
    names = ibis.memtable(pa.table({"initiator": members}))
    contacts: dict[str, list[tuple[str, datetime]]] = {}
    for member, target, moment in context.rows(
        context.pairs.semi_join(names, "initiator").select("initiator", "target", "first_at")
    ):
        contacts.setdefault(member, []).append((target, moment))
    result = {}
    for event in events:
        visits: dict[str, list[datetime]] = {}
        for member in event.members:
            for target, moment in contacts.get(member, []):
                if target != event.target:
                    visits.setdefault(target, []).append(moment)
        span = timedelta(seconds=event.window.seconds)
        most, times = 0, 0
        for moments in visits.values():
            moments.sort()
            together = max(sum(1 for m in moments[i:] if m - moments[i] <= span) for i in range(len(moments)))
            most = max(most, together)
            times += together >= max(3, len(event.members) / 2)
        result[event.target] = (times, most)
    return result


def _spoke_before(context: DetectionContext, events: Sequence[_Event]) -> dict[str, int]:
    """By target: room messages it wrote in the hour before the first of them came."""
    wanted = ibis.memtable(
        pa.table(
            {"sender": [e.target for e in events], "came": pa.array([e.first_at for e in events], pa.timestamp("us"))}
        )
    )
    messages = context.table("messages")
    posted = messages.filter(messages.room.notnull()).select("sender", "sent_at")
    near = posted.join(wanted, ["sender"]).filter(
        lambda t: (t.sent_at <= t.came) & (t.sent_at >= t.came - ibis.interval(hours=1))
    )
    return dict(context.rows(near.group_by("sender").agg(n=lambda t: t.count())))


def _finding(
    event: _Event,
    elsewhere: tuple[int, int],
    age: tuple[bool, str | None],
    role: str | None,
    spoke: dict[str, int],
    parameters: ConvergenceParameters,
) -> Finding:
    times, most = elsewhere
    q = event.q_value
    tier: Tier = "strong" if q <= parameters.strong_q else "moderate" if q <= parameters.moderate_q else "weak"
    greeted = event.newcomer and most >= 2
    if tier == "strong" and event.replies >= parameters.welcome_answers * event.window.count:
        tier = "moderate"
    if role is not None or greeted or event.others >= parameters.min_members:
        tier = "weak"
    minutes = event.window.seconds / 60
    excess = max(event.window.count - event.window.expected, 0.0)
    base = {"weak": 0, "moderate": 1, "strong": 2}[tier]
    reasons = [
        Reason(
            "converging first contacts", event.window.count, round(event.window.expected, 4),
            f"{event.window.count} accounts wrote to this account for the first time within {minutes:.0f} minutes; "
            f"{event.window.expected:.2f} are expected from what it receives, how new it was and how busy the hour.",
            event.records,
        )
    ]
    if age[0]:
        reasons.append(
            Reason("target is a minor", None, None, f"By evidence of that moment the account is a minor's ({age[1]}).")
        )
    counter = []
    if greeted:
        counter.append(
            CounterEvidence(
                "newcomer", None, None,
                "It was its first day here, and some of these accounts come together on other people as well: "
                "consistent with regulars who greet newcomers.",
            )
        )
    if most >= 2:
        counter.append(
            CounterEvidence(
                "together elsewhere", most, None,
                f"Up to {most} of these accounts came together on another target as well"
                + (f", on {times} targets most of them." if times else "."),
            )
        )
    if event.others >= parameters.min_members:
        counter.append(
            CounterEvidence(
                "again and again", event.others, None,
                f"At another time {event.others} other accounts came to it within the same span: consistent with "
                "public attention that recurs (a stream, an event).",
            )
        )
    if role is not None:
        counter.append(CounterEvidence("role", None, None, f"The target is a {role}: being written to is its task."))
    if event.target in spoke:
        counter.append(
            CounterEvidence(
                "drew attention", spoke[event.target], None,
                f"It posted {spoke[event.target]} room messages in the hour before: an answer to these is possible.",
            )
        )
    counter.append(
        CounterEvidence(
            "answers", event.replies, None, f"The account answered {event.replies} of {event.window.count} of them."
        )
    )
    counter.append(
        CounterEvidence(
            "what would clear it", None, None,
            "A public occasion: an announcement, a birthday, a stream, a game or a question asked to all.",
        )
    )
    return Finding(
        kind="convergence", members=event.members, targets=(event.target,), tier=tier,
        score=(base + excess / (excess + 10.0)) / 3.0, q_value=q, first_at=_text(event.first_at),
        last_at=_text(event.last_at), reasons=tuple(reasons), counter_evidence=tuple(counter), qualifier=event.target,
    )


def _seconds(moment: datetime) -> float:
    return moment.replace(tzinfo=UTC).timestamp()


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds") + "Z"
