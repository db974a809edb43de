"""New, gone, moved: what a run changed, and what is behind it."""

from pathlib import Path
from typing import Any

import pytest

from graph.detect.finding import Finding, FindingsDocument, best_first
from ingest.case_folder import CaseFolder
from tests.written_reasons import reason
from workbench.runs.changes import Move, Why, compare
from workbench.runs.findings_file import load_former, store_findings

PARAMETERS: dict[str, Any] = {
    "minors": {"adult_age": 18, "version": 2}, "hub": {"min_minors": 3, "version": 8, "notes": ["x"]},
    "ambush": {"window": 6, "version": 1, "notes": []}, "convergence": {"min_members": 5, "version": 4, "notes": []},
}


def lead(name: str, score: float, *, kind: str = "hub", tier: str = "weak") -> Finding:
    return Finding(kind, (f"p:{name}",), tier, score, (reason("x", 1, 0, "x"),))  # type: ignore[arg-type]


def run(*findings: Finding, run_id: str = "run-2", digest: str = "sha256:a", **parameters: Any) -> FindingsDocument:
    return FindingsDocument("c", run_id, digest, {**PARAMETERS, **parameters}, best_first(findings))


def test_new_gone_and_moved_are_told_apart() -> None:
    a, b, c, d = lead("a", 0.9), lead("b", 0.8), lead("c", 0.7), lead("d", 0.6)
    former = run(a, b, c, d, run_id="run-1")
    changes = compare(former, run(lead("e", 0.99), a, lead("d", 0.85), b, lead("f", 0.1)))
    assert changes.former_run == "run-1"
    assert changes.new == {lead("e", 1).finding_id, lead("f", 1).finding_id}
    assert changes.gone == (c,)
    assert changes.moved == {d.finding_id: Move(("weak", "weak"), (4, 3))}, "a and b stand as they stood"


def test_another_tier_is_a_move_in_place() -> None:
    a, b = lead("a", 0.9), lead("b", 0.8)
    changes = compare(run(a, b), run(lead("a", 0.9, tier="strong"), b))
    assert changes.moved == {a.finding_id: Move(("weak", "strong"), (1, 1))}


def test_places_are_those_of_the_kind() -> None:
    a, b, other = lead("a", 0.9), lead("b", 0.8), lead("x", 0.85, kind="shell")
    assert compare(run(a, b), run(a, b, other)).moved == {}


def test_the_same_document_changes_nothing() -> None:
    same = run(lead("a", 0.9), lead("b", 0.8))
    changes = compare(same, same)
    assert (changes.new, changes.gone, dict(changes.moved)) == (frozenset(), (), {})
    assert changes.why["hub"] == Why()
    assert compare(run(), run()).why == {}


def test_why_names_evidence_parameters_and_method_of_the_kind_alone() -> None:
    a = lead("a", 0.9)
    hub = {"min_minors": 4, "version": 8, "notes": ["y"]}
    assert compare(run(a), run(a, hub=hub)).why["hub"] == Why(parameters={"hub.min_minors": (3, 4)})
    assert compare(run(a), run(a, digest="sha256:b")).why["hub"] == Why(evidence=True)
    assert compare(run(a), run(a, hub={**PARAMETERS["hub"], "version": 9})).why["hub"] == Why(methods={"hub": (8, 9)})
    shell = compare(run(a), run(a, ambush={"window": 9, "version": 1, "notes": []}))
    assert shell.why["hub"] == Why(), "crews are no part of it"
    minors = compare(run(a), run(a, minors={"adult_age": 16, "version": 2}))
    assert minors.why["hub"] == Why(parameters={"minors.adult_age": (18, 16)})


def test_a_kind_that_reads_another_s_findings_hangs_on_its_parameters() -> None:
    one = lead("a", 0.9, kind="convergence")
    changed = run(one, ambush={"window": 9, "version": 1, "notes": []})
    assert compare(run(one), changed).why["convergence"] == Why(parameters={"ambush.window": (6, 9)})


@pytest.mark.parametrize("first", [True, False])
def test_a_kind_run_for_the_first_time_or_not_on_this_evidence_is_said(first: bool) -> None:
    shell = lead("a", 0.9, kind="shell")
    with_shell = run(shell, shell={"moderate": 1, "version": 7, "notes": []})
    if first:
        assert compare(run(), with_shell).why["shell"] == Why(first=True)
    else:
        assert compare(with_shell, run(digest="sha256:b")).why["shell"] == Why(evidence=True, not_run=True)


def test_what_a_run_replaces_is_kept_and_the_same_run_again_replaces_nothing(tmp_path: Path) -> None:
    case = CaseFolder(tmp_path, "c").create()
    one, two, three = run(lead("a", 0.9), run_id="r1"), run(lead("b", 0.9), run_id="r2"), run(run_id="r3")
    store_findings(case, one)
    assert load_former(case) is None
    store_findings(case, two)
    store_findings(case, two)
    former = load_former(case)
    assert former is not None
    assert former.to_json() == one.to_json()
    store_findings(case, three)
    assert [path.read_text("utf-8") for path in sorted((case.findings / "former").iterdir())] == [
        one.to_json(), two.to_json()
    ], "never lost"
