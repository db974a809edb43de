"""What is said for a hub lead, and what against it?  Codes and values; the sentences stand in ``wordings``."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from graph.detect.hubs.portrait import Portrait
from graph.detect.hubs.tiers import Explanation
from graph.detect.reason import CounterEvidence, Reason
from graph.detect.values import Value, count, number, share, word

_MOST = 5


@dataclass(frozen=True)
class Measured:
    """The figures of one lead; counts of people, shares in [0, 1]; see ``conduct.Conduct`` and ``portrait.Portrait``.

    ``expected``: the share of minors usual for whom the account is compared with, ``adult_expected`` for adults.  Ages
    are those known then; ``likely_known`` and ``likely_minors`` are more people by ``inferred``, ``likely_age`` how
    likely each is of that age at the least.
    """

    portrait: Portrait
    contacts: int
    known: int
    minors: int
    likely_known: int
    likely_age: float
    expected: float
    adult_expected: float
    looked: int
    ties: int
    usual_ties: float
    came: int
    came_known: int
    came_minors: int
    came_expected: float
    usual_begun: float
    arrivals: int
    adult: float
    explained: Explanation

    @property
    def likely_minors(self) -> int:
        return len(self.portrait.likely)

    @property
    def odds(self) -> float:
        """Odds of a minor among its contacts of known or likely age, over those expected; half a person each side."""
        return self.odds_over(self.expected)

    def odds_over(self, share: float) -> float:
        """The same over any share of minors."""
        usual = min(max(share, 1e-4), 1.0 - 1e-4)
        minors = self.minors + self.likely_minors + len(self.portrait.told)
        return (minors + 0.5) / (self.known + self.likely_known - minors + 0.5) * (1.0 - usual) / usual

    @property
    def pairs(self) -> int:
        """Of the minors it is asked of whether they know each other."""
        return self.looked * (self.looked - 1) // 2

    @property
    def expected_ties(self) -> float:
        """So many of the pairs know each other as is usual here."""
        return self.usual_ties * self.pairs

    @property
    def begun(self) -> float:
        """Share of its private chats that it began."""
        return self.contacts / (self.contacts + self.came)


def reasons(lead: Measured, *, records_cap: int) -> tuple[Reason, ...]:
    """The decisive one first, five at most; the first cites the first message to each minor."""
    portrait, usual, adult = lead.portrait, lead.expected * lead.known, lead.adult_expected * lead.known
    cited = portrait.records[:records_cap]
    values = {
        "minors": count(lead.minors), "contacts": count(lead.known), "usual": number(round(usual, 1)),
        "cited": count(len(cited)), "records": word("some" if len(cited) < len(portrait.records) else "all"),
        "beyond": word("more" if lead.minors > usual else "no_more"),
    }
    first = Reason("minors_among_first_contacts", values, lead.minors, round(usual, 3), "minors", cited)
    if adult < lead.minors <= usual:  # it leads as an adult who passes for younger
        values.update(usual=number(round(adult, 1)), young=number(round(usual, 1)))
        first = Reason("minors_beyond_adult_share", values, lead.minors, round(adult, 3), "minors", cited)
    return (first, *_more(lead, records_cap))[:_MOST]


def _more(lead: Measured, records_cap: int) -> Iterator[Reason]:
    portrait = lead.portrait
    if portrait.claim is not None:
        claim = portrait.claim
        values: dict[str, Value] = {
            "adult": count(claim.adult), "adult_basis": word(claim.adult_basis), "minor": count(claim.minor),
            "minor_basis": word(claim.minor_basis),
        }
        yield Reason(
            "ages_contradict", values, claim.adult, None, "years", (claim.adult_record, claim.minor_record)
        )
    if portrait.likely:
        share_usual = lead.expected if lead.minors > lead.expected * lead.known else lead.adult_expected
        usual = share_usual * lead.likely_known
        yield Reason(
            "likely_minors",
            {
                "minors": count(lead.likely_minors), "people": count(lead.likely_known),
                "unknown": count(lead.contacts - lead.known), "least": share(lead.likely_age),
                "usual": number(round(usual, 1)),
            },
            lead.likely_minors, round(usual, 3), "likely minors", portrait.likely,  # all: they tell who
        )
    if portrait.told:
        yield Reason(
            "told_to_be_minors", {"minors": count(len(portrait.told))}, len(portrait.told), None, "minors",
            portrait.told,
        )
    if portrait.reports:
        yield Reason(
            "reports_by_targets", {"reports": count(len(portrait.reports))}, len(portrait.reports), None, "reports",
            portrait.reports,
        )
    if lead.came_minors >= 3 and lead.adult >= 0.5 and lead.came_minors > 1.5 * lead.came_expected:
        yield Reason(
            "minors_drawn_in",
            {
                "minors": count(lead.came_minors), "people": count(lead.came_known),
                "usual": number(round(lead.came_expected, 1)),
            },
            lead.came_minors, round(lead.came_expected, 3), "minors", portrait.drawn[:records_cap],
        )
    if lead.ties + 1.0 <= lead.expected_ties:  # by one pair at least, or it says nothing
        yield Reason("strangers_to_each_other", *_ties(lead, records_cap))
    if lead.begun > lead.usual_begun and lead.begun >= 0.7:
        yield Reason(
            "chats_begun",
            {
                "begun": count(lead.contacts), "chats": count(lead.contacts + lead.came),
                "usual": share(lead.usual_begun),
            },
            lead.contacts, round(lead.usual_begun * (lead.contacts + lead.came), 3), "chats",
            portrait.begun[:records_cap],
        )
    if portrait.minor and portrait.claim is None and lead.minors > lead.expected * lead.known:
        yield Reason("teenage_age_is_a_claim", *_stated_age(portrait))


def counter_evidence(lead: Measured, *, records_cap: int) -> tuple[CounterEvidence, ...]:
    """The harmless explanation that holds, what is uncertain, at last what would clear the lead."""
    against = (*_explanation(lead), *_doubts(lead), CounterEvidence("what_would_clear_it"))
    return tuple(replace(part, records=part.records[:records_cap]) for part in against)


def _explanation(lead: Measured) -> Iterator[CounterEvidence]:
    portrait = lead.portrait
    if lead.explained == "role":
        yield CounterEvidence("role", {"role": word(portrait.role or "staff")})
    elif lead.explained == "writes_to_whoever_arrives":
        yield CounterEvidence(
            "writes_to_whoever_arrives",
            {"arrivals": count(lead.arrivals), "contacts": count(lead.contacts)}, lead.arrivals, None, "people",
        )
    elif lead.explained == "one_text_for_all":
        yield CounterEvidence("one_text_for_all", {"share": share(portrait.same_text)}, round(portrait.same_text, 4))
    elif lead.explained == "circle_of_friends":
        yield CounterEvidence(
            "circle_of_friends",
            {
                "answered": count(portrait.replied), "minors": count(lead.minors), "ties": count(lead.ties),
                "pairs": count(lead.pairs),
            },
            portrait.replied, None, "minors", (*portrait.answers, *portrait.ties),
        )
    elif lead.explained == "know_each_other":
        yield CounterEvidence("know_each_other", *_ties(lead))


def _ties(lead: Measured, most: int | None = None) -> tuple[dict[str, Value], int, float, str, tuple[str, ...]]:
    """Values, observed, expected, unit and records of what is said of the minors who know each other."""
    values = {
        "ties": count(lead.ties), "pairs": count(lead.pairs), "minors": count(lead.looked),
        "looked": word("some" if lead.looked < lead.minors else "all"), "usual": number(round(lead.expected_ties, 1)),
    }
    return values, lead.ties, round(lead.expected_ties, 3), "pairs", lead.portrait.ties[:most]


def _stated_age(portrait: Portrait) -> tuple[dict[str, Value], int | None, None, str, tuple[str, ...]]:
    """Values, observed, expected, unit and record of what is said of the age it states."""
    values: dict[str, Value] = {"basis": word(portrait.basis or "declared"), "age": count(portrait.age or 0)}
    return values, portrait.age, None, "years", (portrait.age_record,) if portrait.age_record else ()


def _doubts(lead: Measured) -> Iterator[CounterEvidence]:
    portrait = lead.portrait
    if portrait.minor:
        yield CounterEvidence("holder_may_be_a_minor", *_stated_age(portrait))
    elif portrait.basis is None:
        yield CounterEvidence("own_age_unknown")
    elif lead.adult < 0.8:
        yield CounterEvidence("just_of_age", *_stated_age(portrait))
    if portrait.replied >= 0.5 * lead.minors and lead.explained != "circle_of_friends":
        yield CounterEvidence(
            "most_answered", {"answered": count(portrait.replied), "minors": count(lead.minors)},
            portrait.replied, None, "minors", portrait.answers,
        )
    if lead.begun < lead.usual_begun:
        yield CounterEvidence(
            "chats_begun_by_others", {"came": count(lead.came), "chats": count(lead.contacts + lead.came)},
            lead.came, math.floor((1.0 - lead.usual_begun) * (lead.contacts + lead.came) * 1000) / 1000, "chats",
            portrait.came,
        )
    others = len(portrait.elsewhere)
    if others:
        likely = word(("none", "one", "several")[min(portrait.perhaps, 2)])
        later = lead.contacts - lead.minors - others
        yield CounterEvidence(
            "contacts_not_known_to_be_minors",
            {
                "others": count(others), "contacts": count(lead.contacts), "adults": count(portrait.adults),
                "unknown": count(others - portrait.adults - portrait.with_role), "roles": count(portrait.with_role),
                "likely": likely, "perhaps": count(portrait.perhaps), "minors": count(lead.minors),
                "later": count(later), "told": word(("none", "one", "several")[min(later, 2)]),
            },
            others, None, "people", portrait.elsewhere,
        )
