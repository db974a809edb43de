"""Which other leads are about the same accounts or companies, and what have they in common?  One rule everywhere."""

from collections.abc import Iterable
from dataclasses import dataclass

from graph.detect.finding import Finding
from workbench.language import Words


@dataclass(frozen=True)
class Tie:
    """What another lead has in common with one.

    Of the members of the one, how many are members there and how many are ``aimed_at``, as its targets are; of its
    targets, how many are targets there and how many ``act`` there, as its members do.  ``near``: a member stands there,
    or half of the targets are targets there.
    """

    other: Finding
    members: int
    aimed_at: int
    act: int
    targets: int
    near: bool

    @property
    def shared(self) -> int:
        """Accounts or companies that both name."""
        return self.members + self.aimed_at + self.act + self.targets


def ties(finding: Finding, findings: Iterable[Finding]) -> tuple[Tie, ...]:
    """Other leads that name somebody whom this one names; near ones first, as given, then those with most shared."""
    found = [tie for other in findings if (tie := _tie(finding, other)) is not None]
    return (
        *(tie for tie in found if tie.near),
        *sorted((tie for tie in found if not tie.near), key=lambda tie: -tie.shared),
    )


def related(finding: Finding, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Other findings that name one of its members, or share half of its targets; in the order given."""
    return tuple(tie.other for tie in ties(finding, findings) if tie.near)


def part_in(finding: Finding, identity: str) -> str:
    """Is the id a ``member`` or a ``target`` of the lead?  Empty where the lead does not name it."""
    return "member" if identity in finding.members else "target" if identity in finding.targets else ""


def tie_told(finding: Finding, tie: Tie, words: Words) -> str:
    """What the two have in common, with each part in each of them."""
    members, targets = len(finding.members), len(finding.targets)
    told = (
        (tie.members, members, words.gettext("its member is a member there too"), words.ngettext(
            "{number} of its {all} members is one there too",
            "{number} of its {all} members are members there too", tie.members, all=members)),
        (tie.aimed_at, members, words.gettext("its member is a target there"), words.ngettext(
            "{number} of its {all} members is a target there",
            "{number} of its {all} members are targets there", tie.aimed_at, all=members)),
        (tie.act, targets, words.gettext("its target is a member there"), words.ngettext(
            "{number} of its {all} targets is a member there",
            "{number} of its {all} targets are members there", tie.act, all=targets)),
        (tie.targets, targets, words.gettext("its target is a target there too"), words.ngettext(
            "{number} of its {all} targets is one there too",
            "{number} of its {all} targets are targets there too", tie.targets, all=targets)),
    )
    return " · ".join(alone if of == 1 else several for shared, of, alone, several in told if shared)


def _tie(finding: Finding, other: Finding) -> Tie | None:
    if other.finding_id == finding.finding_id:
        return None
    members, targets = set(finding.members), set(finding.targets)
    # who is both in one lead counts once, as a member
    theirs, aimed = set(other.members), set(other.targets) - set(other.members)
    targets -= members
    same, aimed_at, act, both = (len(one & two) for one, two in (
        (members, theirs), (members, aimed), (targets, theirs), (targets, aimed),
    ))
    if not (same or aimed_at or act or both):
        return None
    shared_targets = len(set(finding.targets) & set(other.targets))
    near = bool(same or aimed_at) or 2 * shared_targets >= max(len(finding.targets), 1)
    return Tie(other, same, aimed_at, act, both, near)
