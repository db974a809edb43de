"""What does the shells detection assume?  Its parameters, each with unit, reason and bounds."""

from dataclasses import dataclass

from graph.detect.parameters import Parameters, setting

PARTS = {
    "names": "Names alike",
    "turns": "One after the other",
    "overlaps": "Both there at once",
    "devices": "Who else uses the devices",
    "targets": "The same people written to",
    "talk": "Talk with each other",
    "differing": "Devices or addresses each their own",
}


@dataclass(frozen=True)
class ShellParameters(Parameters):
    """Parameters of the shells detection; see docs/methods/shell.md.  Weights are bits (log2 of a likelihood ratio)."""

    companions: float = setting(
        0.1, label="Further accounts of one person, on average", unit="accounts", above=0.0,
        why="further accounts that an account has on average, before anything is compared",
        source="10 to 11 % of Facebook's active accounts were duplicates (annual reports for 2017 to 2020)",
    )
    agreement: float = setting(
        0.5, label="Marks shared by one operator's accounts", unit="probability", above=0.0, below=1.0,
        why="how often two accounts of one operator agree on a mark",
    )
    address_coincidence: float = setting(
        0.3, label="Strangers with the same private address", unit="accounts", above=0.0,
        why="strangers with whom an account shares a private address: lines are given another one",
    )
    coincidence: float = setting(
        0.004, label="Strangers with the same private mark", unit="accounts", above=0.0,
        why="strangers with whom an account shares a private mark: numbers given out again, phones sold, slips",
    )
    private_holders: int = setting(
        8, label="Holders of a private mark, at most", unit="accounts", at_least=2,
        why="a mark that no more accounts ever held is private: a home or one operator",
    )
    most_holders: int = setting(
        25, label="Holders of a mark that links, at most", unit="accounts", at_least=2,
        why="a value that more accounts hold (a carrier, a school) links nobody",
    )
    most_names: int = setting(
        10, label="Holders of a name that links, at most", unit="accounts", at_least=2,
        why="a name that more accounts bear, as it reads, links nobody"
    )
    home_bits: float = setting(
        -2.0, label="Operator or home, where a home is seen", unit="bits",
        why="how much likelier one operator is than two people of one home, where an address or an hour speaks of one",
    )
    unknown_home_bits: float = setting(
        -1.0, label="Operator or home, where nothing tells", unit="bits",
        why="the same where nothing tells, or a device is shared that may be used in turn",
    )
    apart_bits: float = setting(
        4.0, label="Operator or home, without a shared address", unit="bits",
        why="the same where both had an address on one day, and never one in common",
    )
    home_things: float = setting(
        0.35, label="Devices shared in a home", unit="probability", above=0.0, below=1.0,
        why="how often two people of one home hold a device, a cookie or a payment mark in common",
    )
    home_address: float = setting(
        0.8, label="Address shared in a home", unit="probability", above=0.0, below=1.0,
        why="the same for an address on one day: more than an operator",
    )
    home_contacts: float = setting(
        0.1, label="Phone or e-mail shared in a home", unit="probability", above=0.0, below=1.0,
        why="the same for a phone or an e-mail: people have their own",
    )
    home_names: float = setting(
        0.0005, label="Names alike in a home", unit="probability", above=0.0, below=1.0,
        why="the same for names alike, before the platform's homes are looked at: one of 900 pairs on test platforms",
    )
    known_pairs: float = setting(
        200.0, label="Weight of what is usual in homes", unit="pairs", above=0.0,
        why="so much weighs what is usual of homes beside the platform's own pairs that share a mark",
        source="simulated platforms: with 100 fewer rings are found, with 300 more households",
    )
    home_turns: float = setting(
        0.05, label="Visits that follow each other in a home", unit="share of visits", at_least=0.0, below=1.0,
        why="at home, or on one device, so many of one's visits follow the other's at once by custom",
    )
    turn_shape: float = setting(
        10.0, label="Evenness of hand-overs between pairs", unit="shape of a gamma distribution", above=0.0,
        why="the two of a pair leave and come after each other more or less often than their hours say, to this extent",
    )
    acquainted: float = setting(
        0.15, label="First contacts shared in a home", unit="share of first contacts", at_least=0.0, below=1.0,
        why="what people of one home have in common beyond chance",
    )
    operator_use: float = setting(
        0.75, label="Sessions of an operator on shared devices", unit="share of sessions", above=0.0, below=1.0,
        why="what an operator's accounts run on common devices",
    )
    home_use: float = setting(
        0.5, label="Sessions of a home on shared devices", unit="share of sessions", above=0.0, below=1.0,
        why="the same of people who share one",
    )
    operator_devices: int = setting(
        2, label="Devices of an operator", unit="devices", at_least=1,
        why="an operator's accounts run on so many, a café has as many as guests",
    )
    use_strength: float = setting(
        4.0, label="Likeness of accounts in their use of devices", unit="prior sessions", above=0.0,
        why="how alike these shares are from account to account",
    )
    use_bits: float = setting(
        1.0, label="Weight of how a device is used, at most", unit="bits", at_least=0.0,
        why="most that the use of a device says over strangers: who found or borrowed one uses it little, too",
    )
    slips: float = setting(
        0.1, label="Simultaneous visits of an operator", unit="share", above=0.0, below=1.0,
        why="so much of the simultaneous visits that two people have, an operator has too",
    )
    careless: float = setting(
        0.3, label="Operators seen at once like two people", unit="share of operators", at_least=0.0, below=1.0,
        why="so many do not mind whether accounts of theirs that share a mark are there at once: on two screens, or by "
        "programs", source="test platforms: with none fewer rings are found, with .4 fewer pairs are right",
    )
    least_overlaps: float = setting(
        0.2, label="Simultaneous visits of two people, at least", unit="visits", above=0.0,
        why="two people are there at once so often at the least, whatever is expected",
    )
    succession: float = setting(
        0.07, label="One account follows another for good", unit="probability", above=0.0, below=1.0,
        why="how often an operator's account comes on a device when the other is gone for good; beside how often any "
        "two accounts of the platform follow each other so",
    )
    exclusive_bits: float = setting(
        6.0, label="Weight of shared devices, at most", unit="bits", at_least=0.0,
        why="most that is said by how many of both accounts' sessions run on common devices: people who share one also "
        "have their own",
    )
    differing_bits: float = setting(
        -2.0, label="Weight of having nothing in common", unit="bits", at_most=0.0,
        why="what it says of two who share no private mark that both have devices, or addresses, and none in common",
    )
    talk_bits: float = setting(
        -5.0, label="Weight of a conversation with each other", unit="bits", at_most=0.0,
        why="conversation with each other: two people do that"
    )
    talk_messages: int = setting(
        3, label="Messages of a conversation, at least", unit="messages each way", at_least=1,
        why="from so many on it is a conversation"
    )
    handover_s: int = setting(
        180, label="Time of a hand-over, at most", unit="seconds", at_least=1,
        why="one account ends and another begins within this"
    )
    loose_handover_s: int = setting(
        900, label="Time of a hand-over seen in messages, at most", unit="seconds", at_least=1,
        why="the same where presence is known from messages only",
    )
    burst_gap_s: int = setting(
        300, label="Gap between messages of one visit, at most", unit="seconds", at_least=1,
        why="messages no further apart are one visit, where there are no sessions",
    )
    most_turn_bits: float = setting(
        12.0, label="Weight of hand-overs, at most", unit="bits", at_least=0.0,
        why="most that hand-overs add: each is a visit"
    )
    most_behaviour_bits: float = setting(
        5.0, label="Weight of other conduct, at most", unit="bits", at_least=0.0,
        why="most that any other conduct adds: what is ordinary is known to about 1 in 2,000, no further",
    )
    most_name_bits: float = setting(
        11.0, label="Weight of a name, at most", unit="bits", at_least=0.0,
        why="most that a name adds: people imitate each other",
    )
    least_overlap_bits: float = setting(
        -12.0, label="Weight of simultaneous visits, at most", unit="bits", at_most=0.0,
        why="most that being there at once on two devices takes away",
    )
    silence_bits: float = setting(
        0.5, label="Weight of sharing nothing within a chain", unit="bits", at_least=0.0,
        why="what it takes away that two accounts of a chain share nothing themselves",
    )
    family_bits: float = setting(
        2.0, label="Weight from which evidence speaks", unit="bits", above=0.0,
        why="from so many on a family of evidence speaks"
    )
    moderate: float = setting(
        2.25, label="Bound of a moderate lead", unit="bits", above=0.0,
        why="nearly five to one for one operator; right in 60 % on test platforms"
    )
    strong: float = setting(
        6.49, label="Bound of a strong lead", unit="bits", above=0.0,
        why="90 to 1 for one operator; one household reached 6.4"
    )
    largest_component: int = setting(
        200, label="Accounts of a linked set, at most", unit="accounts", at_least=2,
        why="linked sets with more accounts are first cut at the strong bound",
    )
    left_out: str = setting(
        "", label="Identifiers left out", unit="kinds, separated by commas",
        why="kinds of identifier that are not looked at; a result can then be held against them",
    )
    parts: tuple[str, ...] = setting(
        tuple(PARTS), choices=PARTS, label="Signals in use", unit="signals",
        why="what speaks beside the marks; leave one out to see what it contributes"
    )

    def check(self) -> None:
        if not self.moderate < self.strong:
            raise ValueError(f"moderate is {self.moderate:g}: allowed is a number below strong, {self.strong:g}")

    @property
    def kinds_left_out(self) -> frozenset[str]:
        return frozenset(kind.strip() for kind in self.left_out.split(",") if kind.strip())

    def uses(self, part: str) -> bool:
        return part in self.parts
