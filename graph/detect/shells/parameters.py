"""What does the shells detection assume?  Its parameters, each with unit, reason and bounds."""

from dataclasses import dataclass

from graph.detect.parameters import Parameters, setting

PARTS = ("names", "turns", "overlaps", "devices", "targets", "talk", "differing")


@dataclass(frozen=True)
class ShellParameters(Parameters):
    """Parameters of the shells detection; see docs/methods/shell.md.  Weights are bits (log2 of a likelihood ratio)."""

    companions: float = setting(
        0.1, unit="accounts", above=0.0,
        why="further accounts that an account has on average: the prior over strangers",
        source="10 to 11 % of Facebook's active accounts were duplicates (annual reports for 2017 to 2020)",
    )
    agreement: float = setting(
        0.5, unit="probability", above=0.0, below=1.0, why="how often two accounts of one operator agree on a mark",
    )
    address_coincidence: float = setting(
        0.3, unit="accounts", above=0.0,
        why="strangers with whom an account shares a private address: lines are given another one",
    )
    coincidence: float = setting(
        0.004, unit="accounts", above=0.0,
        why="strangers with whom an account shares a private mark: numbers given out again, phones sold, slips",
    )
    private_holders: int = setting(
        8, unit="accounts", at_least=2, why="a mark that no more accounts ever held is private: a home or one operator",
    )
    most_holders: int = setting(
        25, unit="accounts", at_least=2, why="a value that more accounts hold (a carrier, a school) links nobody",
    )
    most_names: int = setting(10, unit="accounts", at_least=2, why="the same for the skeleton of a name")
    home_bits: float = setting(
        -2.0, unit="bits", why="log2 odds of one operator over two people of one home, where an address or an hour "
        "speaks of one",
    )
    unknown_home_bits: float = setting(
        -1.0, unit="bits", why="the same where nothing tells, or a device is shared that may be used in turn",
    )
    apart_bits: float = setting(
        4.0, unit="bits", why="the same where both had an address on one day, and never one in common",
    )
    home_things: float = setting(
        0.35, unit="probability", above=0.0, below=1.0,
        why="how often two people of one home hold a device, a cookie or a payment mark in common",
    )
    home_address: float = setting(
        0.8, unit="probability", above=0.0, below=1.0, why="the same for an address on one day: more than an operator",
    )
    home_contacts: float = setting(
        0.1, unit="probability", above=0.0, below=1.0, why="the same for a phone or an e-mail: people have their own",
    )
    home_names: float = setting(
        0.0005, unit="probability", above=0.0, below=1.0,
        why="the same for names alike, before the platform's homes are looked at: one of 900 pairs on three makers",
    )
    known_pairs: float = setting(
        200.0, unit="pairs", above=0.0,
        why="so much weighs what is usual of homes beside the platform's own pairs that share a mark",
        source="simulated platforms: with 100 fewer rings are found, with 300 more households",
    )
    home_turns: float = setting(
        0.05, unit="share of visits", at_least=0.0, below=1.0,
        why="at home, or on one device, so many of one's visits follow the other's at once by custom",
    )
    turn_shape: float = setting(
        10.0, unit="shape of a gamma distribution", above=0.0,
        why="the two of a pair leave and come after each other more or less often than their hours say, to this extent",
    )
    acquainted: float = setting(
        0.15, unit="share of first contacts", at_least=0.0, below=1.0,
        why="what people of one home have in common beyond chance",
    )
    operator_use: float = setting(
        0.75, unit="share of sessions", above=0.0, below=1.0, why="what an operator's accounts run on common devices",
    )
    home_use: float = setting(
        0.5, unit="share of sessions", above=0.0, below=1.0, why="the same of people who share one",
    )
    operator_devices: int = setting(
        2, unit="devices", at_least=1, why="an operator's accounts run on so many, a café has as many as guests",
    )
    use_strength: float = setting(
        4.0, unit="prior sessions", above=0.0, why="how alike these shares are from account to account, as a Beta",
    )
    use_bits: float = setting(
        1.0, unit="bits", at_least=0.0,
        why="most that the use of a device says over strangers: who found or borrowed one uses it little, too",
    )
    slips: float = setting(
        0.1, unit="share", above=0.0, below=1.0, why="so much of what two people are there at once, an operator is",
    )
    least_overlaps: float = setting(
        0.2, unit="visits", above=0.0, why="two people are there at once so often at the least, whatever is expected",
    )
    succession: float = setting(
        0.07, unit="probability", above=0.0, below=1.0,
        why="how often an operator's account comes on a device when the other is gone for good; beside how often any "
        "two accounts of the platform follow each other so",
    )
    exclusive_bits: float = setting(
        6.0, unit="bits", at_least=0.0,
        why="most that is said by how many of both accounts' sessions run on common devices: people who share one also "
        "have their own",
    )
    differing_bits: float = setting(
        -2.0, unit="bits", at_most=0.0,
        why="what it says of two who share no private mark that both have devices, or addresses, and none in common",
    )
    talk_bits: float = setting(-5.0, unit="bits", at_most=0.0, why="conversation with each other: two people do that")
    talk_messages: int = setting(3, unit="messages each way", at_least=1, why="from so many on it is a conversation")
    handover_s: int = setting(180, unit="seconds", at_least=1, why="one account ends and another begins within this")
    loose_handover_s: int = setting(
        900, unit="seconds", at_least=1, why="the same where presence is known from messages only",
    )
    burst_gap_s: int = setting(
        300, unit="seconds", at_least=1, why="messages no further apart are one visit, where there are no sessions",
    )
    most_turn_bits: float = setting(12.0, unit="bits", at_least=0.0, why="most that hand-overs add: each is a visit")
    most_behaviour_bits: float = setting(
        5.0, unit="bits", at_least=0.0, why="most that any other conduct adds: its nulls hold to about 1 in 2,000",
    )
    most_name_bits: float = setting(
        11.0, unit="bits", at_least=0.0, why="most that a name adds: people imitate each other",
    )
    least_overlap_bits: float = setting(
        -12.0, unit="bits", at_most=0.0, why="most that being there at once on two devices takes away",
    )
    silence_bits: float = setting(
        0.5, unit="bits", at_least=0.0,
        why="what it takes away that two accounts of a chain share nothing themselves",
    )
    family_bits: float = setting(2.0, unit="bits", above=0.0, why="from so many on a family of evidence speaks")
    moderate: float = setting(
        2.25, unit="bits", above=0.0, why="tier bound: nearly five to one for one operator; right in 60 % on all makers"
    )
    strong: float = setting(6.49, unit="bits", above=0.0, why="tier bound: 90 to 1; one household reached 6.4")
    largest_component: int = setting(
        200, unit="accounts", at_least=2, why="linked sets with more accounts are first cut at the strong bound",
    )
    left_out: str = setting(
        "", unit="kinds, separated by commas", why="kinds of identifier not looked at, where they are the truth",
    )
    parts: tuple[str, ...] = setting(PARTS, unit="signals", why="those in use; leave one out to see what it earns")

    def check(self) -> None:
        if not self.moderate < self.strong:
            raise ValueError(f"moderate is {self.moderate:g}: allowed is a number below strong, {self.strong:g}")
        unknown = sorted({*self.parts} - {*PARTS})
        if unknown:
            raise ValueError(f"parts names {', '.join(unknown)}: allowed are {', '.join(PARTS)}")

    @property
    def kinds_left_out(self) -> frozenset[str]:
        return frozenset(kind.strip() for kind in self.left_out.split(",") if kind.strip())

    def uses(self, part: str) -> bool:
        return part in self.parts
