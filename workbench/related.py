"""Which other leads are about the same accounts or companies?  One rule for the screens and the report."""

from collections.abc import Iterable

from graph.detect.finding import Finding


def related(finding: Finding, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Other findings that name one of its members, or share half of its targets; in the order given."""
    members, targets = set(finding.members), set(finding.targets)
    return tuple(
        other
        for other in findings
        if other.finding_id != finding.finding_id
        and (
            members & {*other.members, *other.targets}
            or (targets and 2 * len(targets & set(other.targets)) >= len(targets))
        )
    )
