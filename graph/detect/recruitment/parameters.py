"""Which settings does the search for recruiters have?"""

from dataclasses import dataclass

from graph.detect.parameters import Parameters, setting

PARTS = {
    "ages": "Ages of those called",
    "strangers": "Strangers to the caller",
    "acquainted": "Acquaintance with the person named",
    "came": "Whether they came",
    "at_once": "Calls all at once",
}


@dataclass(frozen=True)
class RecruitmentParameters(Parameters):
    """Parameters of the recruitment detection; see docs/methods/recruitment.md."""

    min_letters: int = setting(
        8, label="Letters of a message, at least", unit="letters", at_least=1,
        why="a shorter message calls nobody anywhere"
    )
    min_recipients: int = setting(
        6, label="People called, at least", unit="people", at_least=3,
        why="sent to one person or place by one account; fewer is talk"
    )
    largest_q: float = setting(
        0.05, label="Names that stand out by chance, at most", unit="q-value", above=0, at_most=0.2,
        why="of the names that stand out so many may be chance", source="Benjamini and Hochberg 1995",
    )
    dispersion: float = setting(
        0.02, label="Unevenness of mentions", unit="intra-class correlation", at_least=0, below=1,
        why="how unevenly people are talked about anyway"
    )
    common_share: float = setting(
        0.01, label="Usual mentions of a name, at most", unit="share of partners", above=0, below=1,
        why="a name that others say to more of their partners is a word of the platform",
    )
    alike: float = setting(
        0.5, label="Resemblance of near-identical messages", unit="share of words or letters", above=0, at_most=1,
        source="Broder 1997", why="messages are near-identical from this resemblance to one of the wordings",
    )
    alike_share: float = setting(
        0.6, label="Near-identical messages, at least", unit="share of messages", above=0, at_most=1,
        why="so many must be near-identical"
    )
    wordings: int = setting(
        5, label="Wordings in turn, at most", unit="wordings", at_least=1, why="one who calls takes a few in turn"
    )
    call_hours: int = setting(
        48, label="Time in which strangers are called", unit="hours", at_least=1,
        why="whom the call reaches within these of the first message is a stranger"
    )
    follow_days: int = setting(
        7, label="Time in which those called come", unit="days", at_least=1,
        why="who comes in these days is held against who came in as many days before"
    )
    parts: tuple[str, ...] = setting(
        tuple(PARTS), choices=PARTS, label="Signals in use", unit="signals",
        why="what speaks beside the name that stands out; leave one out to see what it contributes"
    )
