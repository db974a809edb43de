"""What does the owners detection assume?  Its parameters, with the reason for each default."""

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True)
class OwnerParameters:
    """Parameters of the owners detection; see docs/methods.md.

    - ``at``: the instant (ISO 8601, UTC unless it says otherwise) whose ownerships are looked at; None: the last
      instant the ownership table itself names, in ``from`` or ``to``.  An ownership holds from ``from``, included,
      to ``to``, excluded.
    - ``least_share``: integrated shares below are not reported (their number is noted).
    - ``control_share``: 25 %, the usual threshold of beneficial ownership (FATF; Directive (EU) 2015/849).
    - ``notable_share``: below, a lead is weak.
    - ``listed_paths``: paths written out; all are counted, up to ``counted_paths``.
    - ``largest_share_total``: declared shares of one company that add up to more are flagged (a little over 1 is
      rounding).
    - ``listed_changes``: periods of successive owners written out; ``counted_changes``: dates looked at, latest first.
    - ``least_value_bits``: an address or director weighs −log2 of the share of companies that have it; below 2 bits
      (more than a quarter of the companies) it tells nothing, nor where more than ``most_sharing`` companies have it
      (the address of a formation agent: whoever has it was one of many there).
    - ``least_link_bits``: a company outside the chains is named from so many bits in all (3: one company in eight);
      ``listed_links``: such companies written out.
    - ``same_party``: the posterior from which two records are told as consistent with one person or company (1 in 20
      may be wrong); ``doubles_within``: registers of more persons or companies are not compared (noted).
    - ``most_companies``: where no operator is named, so many companies that own nothing further are looked at, by id
      (how many there are is noted): a whole register asks nothing.
    - ``linked_within``: registers of more companies are not searched for shared values (noted): their rows would not
      fit in memory.
    """

    at: str | None = None
    least_share: float = 1e-6
    control_share: float = 0.25
    notable_share: float = 0.05
    listed_paths: int = 20
    counted_paths: int = 10_000
    largest_share_total: float = 1.005
    listed_changes: int = 12
    counted_changes: int = 200
    least_value_bits: float = 2.0
    most_sharing: int = 50
    least_link_bits: float = 3.0
    listed_links: int = 10
    same_party: float = 0.95
    doubles_within: int = 100_000
    most_companies: int = 1_000
    linked_within: int = 2_000_000

    def __post_init__(self) -> None:
        if not 0 < self.least_share <= self.notable_share <= self.control_share <= 1:
            raise ValueError("0 < least_share <= notable_share <= control_share <= 1 must hold")
        if self.listed_paths < 1 or self.counted_paths < self.listed_paths:
            raise ValueError("listed_paths is at least 1 and at most counted_paths")
        if self.listed_changes < 1 or self.counted_changes < self.listed_changes:
            raise ValueError("listed_changes is at least 1 and at most counted_changes")
        if self.largest_share_total < 1:
            raise ValueError("largest_share_total is at least 1")
        if self.least_value_bits < 0 or self.least_link_bits < self.least_value_bits:
            raise ValueError("0 <= least_value_bits <= least_link_bits must hold")
        if self.listed_links < 1 or self.linked_within < 0 or self.most_sharing < 2 or self.most_companies < 1:
            raise ValueError("listed_links and most_companies are at least 1, most_sharing 2, linked_within 0")
        if not 0.5 <= self.same_party < 1 or self.doubles_within < 0:
            raise ValueError("same_party is at least 0.5 and below 1, doubles_within at least 0")
        if self.at is not None:
            datetime.fromisoformat(self.at)

    @property
    def instant(self) -> datetime | None:
        """``at`` as a naive UTC datetime."""
        if self.at is None:
            return None
        parsed = datetime.fromisoformat(self.at)
        return parsed if parsed.tzinfo is None else parsed.astimezone(UTC).replace(tzinfo=None)
