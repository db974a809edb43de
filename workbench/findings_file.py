"""Where do a case's findings stand between runs?  One document a run, and the latest of each kind."""

import json

from graph.detect.finding import Finding, FindingsDocument, best_first
from graph.detect.registry import KINDS
from ingest.case_folder import CaseFolder


def store_findings(case: CaseFolder, document: FindingsDocument) -> FindingsDocument:
    """Keep the run's document; returns the case's latest: kinds not run now stay if the evidence is the same.

    ``parameters["kinds"]`` of a document names the kinds it ran.
    """
    case.findings.mkdir(parents=True, exist_ok=True)
    latest = document
    before = load_findings(case)
    if before is not None and before.evidence_digest == document.evidence_digest:
        ran = set(document.parameters.get("kinds", KINDS))
        carried = tuple(finding for finding in before.findings if finding.kind not in ran)
        if carried:
            latest = FindingsDocument(
                document.case,
                document.run_id,
                document.evidence_digest,
                {**before.parameters, **document.parameters},
                best_first((*document.findings, *carried)),
            )
    for name, body in ((f"{document.run_id}.json", document), ("latest.json", latest)):
        target = case.findings / name
        staged = target.with_suffix(".partial")
        staged.write_text(body.to_json(), encoding="utf-8")
        staged.replace(target)
    return latest


def load_findings(case: CaseFolder) -> FindingsDocument | None:
    """The latest findings; None before the first run."""
    path = case.findings / "latest.json"
    if not path.is_file():
        return None
    return parse_findings(path.read_text(encoding="utf-8"))


def parse_findings(text: str) -> FindingsDocument:
    """The inverse of ``FindingsDocument.to_json``; a qualifier lives on in the id."""
    body = json.loads(text)
    return FindingsDocument(
        body["case"],
        body["run_id"],
        body["evidence_digest"],
        body["parameters"],
        tuple(Finding.from_dict(item) for item in body["findings"]),
    )
