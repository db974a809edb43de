"""How much is a crew to be trusted?  Signs for it, signs of a look-alike, a score and a tier."""

from dataclasses import dataclass
from math import exp, log2, log10
from statistics import fmean

from graph.detect.ambush.crews import Crew
from graph.detect.ambush.parameters import MOST_MINOR_BITS, AmbushParameters
from graph.detect.ambush.surroundings import Surroundings
from graph.detect.finding import Tier

ALONE_Q = 1e-6  # where nothing but the co-hits speaks, chance must be this unlikely for a strong lead
FEW = 4  # targets from which a share of arrivals says something
MINOR_BITS = 2.0  # four to one for a preference for minors


@dataclass(frozen=True)
class Weighing:
    """What speaks for and against a crew, as yes or no."""

    minor_bits: float  # log2 likelihood of a preference for minors over what is usual; 0 where no age is known
    ages: bool  # some age of a target is known
    chatter: bool
    apart: bool | None  # contacts that did not grow out of a room the two were in together; None: no rooms known
    chosen: bool  # most of the members' first contacts go to the common victims
    rush: bool
    greeting: bool  # the targets had just arrived far more often than is usual
    crowd: bool
    young: bool  # half of the members or more are minors themselves
    answered: bool  # nearly all contacts were answered, as those of friends are
    seldom: bool  # a member stayed away from more targets than it came to
    letters: bool  # members say one text to everyone
    company: bool  # others came to most targets as well, half as many as members or more
    talk_bits: float
    report_bits: float

    @property
    def against(self) -> int:
        """How many signs of a look-alike."""
        return self.rush + self.greeting + self.crowd + self.young

    @property
    def ratio(self) -> float:
        """How many times likelier minors, talk and reports are with a crew than without."""
        return float(2 ** (max(0.0, self.minor_bits) + self.talk_bits * self.chatter + self.report_bits))

    @property
    def each_for_itself(self) -> bool:
        """Nothing but the meetings speaks for the group, and these are as of people who decide each for themselves."""
        return (self.seldom or self.letters or self.company) and not (self.minors or self.chatter)

    @property
    def minors(self) -> bool:
        return self.minor_bits >= MINOR_BITS


def weigh(crew: Crew, around: Surroundings, parameters: AmbushParameters) -> Weighing:
    """Each corroboration and look-alike sign, by the documented bound."""
    coverage = around.coverage
    return Weighing(
        minor_bits=minor_bits(around.minor_victims, len(crew.victims), around.minor_expected),
        ages=around.minor_expected is not None,
        chatter=around.chatter >= 3 and around.chatter >= parameters.chatter_ratio * around.chatter_expected,
        apart=None if around.hits_in_room is None else around.hits_in_room * 4 <= around.hits,
        chosen=around.members_on_victims * 2 >= around.own_contacts,
        rush=coverage is not None and coverage >= parameters.rush_coverage,
        greeting=len(crew.victims) >= FEW and greets(around, len(crew.victims), parameters),
        crowd=around.crowded(parameters.outsider_share) * 2 > len(crew.victims),
        young=around.minor_members * 2 >= len(crew.members),
        answered=around.answered >= parameters.answered_share * around.hits,
        seldom=comers(crew) < comers_by_halves(len(crew.members)),
        letters=(
            around.same_text is not None and len(crew.victims) >= FEW and around.same_text >= parameters.same_text
        ),
        company=around.crowded(parameters.company_share) * 2 > len(crew.victims),
        talk_bits=parameters.talk_bits,
        report_bits=min(len(around.reports), parameters.reports_cap) * log2(parameters.report_ratio),
    )


def comers(crew: Crew) -> float:
    """How many of the members came to a target on average, those ahead or late included."""
    return fmean(len(meeting.hits) + len(meeting.asides) for meeting in crew.convergences)


def comers_by_halves(members: int) -> float:
    """How many would come to a target that two or more came to if each came to every other one, at random.

    The mean of a binomial count without 0 and 1, as targets with fewer comers are none of the group's.
    """
    absent = 0.5**members
    return members * (0.5 - absent) / (1.0 - absent * (1 + members))


