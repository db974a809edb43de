"""How does a crew become a finding?  Reasons and counter-evidence as codes with their values."""

from collections import Counter
from collections.abc import Iterator

from graph.detect.ambush.meetings import Crew
from graph.detect.ambush.model import Evidence, evidence_of
from graph.detect.ambush.parameters import AmbushParameters
from graph.detect.ambush.surroundings import Surroundings
from graph.detect.finding import Finding, instant
from graph.detect.reason import CounterEvidence, Reason
from graph.detect.tiers import Bounds, below, grade
from graph.detect.values import accounts, count, number, seconds, share

SPEAKS = 0.5  # nats from which a signal is a reason, or below minus which it is counter-evidence in words of its own


def lead(crew: Crew, around: Surroundings, parameters: AmbushParameters) -> Finding:
    """The finding of one crew."""
    evidence = evidence_of(crew, around, parameters)
    hardly_more = crew.coincidences < parameters.strong_times * crew.expected  # however unlikely
    total = below(evidence.total, parameters.strong) if hardly_more or _few(crew) else evidence.total
    tier, score = grade(total, Bounds(parameters.moderate, parameters.strong))
    at = [crew.visits.moment(row) for rows in (crew.hits, *crew.replay) for row in rows]  # who came apart as well
    return Finding(
        kind="ambush", members=crew.members, targets=crew.victims, tier=tier, score=score, q_value=evidence.q_value,
        first_at=instant(min(at)), last_at=instant(max(at)),
        reasons=tuple(_reasons(crew, around)),
        counter_evidence=tuple(_counter(crew, around, evidence, hardly_more=hardly_more)),
    )


def _few(crew: Crew) -> bool:
    """Three on three: whoever watches one room answers the same posts at once, more than any usual share tells."""
    return len(crew.numbers) <= 3 and len(crew.meetings) <= 3


def _reasons(crew: Crew, around: Surroundings) -> Iterator[Reason]:
    names, actor = crew.visits.contacts.names, crew.visits.actor
    opened = Counter(names[actor[rows[0]]] for rows in crew.replay)
    first = max(opened.values())
    openers = sorted(name for name, times in opened.items() if times == first)
    yield Reason(
        "meetings",
        {
            "members": count(len(crew.numbers)), "targets": count(len(crew.meetings)),
            "window": seconds(crew.window_s), "came": count(crew.coincidences), "usual": number(crew.expected),
        },
        crew.coincidences, crew.expected, "arrivals where another member already was", crew.records(),
    )
    if around.minors_expected is not None and around.minors > around.minors_expected:
        yield Reason(
            "minors_among_targets",
            {"minors": count(around.minors), "targets": count(around.aged), "usual": number(around.minors_expected)},
            around.minors, around.minors_expected, "targets", around.to_minors,
        )
    if around.reports:
        yield Reason(
            "reports_by_targets", {"reports": count(len(around.reports))}, len(around.reports), None, "reports",
            around.reports,
        )
    yield Reason(
        "replay",
        {
            "gap": seconds(crew.median_gap_s), "opener": accounts(openers), "openers": count(len(openers)),
            "first": count(first), "targets": count(len(crew.meetings)),
        },
        crew.median_gap_s, None, "seconds between two members", crew.records(asides=True),
    )
    if crew.often_beside:
        yield Reason(
            "others_came_often",
            {
                "others": count(len(crew.often_beside)), "targets": count(len(crew.meetings)),
                "who": accounts(names[actor[rows[0]]] for rows in crew.often_beside),
            },
            len(crew.often_beside), None, "accounts", crew.messages(row for rows in crew.often_beside for row in rows),
        )


def _counter(crew: Crew, around: Surroundings, evidence: Evidence, *, hardly_more: bool) -> Iterator[CounterEvidence]:
    signals, targets = evidence.signals, count(len(crew.meetings))
    hits, window, others = {"contacts": count(around.hits)}, {"window": seconds(crew.window_s)}, len(around.others)
    yield CounterEvidence(
        "crowd_around_targets" if signals.get("company", 0.0) < -SPEAKS else "others_around_targets",
        {"others": count(others), **window, **hits}, others, None, "first contacts", around.others,
    )
    if around.with_role:
        yield CounterEvidence(
            "role_around_targets", {"others": count(len(around.with_role)), **window}, len(around.with_role), None,
            "first contacts", around.with_role,
        )
    yield CounterEvidence(
        "answered_like_friends" if signals.get("answers", 0.0) < -SPEAKS else "answers",
        {"answered": count(around.answered), **hits}, around.answered, None, "first contacts", around.answers,
    )
    if signals.get("attendance", 0.0) < -SPEAKS:
        yield CounterEvidence(
            "come_in_part", {"came": count(around.hits), "places": count(crew.possible_arrivals)}, around.hits,
            crew.possible_arrivals, "members at a target",
        )
    if hardly_more:
        yield CounterEvidence(
            "little_more_than_usual", {"came": count(crew.coincidences), "usual": number(crew.expected)},
            crew.coincidences, crew.expected, "arrivals where another member already was",
        )
    if signals.get("newcomers", 0.0) < -SPEAKS:
        yield CounterEvidence(
            "targets_newly_arrived",
            {"new": count(len(around.arrivals)), **hits, "usual": share(around.usual_newcomers)}, len(around.arrivals),
            round(around.usual_newcomers * around.hits, 3), "first contacts", around.arrivals,
        )
    if around.followed:
        yield CounterEvidence(
            "targets_seen_before", {"seen": count(len(around.followed)), **hits}, len(around.followed), None,
            "first contacts", around.followed,
        )
    if around.young:
        yield CounterEvidence(
            "minors_among_members", {"minors": count(around.young), "members": count(len(crew.numbers))},
            around.young, None, "members",
        )
    if around.minors_expected is None:
        yield CounterEvidence("no_ages")
    elif around.minors <= around.minors_expected:
        yield CounterEvidence(
            "usual_minors",
            {"minors": count(around.minors), "targets": count(around.aged), "usual": number(around.minors_expected)},
            around.minors, around.minors_expected, "targets",
        )
    if _few(crew):
        yield CounterEvidence("few_meetings", {"members": count(len(crew.numbers)), "targets": targets})
    yield CounterEvidence("what_would_clear_it")
