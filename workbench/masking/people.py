"""Who is masked?  Minors by the evidence, those whom a lead of a kind that finds minors names as its targets, and those
whom a lead calls likely minors.

One answer for every place where an id stands.  The second are minors as well: at the time of the contact, by evidence
that something later may have overruled.  The third may be of age; nobody is named before that is known.
"""

from collections.abc import Collection, Mapping
from functools import lru_cache

from graph.detect.finding import Finding
from graph.detect.registry import DETECTIONS
from graph.opaque import token
from graph.search import every_minor, minors_behind, open_index
from ingest.case_folder import CaseFolder, label_key
from ingest.lake import Lake
from workbench.dossier.ages import minors_among
from workbench.dossier.first_written import likely_in
from workbench.dossier.rows import rows
from workbench.runs.findings_file import findings_state, load_findings, load_former

LEAD = "lead"
"""The basis of a minor whom leads alone tell."""
LIKELY = "likely"
"""The basis of whom leads alone call a likely minor."""
MINOR_TARGETS = frozenset(item.kind for item in DETECTIONS if item.targets_are_minors)
"""Kinds whose targets are minors by the contract."""


def masked_among(case: CaseFolder, accounts: Collection[str]) -> dict[str, str]:
    """Who of them is masked, with the basis: that of the evidence, else ``lead``, else ``likely``."""
    bases = _by_leads(case)
    return {one: bases[one] for one in bases.keys() & set(accounts)} | minors_among(case, accounts)


def likely_of(case: CaseFolder, accounts: Collection[str]) -> frozenset[str]:
    """Those of them whom leads alone call likely minors."""
    return frozenset(one for one, basis in masked_among(case, accounts).items() if basis == LIKELY)


def masked_in(lake: Lake) -> frozenset[str]:
    """Everybody of the case who is masked."""
    case = lake.case
    led = _by_leads(case).keys()
    with open_index(case) as index:
        if index.current:
            return every_minor(index) | led
    people, messages, reports = (lake.table(name) for name in ("accounts", "messages", "reports"))
    columns = (people.account, messages.sender, reports.reported)
    known = {str(row[0]) for column in columns for row in rows(column.name("id").as_table().distinct()) if row[0]}
    return frozenset(minors_among(case, known)) | led


def masked_behind(case: CaseFolder, hidden: str) -> str | None:
    """The id of the masked account that a token stands for (``graph.opaque``); None where it is nobody's."""
    return next(iter(all_masked_behind(case, hidden)), None)


def all_masked_behind(case: CaseFolder, beginning: str) -> tuple[str, ...]:
    """The ids of the masked accounts whose tokens begin so, in order."""
    with open_index(case) as index:
        found = minors_behind(index, beginning)
    key = label_key(case)
    return tuple(sorted({*found, *(who for who in _by_leads(case) if token(who, key).startswith(beginning))}))


def _by_leads(case: CaseFolder) -> Mapping[str, str]:
    return _led(case, findings_state(case))


@lru_cache(maxsize=8)
def _led(case: CaseFolder, _state: object) -> Mapping[str, str]:
    """Whom leads tell to be masked, by id the basis: the latest findings, and those that they replaced."""
    documents = (load_findings(case), load_former(case))
    findings: tuple[Finding, ...] = tuple(one for document in documents if document for one in document.findings)
    bases = dict.fromkeys(likely_in(case, findings), LIKELY)
    return bases | {who: LEAD for finding in findings if finding.kind in MINOR_TARGETS for who in finding.targets}
