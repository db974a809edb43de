"""What is known of one ultimate owner of one company?  All that its tier and its sentences need."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.detect.owners.companies import Company
from graph.detect.owners.doubles import Doubles
from graph.detect.owners.links import Links, SharedValues
from graph.detect.owners.model import Paths, Share, Ultimate
from graph.detect.owners.parameters import OwnerParameters
from graph.detect.owners.register import Register
from graph.detect.owners.stakes import Pair, Stake


@dataclass(frozen=True)
class Hiding:
    """The signs by which a company's owners are hidden, and the share of companies that would have them all."""

    signs: tuple[str, ...]
    customary: float


@dataclass(frozen=True)
class Standing:
    """One ultimate owner of one company, with what the register adds; ``hiding``: None where a platform is operated."""

    company: Company
    owner: Ultimate
    share: Share
    register: Register
    hiding: Hiding | None
    shared: SharedValues | None
    doubles: Doubles
    parameters: OwnerParameters

    @property
    def who(self) -> str:
        return self.owner.members[0]

    @property
    def natural(self) -> bool:
        """A natural person whom the register names."""
        return not self.owner.circle and self.register.natural(self.who)

    @property
    def paths(self) -> Paths:
        return self.company.paths[self.owner.members]

    @cached_property
    def stakes(self) -> Sequence[tuple[Pair, Stake]]:
        """The stakes on the owner's chains."""
        steps = sorted({step for path in self.paths.paths for step in path.steps})
        return [(step, self.company.state.stakes[step]) for step in steps]

    @cached_property
    def links(self) -> Links | None:
        """Companies beside those on the owner's chains."""
        chains = {self.company.name, *(name for pair, _ in self.stakes for name in pair)} - set(self.register.persons)
        return self.shared.beside(chains, self.owner.members, self.parameters) if self.shared else None

    @property
    def records(self) -> tuple[str, ...]:
        return tuple(sorted({record for _, stake in self.stakes for record in stake.records}))
