"""Where do a case's findings stand between runs?  One document a run, and the latest of each kind."""

import json
from typing import Any

from graph.detect.finding import KINDS, CounterEvidence, Finding, FindingsDocument, Reason, best_first
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
        staged.write_text(body.to_json(language=None), encoding="utf-8")
        staged.replace(target)
    return latest


def load_findings(case: CaseFolder) -> FindingsDocument | None:
    """The latest findings; None before the first run."""
    path = case.findings / "latest.json"
    if not path.is_file():
        return None
    return parse_findings(path.read_text(encoding="utf-8"))


def parse_findings(text: str) -> FindingsDocument:
    """The inverse of ``FindingsDocument.to_json``, in one language or both; a qualifier lives on in the id."""
    body = json.loads(text)
    return FindingsDocument(
        body["case"],
        body["run_id"],
        body["evidence_digest"],
        body["parameters"],
        tuple(_finding(item) for item in body["findings"]),
    )


def _finding(item: dict[str, Any]) -> Finding:
    return Finding(
        kind=item["kind"],
        members=tuple(item["members"]),
        tier=item["tier"],
        score=item["score"],
        reasons=tuple(
            Reason(
                r["measure"], r["observed"], r["expected"], r["detail"], tuple(r["records"]), r.get("detail_fr", "")
            )
            for r in item["reasons"]
        ),
        counter_evidence=tuple(
            CounterEvidence(c["measure"], c["observed"], c["expected"], c["detail"], c.get("detail_fr", ""))
            for c in item["counter_evidence"]
        ),
        targets=tuple(item["targets"]),
        q_value=item["q_value"],
        first_at=item["first_at"],
        last_at=item["last_at"],
        finding_id=item["finding_id"],
    )
