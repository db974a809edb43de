"""How does a crew become a finding?  Score, tier, reasons and counter-evidence, in words."""

from dataclasses import dataclass
from datetime import datetime
from math import exp, log2, log10
from statistics import fmean

from graph.detect.ambush.crews import Convergence, Crew
from graph.detect.ambush.parameters import AmbushParameters
from graph.detect.ambush.surroundings import Surroundings
from graph.detect.finding import CounterEvidence, Finding, Reason, Tier

ALONE_Q = 1e-6  # where nothing but the co-hits speaks, chance must be this unlikely for a strong lead
FEW = 4  # targets from which a share of arrivals says something
MINOR_BITS = 2.0  # four to one for a preference for minors
NAMED = 6  # convergences written out in a replay; the rest are counted


@dataclass(frozen=True)
class Weighing:
    """What speaks for and against a crew, as yes or no."""

    minor_bits: float  # log2 likelihood of a preference for minors over what is usual; 0 where no age is known
    chatter: bool
    apart: bool | None  # contacts that did not grow out of a room the two were in together; None: no rooms known
    chosen: bool  # most of the members' first contacts go to the common victims
    rush: bool
    greeting: bool  # nearly all targets had just arrived
    crowd: bool
    young: bool  # half of the members or more are minors themselves

    @property
    def minors(self) -> bool:
        return self.minor_bits >= MINOR_BITS


def weigh(crew: Crew, around: Surroundings, parameters: AmbushParameters) -> Weighing:
    """Each corroboration and look-alike sign, by the documented bound."""
    coverage = around.coverage
    return Weighing(
        minor_bits=minor_bits(around.minor_victims, len(crew.victims), around.minor_expected),
        chatter=around.chatter >= 3 and around.chatter >= parameters.chatter_ratio * around.chatter_expected,
        apart=None if around.hits_in_room is None else around.hits_in_room * 4 <= around.hits,
        chosen=around.members_on_victims * 2 >= around.own_contacts,
        rush=coverage is not None and coverage >= parameters.rush_coverage,
        greeting=len(crew.victims) >= FEW and around.arrivals >= parameters.greeting_share * len(crew.victims),
        crowd=around.outsider_share > parameters.outsider_share,
        young=around.minor_members * 2 >= len(crew.members),
    )


def minor_bits(minors: int, targets: int, expected: float | None) -> float:
    """log2 likelihood ratio of ``minors`` among ``targets``: a share halfway to all against the usual one, within 6.

    The usual share is kept between 2 % and 98 %, as no platform is known that well.
    """
    if expected is None:
        return 0.0
    usual = min(0.98, max(0.02, expected / targets))
    preferred = (1.0 + usual) / 2.0
    bits = minors * log2(preferred / usual) + (targets - minors) * log2((1.0 - preferred) / (1.0 - usual))
    return max(-6.0, min(6.0, bits))


def score_of(crew: Crew, signs: Weighing) -> float:
    """A number in [0, 1] that orders crews: logistic of -log10 q (halved, up to 6) and the signs."""
    points = min(6.0, -log10(max(crew.q, 1e-300)) / 2) - 2.0
    points += 0.35 * signs.minor_bits + signs.chatter + 0.5 * (signs.apart is True) + 0.5 * signs.chosen
    points -= 3.0 * signs.rush + 2.0 * signs.greeting + 2.0 * signs.crowd + 1.5 * signs.young
    return 1.0 / (1.0 + exp(-points))


def tier_of(crew: Crew, signs: Weighing, parameters: AmbushParameters) -> Tier:
    """Strong: beyond chance, corroborated, no sign of a look-alike; weak: two such signs, or one and nothing for it.

    A group that greets or rushes to arrivals, and not to minors more than usual, is weak as well: regulars or friends.
    """
    against = signs.rush + signs.greeting + signs.crowd + signs.young
    met_elsewhere = signs.apart is not False  # no room explains the contacts, or there are no rooms in the evidence
    corroborated = signs.minors or signs.chatter or (met_elsewhere and (signs.chosen or crew.q <= ALONE_Q))
    if against >= 2 or (against and not corroborated) or ((signs.rush or signs.greeting) and not signs.minors):
        return "weak"
    if crew.q <= parameters.strong_q and corroborated and not against:
        return "strong"
    return "moderate"


def lead(crew: Crew, around: Surroundings, parameters: AmbushParameters) -> Finding:
    """The finding of one crew."""
    signs = weigh(crew, around, parameters)
    first = min(meeting.first_at for meeting in crew.convergences)
    last = max(meeting.last_at for meeting in crew.convergences)
    return Finding(
        kind="ambush", members=crew.members, targets=crew.victims, tier=tier_of(crew, signs, parameters),
        score=score_of(crew, signs), q_value=min(1.0, crew.q), first_at=instant(first), last_at=instant(last),
        reasons=_reasons(crew, around, signs),
        counter_evidence=_counter(crew, around, signs),
    )


def instant(at: datetime) -> str:
    """ISO 8601 in UTC."""
    return at.isoformat() + "Z"


def told_window(seconds: int) -> str:
    """``600`` to "10 min", ``21600`` to "6 h"."""
    return f"{seconds // 3600} h" if seconds >= 3600 and seconds % 3600 == 0 else f"{seconds / 60:g} min"


