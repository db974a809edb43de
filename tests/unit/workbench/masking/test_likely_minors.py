"""Whom a hub's lead calls likely minors: masked under a label that says so, listed in its report, found by it."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from graph.detect.finding import Finding, FindingsDocument
from graph.detect.reason import Reason
from graph.detect.values import count, number, share
from graph.fetch import Fetched
from graph.subgraph import Node, Subgraph
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from tests.labels import KEY, mask, token
from tests.unit.graph.detect.small_platform import moment
from tests.unit.graph.search.cases import CASE, case_of, named
from tests.written_reasons import reason
from workbench.bootstrap import Workbench
from workbench.dossier import not_known_then
from workbench.export_subgraph import export_subgraph, masking_of
from workbench.language import words
from workbench.masking.nodes import is_likely, is_masked, is_minor, with_minors
from workbench.masking.people import all_masked_behind, masked_among, masked_behind, masked_in
from workbench.report.choice import Choice
from workbench.report.content import Section, Table, texts_in
from workbench.report.make import compose
from workbench.runs.findings_file import load_findings, store_findings
from workbench.settings import Settings
from workbench.views.models import picker
from workbench.views.models.conversation import citing
from workbench.views.models.leads.who import likely_elsewhere_told, not_known_told
from workbench.views.models.names import names_of
from workbench.views.models.records import called, likely_elsewhere, open_records

HUB, YOUNG, LIKELY, LATER, OTHER = (f"{CASE}:a{place}" for place in range(5))
EVERYBODY = (HUB, YOUNG, LIKELY, LATER, OTHER)
LABEL = mask(LIKELY, likely=True)
HELD = ("ash_grove", "a2")


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> CaseFolder:
    """No test changes what it holds; the case's log alone grows."""
    return led(tmp_path_factory.mktemp("likely"))


def led(folder: Path) -> CaseFolder:
    """The hub wrote to all; one declares an age, one states it later, one is likely a minor by the lead alone."""
    messages = [
        {"message_id": f"m{to}", "sender_id": "a0", "recipient_id": f"a{to}", "sent_at": moment(to), "text": "hello"}
        for to in (1, 2, 3, 4)
    ]
    messages.append({"message_id": "m9", "sender_id": "a3", "recipient_id": "a0", "sent_at": moment(50),
                     "text": "i'm 14 yo"})
    people = named("oak", "fox", HELD[0], "elm", "yew")
    people[1] |= {"declared_age": "13"}
    case = case_of(folder, {"accounts": people, "messages": messages})
    with Lake(case) as lake:
        record = {row["recipient"]: row["record_id"] for row in lake.table("messages").to_pyarrow().to_pylist()}
    likely = Reason("likely_minors", {
        "minors": count(2), "people": count(2), "unknown": count(3), "least": share(0.9), "usual": number(0.1),
    }, 2, 0.1, "likely minors", tuple(f"messages:{record[who]}" for who in (LIKELY, LATER)))
    lead = Finding("hub", (HUB,), "weak", 0.4, (reason("first contacts", 4, 1.25, "of 4"), likely), targets=(YOUNG,))
    store_findings(case, FindingsDocument(CASE, "r1", "sha256:r1", {"kinds": ["hub"]}, (lead,)))
    return case


def test_they_are_masked_everywhere_under_a_label_that_says_so(case: CaseFolder) -> None:
    assert masked_among(case, EVERYBODY) == {YOUNG: "declared", LIKELY: "likely", LATER: "stated"}
    with Lake(case) as lake:
        names, everybody = names_of(lake, EVERYBODY), masked_in(lake)
    assert everybody == {YOUNG, LIKELY, LATER}
    assert [names.of(one) for one in EVERYBODY] == ["oak", mask(YOUNG), LABEL, mask(LATER), "yew"]
    assert names.written(HELD[0].upper()) == LABEL


def test_in_a_graph_they_are_masked_and_not_counted_among_the_minors(case: CaseFolder) -> None:
    drawn = with_minors(case, Subgraph.of([Node(identity, "Account") for identity in EVERYBODY], []))
    assert [{node.id for node in drawn.nodes if asked(node)} for asked in (is_minor, is_likely, is_masked)] == [
        {YOUNG, LATER}, {LIKELY}, {YOUNG, LIKELY, LATER},
    ]
    known = Subgraph.of([Node(LIKELY, "Account", {"minor_basis": "stated"})], [])
    assert with_minors(case, known) == known, "what the evidence tells is not put aside for a lead"
    masking = masking_of(Workbench(Settings(case.workspace, "ana")), case)
    assert not [word for word in HELD if word in str(masking.subgraph(drawn)) + str(masking.value([HELD[0], LIKELY]))]


def test_a_masked_graph_does_not_say_when_a_minor_comes_of_age(case: CaseFolder, tmp_path: Path) -> None:
    workbench = Workbench(Settings(case.workspace, "ana"))
    spans = {"minor_from": "2024-01-01T00:00:00Z", "minor_until": "2029-05-06T00:00:00Z", "messages": 3}
    nodes = [Node(YOUNG, "Account", spans), Node(OTHER, "Account", spans)]
    fetched = Fetched(Subgraph.of(nodes, []), 2, 2)
    held = {}
    for name, masking in (("masked", masking_of(workbench, case)), ("open", None)):
        export_subgraph(
            workbench, case, fetched, to="csv", path=tmp_path / name, selection={"all": True}, masking=masking
        )
        with (tmp_path / name / "nodes.csv").open(encoding="utf-8") as stream:
            rows = list(csv.DictReader(stream))
        manifest = json.loads((tmp_path / f"{name}.manifest.json").read_text(encoding="utf-8"))
        held[name] = sorted(row["minor_until"][:4] for row in rows), manifest.get("left_out_of_minors")
    assert held == {"masked": (["", "2029"], ["minor_from", "minor_until"]), "open": (["2029", "2029"], None)}
    masked = masking_of(workbench, case)
    young, other, listed = ({"id": one, **spans} for one in (YOUNG, OTHER, ["no", "text"]))
    assert [sorted(map_) for map_ in masked.value([young, other, listed])] == [
        ["id", "messages"], sorted(other), sorted(listed),
    ], "the properties that a statement returns as a map"


