"""What is true of a platform, whoever made it?  Planted cases, who counts neither way, and who must stay apart."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from graph.detect.finding import Finding
from ingest.case_folder import CaseFolder


@dataclass(frozen=True)
class Case:
    """One planted case by full ids; ``style`` names the hard case; ``note`` what a lead on it must name."""

    kind: str
    style: str
    members: frozenset[str]
    targets: frozenset[str] = frozenset()
    note: str = ""

    def found_by(self, finding: Finding) -> bool:
        """Does the finding tell of it?  A group by two thirds of its members, a convergence by its target."""
        if finding.kind != self.kind:
            return False
        members = set(finding.members)
        if self.kind == "convergence":
            return set(finding.targets) == self.targets
        if self.kind == "owner":
            return members == self.members and set(finding.targets) == self.targets
        if self.kind in ("ambush", "shell"):
            return 3 * len(members & self.members) >= 2 * len(self.members)
        return members <= self.members


@dataclass(frozen=True)
class Answers:
    """``neutral``: by kind, who counts neither way; ``households``: people who share marks and must stay apart;
    ``benign``: account to the part it plays; ``minors``: by their real age, where the maker tells."""

    cases: tuple[Case, ...]
    neutral: Mapping[str, frozenset[str]] = field(default_factory=dict)
    households: tuple[frozenset[str], ...] = ()
    benign: Mapping[str, str] = field(default_factory=dict)
    shares: Mapping[tuple[str, str], float] = field(default_factory=dict)
    """Integrated share by owner and company of the platform's operators."""
    never_owners: frozenset[str] = frozenset()

    def of(self, kind: str) -> tuple[Case, ...]:
        return tuple(case for case in self.cases if case.kind == kind)


@dataclass(frozen=True)
class Platform:
    """A made platform: its evidence folder as written, the ingested case, and the answers."""

    source: Path
    case: CaseFolder
    answers: Answers
    platform: str
    """Name of rows without a platform of their own."""


def verdict(answers: Answers, finding: Finding) -> bool | None:
    """Right, wrong, or None where it counts neither way.

    A group is right where more than half of its members (shells: of its pairs) belong to one planted group.
    """
    members, kind = set(finding.members), finding.kind
    cases = answers.of(kind)
    if kind == "convergence":
        right = any(set(finding.targets) == case.targets for case in cases)
        aside = any(set(finding.targets) <= case.targets for case in answers.of("ambush"))
    elif kind == "shell":
        pairs = len(members) * (len(members) - 1) // 2
        inside = [len(members & case.members) for case in cases]
        right, aside = 2 * sum(n * (n - 1) // 2 for n in inside) > pairs, False
    elif kind == "owner":
        right = any(case.found_by(finding) for case in cases)
        aside = not members & answers.never_owners
    elif kind == "ambush":
        right = any(2 * len(members & case.members) > len(members) for case in cases)
        aside = any(2 * len(members & case.members) > len(members) for case in answers.of("convergence"))
    else:
        right = any(members <= case.members for case in cases)
        aside = False
    if right:
        return True
    neutral = answers.neutral.get(kind, frozenset())
    people = set(finding.targets) if kind == "convergence" else members
    return None if aside or people <= neutral else False