def _reasons(crew: Crew, around: Surroundings, signs: Weighing) -> tuple[Reason, ...]:
    window = told_window(crew.window_s)
    records = tuple(f"messages:{hit.record}" for meeting in crew.convergences for hit in meeting.hits)
    opener, times = crew.openers[0]
    reasons = [
        Reason(
            "convergence beyond chance", crew.coincidences, crew.expected,
            f"The {len(crew.members)} accounts first wrote in private to {len(crew.victims)} common targets, "
            f"{fmean(len(meeting.hits) for meeting in crew.convergences):.1f} of them on average within {window} each "
            f"time; consistent with acting together. {crew.coincidences:.1f} times one came where another already was "
            f"(weighed by crowd), {crew.expected:.2g} expected given how much each writes; q = {crew.q:.2g} over all "
            "groups of that size.",
            records,
        ),
        Reason(
            "replay", len(crew.convergences), None,
            f"Median gap between members {crew.median_gap_s:.0f} s; {opener} came first {times} of "
            f"{len(crew.convergences)} times. " + _replay(crew.convergences),
            records,
        ),
    ]
    if signs.minors:
        reasons.append(Reason(
            "minors among the targets", around.minor_victims, around.minor_expected,
            f"{around.minor_victims} of {len(crew.victims)} common targets were minors by the evidence at that "
            f"moment; accounts of the members' age usually have {around.minor_expected:.1f} in as many.",
        ))
    if signs.chatter:
        reasons.append(Reason(
            "talk among members around the convergences", around.chatter, around.chatter_expected,
            f"{around.chatter} private messages among members within {window} of a convergence; "
            f"{around.chatter_expected:.1f} at their usual rate in the hours they are active.",
            around.chatter_records,
        ))
    if signs.chosen:
        reasons.append(Reason(
            "share of first contacts on the common targets", around.members_on_victims / around.own_contacts, None,
            f"{around.members_on_victims} of the members' {around.own_contacts} first contacts went to these targets.",
        ))
    if signs.apart:
        reasons.append(Reason(
            "contacts from outside a common room", around.hits - (around.hits_in_room or 0), None,
            f"Only {around.hits_in_room} of {around.hits} contacts followed a common hour in a room.",
        ))
    return tuple(reasons)


def _replay(meetings: tuple[Convergence, ...]) -> str:
    """Who came when, in order, for the first convergences in time."""
    ordered = sorted(meetings, key=lambda meeting: (meeting.first_at, meeting.victim))
    told = [
        f"{meeting.victim}, {instant(meeting.first_at)}: "
        + ", ".join(
            f"{hit.actor} +{(hit.at - meeting.first_at).total_seconds():.0f} s" for hit in meeting.hits
        )
        for meeting in ordered[:NAMED]
    ]
    rest = f"; showing {NAMED} of {len(ordered)}, the records hold all" if len(ordered) > NAMED else ""
    return " | ".join(told) + rest + "."


def _counter(crew: Crew, around: Surroundings, signs: Weighing) -> tuple[CounterEvidence, ...]:
    against = [
        CounterEvidence(
            "others around the targets", around.outsiders_on_victims, None,
            f"{around.outsiders_on_victims} first contacts by accounts outside the group fell on the same targets "
            f"within an hour of theirs, beside {around.members_on_victims} by members"
            + ("; a crowd like that is consistent with a popular target." if signs.crowd else "."),
        )
    ]
    if around.coverage is not None:
        against.append(CounterEvidence(
            "arrivals greeted", around.rushed, around.beside,
            f"Two members or more wrote to {around.rushed} of the {around.beside} arrivals they shared a room and hour "
            "with" + ("; consistent with regulars who greet everybody." if signs.rush else "."),
        ))
    if around.arrivals:
        against.append(CounterEvidence(
            "targets that had just arrived", around.arrivals, None,
            f"{around.arrivals} of {len(crew.victims)} targets had been seen for less than a day"
            + ("; consistent with friends or regulars who greet arrivals." if signs.greeting else "."),
        ))
    if around.hits_in_room is not None and not signs.apart:
        against.append(CounterEvidence(
            "contacts out of a common room", around.hits_in_room, around.hits,
            f"{around.hits_in_room} of {around.hits} contacts followed a common hour in a room, perhaps a meeting.",
        ))
    if around.minor_expected is None:
        against.append(CounterEvidence("ages", None, None, "No age is known of any target: minority cannot be judged."))
    elif not signs.minors:
        against.append(CounterEvidence(
            "minors among the targets", around.minor_victims, around.minor_expected,
            f"{around.minor_victims} of {len(crew.victims)} targets were minors, {around.minor_expected:.1f} are usual "
            "for accounts of the members' age.",
        ))
    if around.minor_members:
        against.append(CounterEvidence(
            "minors among the members", around.minor_members, None,
            f"{around.minor_members} of {len(crew.members)} members are minors by the evidence: a circle of friends?",
        ))
    against.append(CounterEvidence(
        "answers", around.answered, around.hits, f"{around.answered} of {around.hits} contacts were answered.",
    ))
    against.append(CounterEvidence(
        "what would clear it", None, None,
        "A common event, game or duty that brought these accounts to these targets at these times, or ordinary "
        "conversation in the cited messages.",
    ))
    return tuple(against)
