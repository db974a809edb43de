"""On which evidence was a lead judged?  The run before the judgement, by the audit log, tells what people had before
them; the documents that later runs replaced are kept."""

from collections.abc import Iterable, Mapping

from graph.detect.finding import Finding
from ingest.case_folder import CaseFolder
from workbench.casebook import Judgement
from workbench.casebook.audit import AuditEntry
from workbench.runs.findings_file import findings_of

RUN = "detect"
"""What the audit log calls a run."""


def judged_earlier(
    case: CaseFolder, latest: Mapping[str, Judgement], runs: Iterable[AuditEntry], findings: Iterable[Finding]
) -> dict[str, Finding]:
    """By id the lead as it stood when somebody judged it last, where its tier, members or targets are others now.

    ``latest``: the judgements, by finding; ``runs``: the case's entries of the audit log, in any order, of which those
    that tell of no run are left out.  So is a lead where no run before its judgement is known, or the document of
    that run is not kept.
    """
    ran = sorted((entry for entry in runs if entry.action == RUN), key=lambda entry: entry.seq)
    found = {}
    for now in findings:
        judged = latest.get(now.finding_id)
        if judged is None:
            continue
        before = [entry for entry in ran if entry.at <= judged.at]
        if len(before) in (0, len(ran)):  # no run since: the lead is what it was
            continue
        sha256 = before[-1].facts.get("findings_sha256")
        document = findings_of(case, str(sha256)) if sha256 else None
        then = document.of(now.finding_id) if document is not None else None
        if then is not None and _judged_by(then) != _judged_by(now):
            found[now.finding_id] = then
    return found


def _judged_by(finding: Finding) -> tuple[str, frozenset[str], frozenset[str]]:
    return finding.tier, frozenset(finding.members), frozenset(finding.targets)
