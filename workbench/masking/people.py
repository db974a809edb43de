"""Who is masked?  Minors by the evidence, and those whom a lead of a kind that finds minors names as its targets.

One answer for every place where an id stands.  The second are minors as well: at the time of the contact, by evidence
that something later may have overruled.
"""

from collections.abc import Collection, Mapping
from functools import lru_cache

from graph.detect.registry import DETECTIONS
from graph.opaque import token
from graph.search import every_minor, minor_behind, open_index
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from workbench.dossier.ages import minors_among
from workbench.dossier.rows import rows
from workbench.runs.findings_file import findings_state, load_findings, load_former

LEAD = "lead"
"""The basis of a minor whom leads alone tell."""
MINOR_TARGETS = frozenset(item.kind for item in DETECTIONS if item.targets_are_minors)
"""Kinds whose targets are minors by the contract."""


def masked_among(case: CaseFolder, accounts: Collection[str]) -> dict[str, str]:
    """Who of them is masked, with the basis: that of the evidence, else ``lead``."""
    targets = _targets(case, findings_state(case))
    return dict.fromkeys(targets.keys() & set(accounts), LEAD) | minors_among(case, accounts)


def masked_in(lake: Lake) -> frozenset[str]:
    """Everybody of the case who is masked."""
    case = lake.case
    targets = _targets(case, findings_state(case)).keys()
    with open_index(case) as index:
        if index.current:
            return every_minor(index) | targets
    people, messages, reports = (lake.table(name) for name in ("accounts", "messages", "reports"))
    columns = (people.account, messages.sender, reports.reported)
    known = {str(row[0]) for column in columns for row in rows(column.name("id").as_table().distinct()) if row[0]}
    return frozenset(minors_among(case, known)) | targets


def masked_behind(case: CaseFolder, hidden: str) -> str | None:
    """The id of the masked account that a token stands for (``graph.opaque``); None where it is nobody's."""
    with open_index(case) as index:
        found = minor_behind(index, hidden)
    if found is not None:
        return found
    return next((who for who, shown in _targets(case, findings_state(case)).items() if shown == hidden), None)


@lru_cache(maxsize=8)
def _targets(case: CaseFolder, _state: object) -> Mapping[str, str]:
    """Id to token of every target of such leads, of the latest findings and of those that they replaced."""
    documents = (load_findings(case), load_former(case))
    findings = (finding for document in documents if document for finding in document.findings)
    return {who: token(who) for finding in findings if finding.kind in MINOR_TARGETS for who in finding.targets}
