"""What is said for and against a hub lead, in words a person can check?"""

import math
from dataclasses import dataclass
from datetime import datetime

from graph.detect.finding import CounterEvidence, Reason
from graph.detect.hubs_arrivals import ArrivalMix
from graph.detect.hubs_null import Expectation

_FITS_ARRIVALS = 0.01


@dataclass(frozen=True)
class Portrait:
    """Everything measured on one candidate.  ``strangers`` of ``known`` minors share no third contact with it."""

    expectation: Expectation
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
        """Looks like a circle of friends: most targets share a third contact, and most answer."""
        return self.known > 0 and self.stranger_share < 0.5 and self.reply_share >= 0.7

    @property
    def leaning(self) -> float:
        """A factor on the rank: a tenth more or less for what corroborates or contradicts, times the share it began.

        Friends write first by turns; a hub begins nearly all of its chats.
        """
        signs = (
            (self.stranger_share >= 0.8) - (self.stranger_share < 0.5),
            (self.reply_share < self.usual_replies - 0.1) - (self.reply_share > self.usual_replies + 0.1),
            int(self.never_met > self.minors / 2),
            int(self.own_minor and self.stranger_share >= 0.8),
        )
        return (1.0 + 0.1 * sum(int(sign) for sign in signs)) * self.begun_share

    @property
    def begun_share(self) -> float:
        """Share of its private chats that it began."""
        return self.expectation.contacts / (self.expectation.contacts + self.received)

    def welcomes(self, same_text: float, arrivals_share: float) -> bool:
        """Writes to arrivals as they come: its mix fits theirs, and it goes mostly to arrivals or says one text."""
        mostly = self.mix.share >= arrivals_share
        alike = self.sameness is not None and self.sameness >= same_text and self.mix.share >= arrivals_share / 2
        return (mostly or alike) and self.mix.p_value > _FITS_ARRIVALS

    def form_letter(self, same_text: float) -> bool:
        """Opens with one text, as advertisers do."""
        return self.sameness is not None and self.sameness >= same_text


def reasons(portrait: Portrait, *, records_cap: int) -> tuple[Reason, ...]:
    """Reasons, the decisive one first; each cites the first message of each contact it counts."""
    item = portrait.expectation
    expected = item.mean * item.contacts
    counted = portrait.stranger_records
    about = "minors who are strangers to its circle"
    found = [
        Reason(
            "first contacts with minors", item.counted, round(expected, 3),
            f"{item.counted} of {item.contacts} first private contacts went to {about}; {expected:.1f} are expected "
            f"from who was there and whom accounts of this band ({item.band}) choose. "
            f"At least {max(portrait.excess, 0.0):.1f} more than expected, odds at least {_ratio(portrait.log_odds)} "
            f"times (95 %).{_cited(len(counted), records_cap)}",
            counted[:records_cap],
        )
    ]
    if portrait.known and portrait.stranger_share > portrait.usual_strangers:
        found.append(
            Reason(
                "star-shaped contacts", round(portrait.stranger_share, 4), round(portrait.usual_strangers, 4),
                f"{portrait.strangers} of {portrait.known} minors share no third contact with the account: a star, "
                f"not a circle of friends (usual in its band: {portrait.usual_strangers:.0%})."
                + _cited(len(portrait.stranger_records), records_cap),
                portrait.stranger_records[:records_cap],
            )
        )
    if portrait.reply_share < portrait.usual_replies:
        found.append(
            Reason(
                "answers", portrait.replied, round(portrait.usual_replies * portrait.minors, 3),
                f"{portrait.replied} of {portrait.minors} minors answered (usual in its band: "
                f"{portrait.usual_replies:.0%}).",
            )
        )
    if portrait.own_minor and portrait.stranger_share >= 0.8:
        found.append(
            Reason(
                "declared age against behaviour", portrait.own_age, None,
                f"The account gives a minor's age ({portrait.own_basis}), but does not behave as teenagers here do, "
                "who write within circles that know each other: consistent with an age that is not true.",
            )
        )
    if portrait.begun_share >= 0.8:
        found.append(
            Reason(
                "chats begun", item.contacts, None,
                f"It began {item.contacts} of its {item.contacts + portrait.received} private chats.",
            )
        )
    if portrait.reports:
        people = "person it had written to" if len(portrait.reports) == 1 else "people it had written to"
        found.append(
            Reason(
                "reports by those written to", len(portrait.reports), None,
                f"{len(portrait.reports)} {people} first reported it afterwards. Anyone can report anyone, so a few "
                "count for as much as many.",
                portrait.reports,
            )
        )
    if portrait.never_met > portrait.minors / 2:
        found.append(
            Reason(
                "strangers approached", portrait.never_met, None,
                f"{portrait.never_met} of {portrait.minors} minors had never posted in one room and hour with it.",
            )
        )
    if portrait.delay is not None:
        found.append(
            Reason(
                "from room to private", round(portrait.delay, 1), None,
                f"Half of the minors seen in a room that day were written to within {portrait.delay / 60:.0f} minutes "
                "of their last public message.",
            )
        )
    return tuple(found)