def test_the_report_lists_them_with_their_part_and_names_none(case: CaseFolder) -> None:
    workbench = Workbench(Settings(case.workspace, "ana"))
    said, material = compose(workbench, case, Choice(top=9, texts=True))
    everything = list(texts_in(said.sections))
    assert not [text for text in everything if HELD[0] in text or LIKELY in text]
    assert any(LABEL in text for text in everything), "the label is that of the screens"
    lead = next(part for part in said.sections if part.title.startswith("Lead 1"))
    involved = next(part for part in lead.blocks if isinstance(part, Section) and part.title.startswith("People"))
    table = next(block for block in involved.blocks if isinstance(block, Table))
    assert [row[:3] for row in table.rows] == [
        ("member", "oak", HUB), ("target", mask(YOUNG), mask(YOUNG)), ("later", mask(LATER), mask(LATER)),
        ("likely", LABEL, LABEL),
    ]
    assert table.rows[3][3] == "likely minor (a lead)"
    assert not_known_told(material.leads[0].beyond, words("en")) in everything


def test_a_lead_that_does_not_call_them_so_says_by_what_they_are_masked(tmp_path: Path) -> None:
    """Their label would contradict its sentences, which count them among people of unknown age."""
    case = led(tmp_path)
    found = load_findings(case)
    assert found is not None
    (hub,) = found.findings
    cited = next(one for one in hub.reasons if one.code == "likely_minors").records
    other = Finding("extortion", (HUB,), "weak", 0.3, (reason("first contacts", 2, 1.25, "of 2", records=cited),))
    store_findings(case, replace(found, run_id="r2", findings=(hub, other)))
    told, material = compose(Workbench(Settings(case.workspace, "ana")), case, Choice(findings=(other.finding_id,)))
    with Lake(case) as lake:
        records = open_records(lake, cited)
        shown = called(lake, records, names_of(lake, [HUB]))
    said = (
        f"1 person here is a likely minor by another lead alone, and masked for that: {LABEL}. "
        "This lead does not count them as one."
    )
    everything = list(texts_in(told.sections))
    assert said in everything
    lead = next(part for part in told.sections if part.title.startswith("Lead 1"))
    involved = next(part for part in lead.blocks if isinstance(part, Section) and part.title.startswith("People"))
    table = next(block for block in involved.blocks if isinstance(block, Table))
    assert [(row[0], row[1], row[3]) for row in table.rows] == [
        ("member", "oak", "age unknown"), ("in the records", LABEL, "likely minor (another lead)"),
        ("in the records", mask(LATER), "minor (age stated in its own messages)"),
    ]
    assert material.leads[0].met == (LIKELY, LATER)
    assert likely_elsewhere_told(likely_elsewhere(records, shown, {}), words("en")) == said
    assert not likely_elsewhere(records, shown, {LIKELY: "likely"}), "by this lead"


def test_the_lead_cites_whom_it_does_not_name(case: CaseFolder) -> None:
    found = load_findings(case)
    assert found is not None
    lead = found.findings[0]
    with Lake(case) as lake:
        assert not_known_then(lake, lead) == {LATER: "later", LIKELY: "likely"}
        assert [citing(lake, one, found.findings) for one in (LIKELY, LATER, OTHER)] == [
            {lead.finding_id}, {lead.finding_id}, set(),
        ]


@pytest.mark.parametrize("before", ["", "minor ▪▪▪ ", "mineur probable ▪▪▪ ", "~", f"{CASE}:~"])
@pytest.mark.parametrize("digits", [4, 6, 16])
def test_whoever_is_masked_is_found_by_the_beginning_of_a_label(case: CaseFolder, before: str, digits: int) -> None:
    workbench = Workbench(Settings(case.workspace, "ana"))
    for who, label in ((LIKELY, LABEL), (YOUNG, mask(YOUNG))):
        found = picker.resolve(workbench, case, before + token(who)[:digits])
        assert [hit.id for hit in found.hits][:1] == [who]
        assert found.total == 1
        assert picker.choices(found, words("en"), key=KEY)[0].title == f"Account: {label}"
    assert not picker.resolve(workbench, case, "minor ▪▪▪ " + token(OTHER)[:6]).hits, "who is not masked has no label"
    assert not picker.resolve(workbench, case, token(YOUNG)[:3]).hits, "three are too few"
    assert not picker.resolve(workbench, case, token(YOUNG), labels=("Room",)).hits


def test_a_token_or_its_beginning_stands_for_them(case: CaseFolder) -> None:
    assert [masked_behind(case, token(one)) for one in (YOUNG, LIKELY, OTHER)] == [YOUNG, LIKELY, None]
    assert all_masked_behind(case, token(LIKELY)[:4]) == (LIKELY,)
    assert set(all_masked_behind(case, "")) == {YOUNG, LIKELY, LATER}
