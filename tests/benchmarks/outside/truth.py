"""What was planted: who, as what, and who must be spared."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Plant:
    """A planted group or a look-alike by people's numbers; ``name``: the hard case; ``also``: what is to be named."""

    kind: str
    name: str
    members: tuple[int, ...]
    targets: tuple[int, ...] = ()
    also: str = ""


@dataclass(frozen=True)
class Owned:
    """An ultimate owner's integrated share of a company, by full ids."""

    name: str
    owner: str
    company: str
    share: float


@dataclass
class Truth:
    guilty: list[Plant] = field(default_factory=list)
    benign: list[Plant] = field(default_factory=list)
    owners: list[Owned] = field(default_factory=list)
    never_owner: list[str] = field(default_factory=list)