def counter_evidence(
    portrait: Portrait, *, same_text: float, arrivals_share: float
) -> tuple[CounterEvidence, ...]:
    """What speaks against the lead, and what would clear it."""
    item = portrait.expectation
    found = []
    if portrait.role is not None:
        found.append(
            CounterEvidence(
                "role", None, None,
                f"The account is a {portrait.role}: writing to minors can be its task. Compared with others of its "
                "role only, and kept in a queue of its own; the duty roster or its mandate would clear it.",
            )
        )
    if portrait.welcomes(same_text, arrivals_share):
        same = "" if portrait.sameness is None else f" {portrait.sameness:.0%} of its openings are one text."
        found.append(
            CounterEvidence(
                "mix of arrivals", portrait.mix.minors, round(portrait.mix.expected * portrait.mix.to_arrivals, 3),
                f"{portrait.mix.to_arrivals} of {portrait.mix.contacts} first contacts went to newcomers on their "
                f"first day, minors among them as among all newcomers: consistent with a welcome.{same}",
            )
        )
    elif portrait.form_letter(same_text):
        found.append(
            CounterEvidence(
                "one text for all", round(portrait.sameness or 0.0, 4), None,
                f"{portrait.sameness:.0%} of its openings are one text: consistent with advertising.",
            )
        )
    if portrait.friends:
        found.append(
            CounterEvidence(
                "circle of friends", round(portrait.stranger_share, 4), round(portrait.usual_strangers, 4),
                "Most of these minors share a third contact with the account and answered: consistent with friends.",
            )
        )
    if portrait.reply_share >= portrait.usual_replies:
        found.append(
            CounterEvidence(
                "answers", portrait.replied, round(portrait.usual_replies * portrait.minors, 3),
                f"{portrait.replied} of {portrait.minors} minors answered, as usual in its band or more.",
            )
        )
    if portrait.begun_share < 0.6:
        found.append(
            CounterEvidence(
                "chats begun by others", portrait.received, None,
                f"{portrait.received} of its {item.contacts + portrait.received} private chats were begun by others.",
            )
        )
    adults = item.contacts - item.minors
    found.append(
        CounterEvidence(
            "contacts not known to be minors", adults, None,
            f"{adults} of {item.contacts} first contacts went to adults or people of unknown age.",
        )
    )
    if portrait.own_age is None:
        found.append(
            CounterEvidence(
                "own age unknown", None, None,
                "Nothing tells the account's own age; proof that its holder is a minor would clear much of this.",
            )
        )
    found.append(
        CounterEvidence(
            "what would clear it", None, None,
            "A shared school, club, family or game outside the platform, or a task (teaching, coaching, moderation).",
        )
    )
    return tuple(found)


def _ratio(log_odds: float) -> str:
    return f"{math.exp(log_odds):.1f}"


def _cited(count: int, cap: int) -> str:
    return f" The first {cap} of {count} records are cited." if count > cap else ""
