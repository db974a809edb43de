"""What does the owners detection assume?  Its parameters, with the reason for each default."""

from dataclasses import dataclass
from datetime import datetime

from graph.detect.parameters import Parameters, setting

_OWNERSHIP = "FATF recommendation 24; Directive (EU) 2015/849"


@dataclass(frozen=True)
class OwnerParameters(Parameters):
    """Parameters of the owners detection; see docs/methods/owner.md."""

    at: str = setting(
        "", label="Moment looked at", unit="ISO 8601, UTC unless it says otherwise",
        why="whose ownerships are looked at; empty: the last instant the ownerships name that has passed",
    )
    least_share: float = setting(
        1e-6, label="Share that counts, at least", unit="share", above=0, at_most=1,
        why="owners of less are left out; their number is noted"
    )
    notable_share: float = setting(
        0.1, label="Notable share", unit="share", above=0, at_most=1,
        source="substantial owner, 26 U.S.C. 1473 (2); article 52 (2) of Regulation (EU) 2024/1624 goes down to 0.15",
        why="up to it a lead is weak, but of the largest owner and of one who hides",
    )
    small_share: float = setting(
        0.05, label="Small share", unit="share", above=0, at_most=1, why="below, a lead is weak, whoever holds it"
    )
    control_share: float = setting(
        0.25, label="Share that gives control", unit="share", above=0, at_most=1, source=_OWNERSHIP,
        why="the usual threshold of beneficial ownership"
    )
    largest_share_total: float = setting(
        1.005, label="Total of declared shares, at most", unit="share", at_least=1,
        why="declared shares of a company above this are a doubt; below it is rounding"
    )
    many_jurisdictions: int = setting(
        3, label="Jurisdictions, as a sign of hiding", unit="jurisdictions", at_least=2,
        why="a chain through so many is a sign of hiding"
    )
    many_holders: int = setting(
        4, label="Owners in turn, as a sign of hiding", unit="owners in turn", at_least=2,
        why="so many different controlling owners in turn are a sign of hiding"
    )
    customary_share: float = setting(
        0.05, label="Signs of hiding that are customary", unit="share of companies", above=0, below=1,
        why="signs of hiding that together are commoner in this register than in one company of twenty are its custom",
    )
    common_share: float = setting(
        0.25, label="Address or director in common, at most", unit="share of companies", above=0, at_most=1,
        why="an address or director that more companies have links nobody",
    )
    most_sharing: int = setting(
        50, label="Companies at one address, at most", unit="companies", at_least=2,
        why="the address of a formation agent: whoever has it was one of many there"
    )
    linked_share: float = setting(
        0.125, label="Links by chance outside the chains, at most", unit="share of companies", above=0, at_most=1,
        why="a company outside the chains is named where at most so many would share as much by chance",
    )
    linked_within: int = setting(
        2_000_000, label="Companies searched for links, at most", unit="companies", at_least=0,
        why="larger registers are not searched for shared values: it would take too much memory"
    )
    same_party: float = setting(
        0.95, label="Certainty of one and the same party", unit="probability", at_least=0.5, below=1,
        why="from here two records are said to be consistent with one party: one in twenty may be wrong",
    )
    doubles_within: int = setting(
        100_000, label="Records compared with each other, at most", unit="persons or companies", at_least=0,
        why="larger registers are not compared record by record: it would take too long"
    )
    most_companies: int = setting(
        1_000, label="Companies without a platform, at most", unit="companies", at_least=1,
        why="of companies that operate no platform at most so many are looked at, by their ids: whoever reads in a "
        "whole register asks about none of them",
    )

    def check(self) -> None:
        if not self.least_share <= self.small_share <= self.notable_share < self.control_share:
            raise ValueError("least_share <= small_share <= notable_share < control_share must hold")
        if self.at:
            datetime.fromisoformat(self.at)
