"""Findings between runs: written whole, read back equal, kinds not run are kept while the evidence stands."""

from pathlib import Path

from graph.detect.finding import Finding, FindingsDocument, best_first
from ingest.case_folder import CaseFolder
from tests.written_reasons import counter, reason
from workbench.runs.findings_file import load_findings, parse_findings, store_findings

REASON = reason("first contacts", 4, 1.25, "4 of 5 first contacts", ("messages:m2", "messages:m1"))


def finding(kind: str, *members: str, score: float = 0.5, qualifier: str = "") -> Finding:
    against = (counter("replies", 0.5, None, "half of them answered"),)
    return Finding(
        kind=kind,
        members=members,
        tier="weak",
        score=score,
        reasons=(REASON,),
        qualifier=qualifier,
        counter_evidence=against,
        targets=("p:z",),
        q_value=1e-9,
        first_at="2024-01-01T00:00:00Z",
    )


def document(
    *findings: Finding, digest: str = "sha256:a", run: str = "r1", kinds: tuple[str, ...] = ()
) -> FindingsDocument:
    return FindingsDocument("c", run, digest, {"kinds": list(kinds)}, best_first(findings))


def test_a_document_reads_back_to_the_same_bytes() -> None:
    text = document(finding("owner", "p:a", qualifier="x"), finding("hub", "p:é\u202e")).to_json()
    assert parse_findings(text).to_json() == text


def test_the_id_depends_on_members_and_qualifier_only() -> None:
    one = finding("shell", "p:b", "p:a", score=0.1)
    assert one.finding_id == finding("shell", "p:a", "p:b", score=0.9).finding_id
    assert one.finding_id != finding("shell", "p:a", "p:b", qualifier="q").finding_id
    assert one.finding_id != finding("ambush", "p:a", "p:b").finding_id


def test_kinds_not_run_stay_while_the_evidence_is_the_same(tmp_path: Path) -> None:
    case = CaseFolder(tmp_path, "c").create()
    assert load_findings(case) is None
    store_findings(case, document(finding("hub", "p:a"), finding("shell", "p:b", "p:c"), kinds=("hub", "shell")))
    store_findings(case, document(finding("hub", "p:d"), run="r2", kinds=("hub",)))
    kept = load_findings(case)
    assert kept is not None
    assert sorted(item.members[0] for item in kept.findings) == ["p:b", "p:d"]


def test_findings_of_other_evidence_are_not_carried_over(tmp_path: Path) -> None:
    case = CaseFolder(tmp_path, "c").create()
    store_findings(case, document(finding("shell", "p:b", "p:c"), kinds=("shell",)))
    store_findings(case, document(finding("hub", "p:d"), digest="sha256:b", run="r2", kinds=("hub",)))
    kept = load_findings(case)
    assert kept is not None
    assert [item.kind for item in kept.findings] == ["hub"]


def test_a_document_is_parsed_once_and_again_when_another_run_has_written_it(tmp_path: Path) -> None:
    case = CaseFolder(tmp_path, "c").create()
    store_findings(case, document(finding("hub", "p:a"), kinds=("hub",)))
    first = load_findings(case)
    assert load_findings(case) is first
    store_findings(case, document(finding("hub", "p:b"), kinds=("hub",)))
    second = load_findings(case)
    assert second is not None
    assert [found.members for found in second.findings] == [("p:b",)]