def minor_bits(minors: int, targets: int, expected: float | None) -> float:
    """log2 likelihood ratio of ``minors`` among ``targets``: a share halfway to all against the usual one.

    Within ``MOST_MINOR_BITS``.  The usual share is kept between 2 % and 98 %, as no platform is known that well.
    """
    if expected is None:
        return 0.0
    usual = min(0.98, max(0.02, expected / targets))
    preferred = (1.0 + usual) / 2.0
    bits = minors * log2(preferred / usual) + (targets - minors) * log2((1.0 - preferred) / (1.0 - usual))
    return max(-MOST_MINOR_BITS, min(MOST_MINOR_BITS, bits))


def greets(around: Surroundings, targets: int, parameters: AmbushParameters) -> bool:
    """Whether so many arrivals among the targets are likelier with people who greet than with anybody's contacts."""
    usual = min(0.98, max(0.02, around.arrival_share))
    greeter = max(parameters.greeting_share, usual)
    arrivals, others = around.arrivals, targets - around.arrivals
    bits = arrivals * log2(greeter / usual) + others * log2((1.0 - greeter) / (1.0 - usual))
    return bits >= log2(parameters.greeting_ratio)


def told(crew: Crew, signs: Weighing, parameters: AmbushParameters) -> bool:
    """Whether a group is reported: beyond chance, or nearly so with minors or talk, and then with nothing against.

    The likelihood ratio of evidence that does not come from the co-hits is an e-value; a bound divided by it is again
    one (Vovk and Wang 2021).  Each of the two ways has its part of the error: alpha and half of it.
    """
    return crew.q <= parameters.alpha or (not signs.against and together(crew, signs) <= parameters.alpha / 2)


def together(crew: Crew, signs: Weighing) -> float:
    """The bound divided by the likelihood ratio of what else speaks for the group."""
    return crew.q / signs.ratio


def score_of(crew: Crew, signs: Weighing, tier: Tier) -> float:
    """A number in [0, 1] that orders crews, a third of it a tier: logistic of -log10 q (halved, up to 6) and signs."""
    points = min(6.0, -log10(max(crew.q, 1e-300)) / 2) - 2.0
    points += 0.35 * signs.minor_bits + signs.chatter + 0.5 * (signs.apart is True) + 0.5 * signs.chosen
    points -= 3.0 * signs.rush + 2.0 * signs.greeting + 2.0 * signs.crowd + 1.5 * signs.young
    return (("weak", "moderate", "strong").index(tier) + 1.0 / (1.0 + exp(-points))) / 3.0


def tier_of(crew: Crew, signs: Weighing, parameters: AmbushParameters) -> Tier:
    """Strong: beyond chance, corroborated, no sign of a look-alike; weak: two such signs, or one and nothing for it.

    Two signs that stand on evidence of their own (minors, talk, chosen targets) make up for a small crew's ``q``.
    Nearly all answered and no minors more than usual: friends who make friends, weak; moderate at most where members
    talk around it or no age is known.
    Where members came to the targets seldom, with one text or among others, and neither minors nor talk speak for the
    group, its meetings may be those of people who decide each for themselves (promoters, dealers, bots): moderate.
    A group that greets or rushes to arrivals, and not to minors more than usual, is weak as well: regulars or friends.
    """
    met_elsewhere = signs.apart is not False  # no room explains the contacts, or there are no rooms in the evidence
    corroborated = signs.minors or signs.chatter or (met_elsewhere and (signs.chosen or crew.q <= ALONE_Q))
    welcome = (signs.rush or signs.greeting) and not signs.minors
    friends = signs.answered and not signs.minors  # a crew's victims may answer: their age tells
    if signs.against >= 2 or (signs.against and not corroborated) or welcome or (
        friends and signs.ages and not signs.chatter
    ):
        return "weak"
    capped = signs.against or friends or signs.each_for_itself
    backed = signs.minors + signs.chatter + (met_elsewhere and signs.chosen) >= 2
    if crew.q <= (parameters.backed_q if backed else parameters.strong_q) and corroborated and not capped:
        return "strong"
    return "moderate"
