"""What can be set of the hub detection, in which unit, and why is the default what it is?"""

from dataclasses import dataclass

from graph.detect.parameters import Parameters, setting

PARTS = {
    "ages": "Ages of those it writes to",
    "senders": "Ages of those who write to it",
    "circles": "Whether its minors know each other",
    "begun": "Who begins the chats",
    "number": "How many minors",
    "reports": "Reports by people it wrote to",
    "anybody": "Writing to whoever is there",
    "inferred": "Ages inferred from contacts",
}
"""What the evidence is made of beside the share of minors; each can be left out, which the ablation table does."""


@dataclass(frozen=True)
class HubParameters(Parameters):
    """Defaults were chosen by hand on the tuning seeds of the makers together; see docs/methods/hub.md."""

    moderate_evidence: float = setting(
        4.0, label="Bound of a moderate lead", unit="nats",
        why="of leads from 3.5 to 4 on test platforms two in five were right, of moderate ones above seven in ten and "
        "more with three makers of five"
    )
    strong_evidence: float = setting(
        6.0, label="Bound of a strong lead", unit="nats",
        why="chosen by hand; on most test platforms nine in ten such leads or more were right, on those of schools "
        "nine of 24"
    )
    weak_evidence: float = setting(
        1.0, label="Bound of a weak lead", unit="nats",
        why="with less, an ordinary account is the likelier reading: one hub in a hundred has less"
    )
    seldom: float = setting(
        0.01, label="Rarity that lifts a lead above weak", unit="q-value",
        why="up to it, and with that excess of minors or more, a lead is weak only where something explains it",
        above=0.0, below=1.0,
    )
    usual: float = setting(
        0.15, label="Rarity without which a lead stays weak", unit="q-value",
        why="above it a lead is never more than weak: it is what chance brings; up to 0.2 11 of 42 were right, on 48 "
        "platforms", above=0.0, at_most=1.0,
    )
    sure: float = setting(
        0.03, label="Rarity required of a strong lead", unit="q-value",
        why="above it no lead is strong; two of 526 strong ones were wrong, with 0.034 and 0.043", above=0.0, below=1.0,
    )
    odds_at_least: float = setting(
        2.0, label="Excess of minors, at least", unit="odds ratio", why="less is no effect worth a look", at_least=1.0
    )
    min_minors: int = setting(
        3, label="Minors, at least", unit="minors", why="fewer first contacts with minors say nothing of a habit",
        at_least=2
    )
    min_contacts: int = setting(
        5, label="First contacts, at least", unit="first contacts", why="with fewer there is no habit", at_least=2
    )
    likely_age: float = setting(
        0.9, label="Certainty of an age inferred from contacts", unit="probability",
        why="from it on who states no age counts as a minor, or as an adult, by its contacts", at_least=0.5, below=1.0,
    )
    parts: tuple[str, ...] = setting(
        tuple(PARTS), choices=PARTS, label="Signals in use", unit="signals",
        why="what speaks beside the share of minors; leave one out to see what it contributes"
    )
    lies: float = setting(
        0.08, label="False ages among those stated", unit="share",
        why="stated ages that are not true and say nothing; minors among them are half as many for every group of age "
        "beyond just 18", above=0.0, below=0.5,
    )
    raised_ages: float = setting(
        0.25, label="Minors among those who state 18", unit="share",
        why="minors among those who state just 18; of children with an account a third state 18 up",
        source="Ofcom 2022, Children's Online User Ages", above=0.0, below=1.0,
    )
    seeker_odds: tuple[float, ...] = setting(
        (2.0, 3.0, 5.0, 8.0, 13.0, 21.0, 34.0), label="Degrees of preference for minors", unit="odds ratio", above=1.0,
        why="how much likelier than others somebody who seeks minors chooses one; each degree is as likely as the next",
    )
    dispersion: float = setting(
        0.01, label="Spread among accounts of one age", unit="intra-class correlation", above=0.0, below=0.5,
        why="how far accounts of one age differ in how many minors they choose; what chance brings is measured apart",
    )
    temper: float = setting(
        0.5, label="Weight of the signals taken together", unit="power",
        why="the signals of one account are not independent: together they count in part",
        source="Grünwald 2012, the safe Bayesian", above=0.0, at_most=1.0,
    )
    present_people: float = setting(
        20.0, label="Weight of the platform beside the rooms", unit="people", above=0.0,
        why="weight of the day's platform beside the people seen in an account's rooms"
    )
    contacts_cap: float = setting(
        10.0, label="Contacts of one account that count, at most", unit="first contacts",
        why="an account tells at most so many of what is ordinary", at_least=1.0
    )
    anybody: float = setting(
        0.001, label="Accounts that write to anybody", unit="share",
        why="accounts that write to anybody, before their texts and their arrivals are looked at", above=0.0, below=0.5,
    )
    further_begun: float = setting(
        2.0, label="Further chats begun", unit="chats",
        why="how many more chats than usual somebody who seeks begins, before anything of the account is looked at",
        above=0.0
    )
    report_ratio: float = setting(
        3.0, label="Weight of a report", unit="likelihood ratio",
        why="of a report by somebody it wrote to first: anyone can report anyone", at_least=1.0,
    )
    reports_cap: int = setting(
        2, label="Reports that count, at most", unit="reports", why="many reports may be one campaign", at_least=0
    )
    egonet_contacts: int = setting(
        400, label="Contacts compared with each other, at most", unit="contacts", at_least=2,
        why="of an account's first ones it is asked whether they know each other; bounds the cost",
    )
    same_text: float = setting(
        0.3, label="Openings with one text", unit="share",
        why="of openings with one text; from here on a mailing to anybody grows likely", above=0.0, below=1.0,
    )
    records_cap: int = setting(
        500, label="Records cited in a reason, at most", unit="records",
        why="a reason cites at most so many, likely minors apart", at_least=1
    )

    def check(self) -> None:
        if not self.weak_evidence <= self.moderate_evidence < self.strong_evidence:
            raise ValueError("weak_evidence <= moderate_evidence < strong_evidence must hold")
        if not max(self.seldom, self.sure) < self.usual:
            raise ValueError("seldom and sure must lie below usual")
