"""What does the screen of the case show?  Judgements as rows, leads to be chosen for the report."""

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from graph.detect.finding import Finding
from workbench.casebook import STATUSES, Judgement
from workbench.language import Words
from workbench.views.models.leads.listing import OPEN, beginnings, title
from workbench.views.models.names import Names


def by_status(latest: Mapping[str, Judgement]) -> list[tuple[str, int]]:
    """How many leads have which status now, those never judged apart; statuses without a lead are left out."""
    counted = Counter(judgement.status for judgement in latest.values())
    return [(status, counted[status]) for status in STATUSES if counted[status]]


def judged_titles(
    history: Sequence[Judgement], findings: Mapping[str, Finding], names: Names, words: Words
) -> list[str]:
    """The lead of each judgement, in the order given; one that later runs no longer find is said so."""
    gone = words.gettext("no longer among the findings")
    return [
        title(findings[one.finding_id], names, words, tier=True) if one.finding_id in findings
        else f"{one.finding_id}: {gone}"
        for one in history
    ]


def lead_rows(
    findings: Sequence[Finding], status: Mapping[str, Judgement], names: Names, words: Words
) -> pd.DataFrame:
    """One row a lead that may stand in the report, best first."""
    _ = words.gettext
    rows = [
        (*begun[:4], _(status[identity].status if identity in status else OPEN))
        for identity, begun in beginnings(findings, names, words).items()
    ]
    return pd.DataFrame(rows, columns=[_("Tier"), _("Score"), _("Kind"), _("Who"), _("Status")])
