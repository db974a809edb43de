"""What does the screen of the case show?  Judgements as rows, leads to be chosen for the report."""

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from graph.detect.finding import Finding
from workbench.casebook import STATUSES, Judgement, Remark
from workbench.language import Words
from workbench.language.vocabulary import mark_kind
from workbench.views.models.leads.listing import Casework, beginnings, title
from workbench.views.models.names import Names


def by_status(latest: Mapping[str, Judgement]) -> list[tuple[str, int]]:
    """How many leads have which status now, those never judged apart; statuses without a lead are left out."""
    counted = Counter(judgement.status for judgement in latest.values())
    return [(status, counted[status]) for status in STATUSES if counted[status]]


def judged_titles(
    history: Sequence[Judgement], findings: Mapping[str, Finding], names: Names, words: Words
) -> list[str]:
    """The lead of each judgement, in the order given; one that later runs no longer find is said so."""
    return [_lead_title(one.finding_id, findings, names, words) for one in history]


def about(remark: Remark) -> tuple[str, str]:
    """The kind and the id of what a remark is about."""
    kind, _colon, identity = remark.subject.partition(":")
    return kind, identity


def remarked_titles(
    added: Sequence[Remark], findings: Mapping[str, Finding], leads: Names, others: Names, words: Words
) -> list[str]:
    """What each remark is about, in the order given: the lead, or the kind and the name, masked where a minor's."""
    titles = []
    for one in added:
        kind, identity = about(one)
        if kind == "finding":
            titles.append(_lead_title(identity, findings, leads, words))
        elif kind == "identifier":
            of, _colon, value = identity.partition(":")
            called = others.mark_value(of, value, ())
            titles.append(words.pair(words.gettext("Identifier"), f"{mark_kind(of, words)} {called}"))
        else:
            titles.append(words.pair(words.gettext(kind.capitalize()), others.full(identity)))
    return titles


def _lead_title(identity: str, findings: Mapping[str, Finding], names: Names, words: Words) -> str:
    if identity in findings:
        return title(findings[identity], names, words, tier=True)
    return words.pair(identity, words.gettext("no longer among the leads"))


def lead_rows(
    findings: Sequence[Finding], status: Mapping[str, Judgement], names: Names, words: Words
) -> pd.DataFrame:
    """One row a lead that may stand in the report, best first."""
    _ = words.gettext
    casework, begun = Casework(status), beginnings(findings, names, words)
    rows = [(*begun[one.finding_id][:4], casework.status_cell(one, words)) for one in findings]
    return pd.DataFrame(rows, columns=[_("Tier"), _("Score"), _("Kind"), _("Who"), _("Status")])
