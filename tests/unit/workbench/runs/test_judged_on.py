"""A judgement is told with the evidence that it was on: the lead as the run before it left it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from graph.detect.finding import Finding, FindingsDocument
from ingest.case_folder import CaseFolder
from tests.unit.workbench.runs.test_findings_file import document, finding
from workbench.casebook import AuditEntry, Judgement
from workbench.runs.findings_file import findings_of, findings_sha256, store_findings
from workbench.runs.judged_on import RUN, judged_earlier

BEFORE, BETWEEN, AFTER = (f"2024-01-0{day}T00:00:00Z" for day in (1, 3, 5))
HUB = finding("hub", "p:a")


def run(case: CaseFolder, seq: int, at: str, *findings: Finding, digest: str) -> AuditEntry:
    """The document as it is stored, and what the audit log says of it."""
    store_findings(case, document(*findings, digest=digest, run=f"r{seq}", kinds=("hub",)))
    return AuditEntry(seq, at, "ana", "c", RUN, json.dumps({"findings_sha256": findings_sha256(case)}), "", "")


def judged(at: str) -> dict[str, Judgement]:
    return {HUB.finding_id: Judgement("c", HUB.finding_id, "substantiated", "read", "ana", at)}


@pytest.mark.parametrize(("now", "changed"), [
    (HUB, False), (replace(HUB, score=0.9), False), (replace(HUB, tier="strong"), True),
    (replace(HUB, targets=("p:y", "p:z")), True),
])
def test_a_lead_whose_tier_or_targets_changed_since_is_given_as_it_was_when_it_was_judged(
    tmp_path: Path, now: Finding, changed: bool
) -> None:
    case = CaseFolder(tmp_path, "c").create()
    runs = [run(case, 1, "2024-01-02T00:00:00Z", HUB, digest="sha256:a"),
            run(case, 2, "2024-01-04T00:00:00Z", now, digest="sha256:b")]
    told = judged_earlier(case, judged(BETWEEN), reversed(runs), [now])
    assert told == ({HUB.finding_id: HUB} if changed else {})
    assert judged_earlier(case, judged(AFTER), runs, [now]) == {}, "it was judged as it is"
    assert judged_earlier(case, judged(BEFORE), runs, [now]) == {}, "no run is known that it was judged on"
    assert judged_earlier(case, {}, runs, [now]) == {}
    assert judged_earlier(case, judged(BETWEEN), runs, [finding("hub", "p:b")]) == {}


def test_findings_are_found_by_their_hash_for_as_long_as_they_are_kept(tmp_path: Path) -> None:
    case = CaseFolder(tmp_path, "c").create()
    first = run(case, 1, BEFORE, HUB, digest="sha256:a").facts["findings_sha256"]
    last = run(case, 2, AFTER, replace(HUB, tier="strong"), digest="sha256:b").facts["findings_sha256"]
    found = [findings_of(case, sha256) for sha256 in (first, last, "0" * 64)]
    assert [_tiers(one) for one in found] == [["weak"], ["strong"], []]


def _tiers(found: FindingsDocument | None) -> list[str]:
    return [one.tier for one in found.findings] if found else []
