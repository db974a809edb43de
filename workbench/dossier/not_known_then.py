"""Whom did a hub write to first who was not known to be a minor then: one by all there is, or only likely one?

No target of the lead, which are those known to be minors at that moment; yet no bystander either.
"""

from graph.detect.finding import Finding
from ingest.lake import Lake
from workbench.dossier.ages import minors_among
from workbench.dossier.first_written import FirstWritten, first_written

LATER, LIKELY = "later", "likely"
_LIKELY_REASON = "likely_minors"


def not_known_then(lake: Lake, finding: Finding) -> dict[str, str]:
    """By id ``later`` or ``likely``, each in order of the first message; of other kinds of leads nobody."""
    if finding.kind != "hub" or len(finding.members) != 1:
        return {}
    met = sorted(first_written(lake, finding.members[0]), key=lambda one: (one.at, one.other))
    return parted(lake, finding, met)


def parted(lake: Lake, finding: Finding, met: list[FirstWritten]) -> dict[str, str]:
    """The same of those whom its account wrote to first, in the order given."""
    others = [one for one in met if one.other not in finding.targets and not one.minor]
    minors = minors_among(lake.case, [one.other for one in others])
    likely = {
        ref.removeprefix("messages:")
        for reason in finding.reasons if reason.code == _LIKELY_REASON for ref in reason.records
    }
    later = [one.other for one in others if one.other in minors]
    only_likely = [one.other for one in others if one.other not in minors and one.record in likely]
    return {**dict.fromkeys(later, LATER), **dict.fromkeys(only_likely, LIKELY)}
