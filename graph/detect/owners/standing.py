"""What is known of one ultimate owner of one company?  Its share as an interval, the chains, what a register adds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.detect.owners.changes import Period
from graph.detect.owners.doubles import Double
from graph.detect.owners.integrated import Integrated, Ultimate
from graph.detect.owners.links import Links
from graph.detect.owners.parameters import OwnerParameters
from graph.detect.owners.paths import Paths
from graph.detect.owners.register import Register
from graph.detect.owners.state import OwnershipState, Pair, Stake

_ROUNDING = 1e-4


@dataclass(frozen=True)
class Share:
    """The integrated share: best single figure, least and most; ``stated`` by a register of the chains as a whole.

    ``agrees``: what is stated lies in the interval of the chains, and narrowed it.
    """

    point: float
    low: float
    high: float
    stated: float | None = None
    agrees: bool = True
    records: tuple[str, ...] = ()

    @property
    def exact(self) -> bool:
        return self.high - self.low <= 1e-9


@dataclass(frozen=True)
class Standing:
    """All that the sentences about one owner of ``company`` need; ``doubles``: by party of the chains."""

    company: str
    owner: Ultimate
    share: Share
    whole: Integrated
    left: float
    state: OwnershipState
    paths: Paths
    steps: tuple[Pair, ...]
    register: Register
    periods: tuple[Period, ...]
    all_periods: bool
    links: Links | None
    seats: tuple[tuple[str, int, tuple[str, ...]], ...]
    doubles: Mapping[str, tuple[Double, ...]]
    parameters: OwnerParameters

    @property
    def who(self) -> str:
        return self.owner.members[0]

    @property
    def natural(self) -> bool:
        """A natural person whom the register names."""
        return not self.owner.circle and self.register.natural(self.who)

    def stakes(self) -> Sequence[tuple[Pair, Stake]]:
        return [(step, self.state.stakes[step]) for step in self.steps]

    def records(self) -> tuple[str, ...]:
        return tuple(sorted({record for _, stake in self.stakes() for record in stake.records}))


def settled_share(
    owner: Ultimate, company: str, *, low: float, high: float, others_low: float, state: OwnershipState
) -> Share:
    """The owner's share from the chains, narrowed by what a register states of them as a whole."""
    high = max(owner.share, min(high, 1.0 - others_low)) if high > owner.share else owner.share
    low = min(low, owner.share)
    claim = state.claims.get((owner.members[0], company)) if not owner.circle else None
    if claim is None:
        return Share(owner.share, low, high)
    direct = state.stakes.get((owner.members[0], company))
    least = claim[0] + (direct.low if direct else 0.0)
    most = claim[1] + (direct.high if direct else 0.0)
    stated = (least + most) / 2
    if least > high + _ROUNDING or most < low - _ROUNDING:
        return Share(owner.share, low, high, stated, agrees=False, records=claim[2])
    low, high = max(low, min(least, high)), min(high, max(most, low))
    return Share(min(max(stated, low), high), low, high, stated, records=claim[2])
