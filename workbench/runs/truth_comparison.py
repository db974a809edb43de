"""How do a run's findings compare with what was planted in a synthetic platform?"""

from collections.abc import Mapping
from dataclasses import dataclass

from graph.detect.finding import Finding, FindingsDocument
from workbench.sample.truth import PLANTED, Group, Truth

SHARED_NETWORKS = ("carrier", "household", "school")
ENOUGH = 2 / 3
"""Share of a planted group's members that one finding must hold to count as found."""


@dataclass(frozen=True)
class Outcome:
    """One kind: groups planted, those found, strong findings, and how many of these name nobody planted."""

    kind: str
    planted: int
    found: int
    strong: int
    strong_elsewhere: int


@dataclass(frozen=True)
class Comparison:
    """Outcomes by kind, and for each kind of look-alike how many of its groups stand in the strong tier."""

    outcomes: tuple[Outcome, ...]
    look_alikes: Mapping[str, tuple[int, int]]


def compare(truth: Truth, document: FindingsDocument) -> Comparison:
    """Hold findings against truth; look-alikes map kind to (accused in the strong tier, groups in all)."""
    ran = set(document.parameters.get("kinds", PLANTED))
    outcomes = tuple(_outcome(kind, truth, document) for kind in PLANTED if kind in ran)
    planted = _planted(truth)
    strong = [finding for finding in document.findings if finding.tier == "strong"]
    look_alikes = {
        kind: (sum(any(_accuses(finding, group, planted) for finding in strong) for group in groups), len(groups))
        for kind, groups in truth.look_alikes.items()
    }
    return Comparison(outcomes, look_alikes)


def _planted(truth: Truth) -> frozenset[str]:
    return frozenset(member for group in truth.groups if group.planted for member in group.members)


def _accuses(finding: Finding, group: Group, planted: frozenset[str]) -> bool:
    """Whether a lead takes a benign group for what it resembles.

    People who share a network are wrongly joined by a shell lead over two of them; any other group is accused by a
    lead that holds half of it.
    """
    held = len(set(group.members).intersection(finding.members) - planted)
    if group.kind in SHARED_NETWORKS:
        return finding.kind == "shell" and held >= 2
    return held > 0 and 2 * held >= len(group.members)


def _outcome(kind: str, truth: Truth, document: FindingsDocument) -> Outcome:
    groups = truth.of(kind)
    findings = [finding for finding in document.findings if finding.kind == kind]
    strong = [finding for finding in findings if finding.tier == "strong"]
    planted = _planted(truth)
    return Outcome(
        kind=kind,
        planted=len(groups),
        found=sum(any(_holds(finding, group) for finding in findings) for group in groups),
        strong=len(strong),
        strong_elsewhere=sum(planted.isdisjoint(finding.members) for finding in strong),
    )


def _holds(finding: Finding, group: Group) -> bool:
    members = set(group.members)
    if group.kind == "owner":
        return members == set(finding.members) and set(group.targets) >= set(finding.targets)
    return len(members.intersection(finding.members)) >= ENOUGH * len(members)

