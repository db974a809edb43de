"""What was planted, who must be spared, and who counts neither way; all by full ids ``platform:native``."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

KINDS = ("hub", "ambush", "convergence", "recruitment", "extortion", "shell")


@dataclass(frozen=True)
class Planted:
    """One planted case.  ``members`` and ``targets`` as findings of that kind name them; ``note``: what is named."""

    kind: str
    style: str
    members: tuple[str, ...]
    targets: tuple[str, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"kind is {self.kind!r}: choose from {', '.join(KINDS)}")
        if not self.members:
            raise ValueError(f"a planted {self.kind} has no members")


@dataclass(frozen=True)
class Owned:
    """An ultimate owner's integrated share (0..1) of an operator of the platform; ``at``: as of which day, if sold."""

    owner: str
    company: str
    share: float
    style: str
    at: str = ""


@dataclass(frozen=True)
class Truth:
    """Everything that is true of one platform.

    ``neutral``: by kind, accounts that count neither way (who preys on minors with a crew is no false hub);
    ``households``: groups of different people who share marks and must not be joined; ``benign``: account to label;
    ``not_owners``: nominees and register companies' holders who must not be named for an operator; ``minors``: by
    their real age, which the folder does not always tell.
    """

    setting: str
    seed: int
    planted: bool
    platform: str
    cases: tuple[Planted, ...] = ()
    neutral: dict[str, tuple[str, ...]] = field(default_factory=dict)
    households: tuple[tuple[str, ...], ...] = ()
    benign: dict[str, str] = field(default_factory=dict)
    owners: tuple[Owned, ...] = ()
    not_owners: tuple[str, ...] = ()
    minors: tuple[str, ...] = ()
    traits: dict[str, str] = field(default_factory=dict)

    def of(self, kind: str) -> tuple[Planted, ...]:
        """The planted cases of that kind."""
        return tuple(case for case in self.cases if case.kind == kind)

    def write(self, file: Path) -> None:
        file.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), encoding="utf-8")

    @classmethod
    def read(cls, file: Path) -> "Truth":
        """The truth that ``write`` wrote."""
        data = json.loads(file.read_text(encoding="utf-8"))
        return cls(
            setting=data["setting"], seed=data["seed"], planted=data["planted"], platform=data["platform"],
            cases=tuple(
                Planted(c["kind"], c["style"], tuple(c["members"]), tuple(c["targets"]), c["note"])
                for c in data["cases"]
            ),
            neutral={kind: tuple(who) for kind, who in data["neutral"].items()},
            households=tuple(tuple(group) for group in data["households"]),
            benign=data["benign"],
            owners=tuple(Owned(**owned) for owned in data["owners"]),
            not_owners=tuple(data["not_owners"]), minors=tuple(data["minors"]), traits=data["traits"],
        )
