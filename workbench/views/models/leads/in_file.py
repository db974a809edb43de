"""The list of leads as a file has it: a row a lead, with everybody whom it is about."""

from collections.abc import Iterable, Mapping

import pandas as pd

from graph.detect.finding import Finding
from workbench.language import Words
from workbench.language.kinds import kind_label
from workbench.masking.leads import lead_called
from workbench.views.models.leads.listing import Casework
from workbench.views.models.names import Names


def table(
    findings: Iterable[Finding], names: Names, casework: Casework, words: Words, marks: Mapping[str, str]
) -> pd.DataFrame:
    """In the order of the list; several people stand in one cell, a line each.  What people wrote is left out.

    ``marks``: what the last run changed of each.
    """
    _ = words.gettext
    rows = [
        (
            lead_called(finding.finding_id, names.key), _(finding.tier), finding.score, kind_label(finding.kind, words),
            _everybody(finding.members, names), len(finding.targets), _everybody(finding.targets, names),
            finding.first_at or "", finding.last_at or "", casework.status_told(finding, words),
            casework.assigned.get(finding.finding_id, ""), marks.get(finding.finding_id, ""),
        )
        for finding in findings
    ]
    return pd.DataFrame(rows, columns=[
        _("Lead"), _("Tier"), _("Score"), _("Kind"), _("Who"), _("Targets"), _("Who the targets are"),
        _("First (UTC)"), _("Last (UTC)"), _("Status"), _("Assigned to"), _("Change"),
    ])


def _everybody(identities: Iterable[str], names: Names) -> str:
    return "\n".join(names.full(identity) for identity in identities)
