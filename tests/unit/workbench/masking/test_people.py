"""Who is masked: minors by the evidence, and targets of leads of kinds that find minors."""

from pathlib import Path

import pytest

from graph.detect.finding import Finding, FindingsDocument
from graph.subgraph import Node, Subgraph
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from tests.labels import token
from tests.unit.graph.search.cases import CASE, case_of, named
from tests.written_reasons import reason
from workbench.masking.nodes import is_minor, with_minors
from workbench.masking.people import masked_among, masked_behind
from workbench.runs.findings_file import store_findings
from workbench.views.models.names import MASK, names_of

HUB, YOUNG, TOLD, OTHER = (f"{CASE}:a{place}" for place in range(4))
WRITTEN = reason("first contacts", 4, 1.25, "4 of 5 first contacts")
EVERYBODY = (HUB, YOUNG, TOLD, OTHER)


@pytest.fixture
def case(tmp_path: Path) -> CaseFolder:
    """Only the second account has an age."""
    people = named("oak", "fox", "ash", "elm")
    people[1] |= {"declared_age": "13"}
    return case_of(tmp_path, {"accounts": people})


def found(case: CaseFolder, kind: str, member: str, target: str, *, run: str = "r1") -> None:
    finding = Finding(kind, (member,), "weak", 0.4, (WRITTEN,), targets=(target,))
    store_findings(case, FindingsDocument(CASE, run, f"sha256:{run}", {"kinds": [kind]}, (finding,)))


def test_before_any_lead_minors_by_the_evidence_alone_are_masked(case: CaseFolder) -> None:
    assert masked_among(case, EVERYBODY) == {YOUNG: "declared"}
    assert masked_among(case, ()) == {}


def test_a_target_of_a_kind_that_finds_minors_is_masked_wherever_its_id_stands(case: CaseFolder) -> None:
    found(case, "hub", HUB, TOLD)
    assert masked_among(case, EVERYBODY) == {YOUNG: "declared", TOLD: "lead"}
    with Lake(case) as lake:
        names = names_of(lake, EVERYBODY)
    assert [names.of(identity).startswith(MASK) for identity in EVERYBODY] == [False, True, True, False]
    drawn = with_minors(case, Subgraph.of([Node(identity, "Account") for identity in EVERYBODY], []))
    assert {node.id for node in drawn.nodes if is_minor(node)} == {YOUNG, TOLD}
    assert [masked_behind(case, token(identity)) for identity in (YOUNG, TOLD, OTHER)] == [YOUNG, TOLD, None]


def test_a_target_of_another_kind_is_not(case: CaseFolder) -> None:
    found(case, "ambush", HUB, TOLD)
    assert masked_among(case, EVERYBODY) == {YOUNG: "declared"}


def test_a_target_stays_masked_while_its_lead_is_listed_as_gone(case: CaseFolder) -> None:
    found(case, "hub", HUB, TOLD)
    found(case, "hub", OTHER, YOUNG, run="r2")
    assert masked_among(case, EVERYBODY) == {YOUNG: "declared", TOLD: "lead"}
