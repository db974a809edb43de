"""FollowTheMoney, STIX, CASE/UCO and Analyst's Notebook, judged by the validators of those who made them."""

import json
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from graph.subgraph import Edge, Node, Subgraph
from tests.unit.workbench.exports.exported import HOSTILE
from tests.unit.workbench.exports.test_exports import subgraphs
from workbench.exports import write
from workbench.exports.values import unescape

MAY, JUNE = datetime(2024, 5, 1, 16, 3, 4, tzinfo=UTC), datetime(2024, 6, 1, tzinfo=UTC)
B = {"batch_id": "b1"}
PROVENANCE = {
    "case": "north", "evidence_digest": "sha256:1", "batch_ids": ["b1"], "selection": {"all": True},
    "filature": "0.1.0",
    "sources": [{"name": 'a "b".csv', "sha256": "ab" * 32, "bytes": 12, "batch_id": "b1"},
                {"name": "c.csv", "sha256": "cd" * 32, "bytes": 0, "batch_id": "b2"}],
}
GRAPH = Subgraph.of(
    [
        Node("kik:1", "Account", {"platform": "kik", "pseudonym": HOSTILE[0], "created_at": MAY, **B}),
        Node("kik:2", "Account", {"platform": "kik", "pseudonym": "Wren", "declared_age": 13, **B}),
        *(Node(f"odd:{number}", "Account", {"platform": "odd", "pseudonym": text, **B})
          for number, text in enumerate(HOSTILE)),
        Node("kik:r", "Room", {"platform": "kik", "name": "Lobby", **B}),
        Node("email:a@example.org", "Identifier", {"kind": "email", "value": "a@example.org", **B}),
        Node("ip:10.0.0.1", "Identifier", {"kind": "ip", "value": "10.0.0.1", **B}),
        Node("ip:x", "Identifier", {"kind": "ip", "value": "no address", **B}),
        Node("device:d", "Identifier", {"kind": "device", "value": "d-7", **B}),
        Node("north:c", "Company", {"name": "Quay Ltd", "jurisdiction": "GB", "incorporated_at": MAY, **B}),
        Node("north:d", "Company", {"name": "Pier SA", "jurisdiction": "Nowhere", **B}),
        Node("north:p", "Person", {"name": "Ann Example", **B}),
        Node("kik", "Platform", {"name": "kik", **B}),
        Node("hub-1", "Finding", {"kind": "hub", "tier": "strong", "score": 0.9, "first_at": MAY, **B}),
    ],
    [
        Edge("Account/kik:1", "Account/kik:2", "CONTACTED", {"messages": 3, "first_at": MAY, "last_at": JUNE, **B}),
        Edge("Account/kik:2", "Account/kik:1", "REPORTED", {"reason": HOSTILE[1], "made_at": JUNE, **B}),
        Edge("Account/kik:2", "Room/kik:r", "POSTED_IN", {"messages": 1, "first_at": MAY, "last_at": MAY, **B}),
        *(Edge("Account/kik:1", f"Identifier/{one}", "USED", {"times": 2, **B})
          for one in ("email:a@example.org", "ip:10.0.0.1", "ip:x", "device:d")),
        Edge("Person/north:p", "Company/north:c", "OWNS", {"share": 0.25, "kind": "shareholding", "from": MAY, **B}),
        Edge("Company/north:c", "Platform/kik", "OPERATES", B),
        Edge("Finding/hub-1", "Account/kik:1", "INVOLVES", {"part": "member", **B}),
    ],
)


def ftm(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def validated(entities: list[dict[str, Any]]) -> None:
    """As the library judges them: the schema, and that cleaning changes no value."""
    model = pytest.importorskip("followthemoney").model
    ids = {entity["id"]: entity["schema"] for entity in entities}
    assert len(ids) == len(entities)
    for entity in entities:
        schema = model.get(entity["schema"])
        assert schema is not None
        assert not schema.abstract
        schema.validate(entity)
        for name, values in entity["properties"].items():
            prop = schema.get(name)
            assert prop is not None, (entity["schema"], name)
            assert all(prop.type.validate(value) for value in values), (name, values)
            if prop.range is not None:
                assert all(model.get(ids[value]).is_a(prop.range) for value in values), (name, values)


def test_ftm_entities_are_valid_by_the_library_and_name_their_proof(tmp_path: Path) -> None:
    write(GRAPH, "ftm", tmp_path / "out.json", provenance=PROVENANCE)
    entities = ftm(tmp_path / "out.json")
    validated(entities)
    assert len(entities) == len(GRAPH.nodes) + len(GRAPH.edges) + 2
    named = {entity["properties"].get("name", [""])[0]: entity for entity in entities}
    document = named['a "b".csv']
    proofs = [entity["properties"].get("proof") for entity in entities if entity["schema"] != "Document"]
    assert all(proof == [document["id"]] for proof in proofs)
    assert named["Quay Ltd"]["properties"]["jurisdiction"] == ["gb"]
    owned = next(entity for entity in entities if entity["schema"] == "Ownership")
    assert owned["properties"]["percentage"] == ["25"]
    assert owned["properties"]["owner"] == [named["Ann Example"]["id"]]
    wolf = next(entity for entity in entities if entity["properties"].get("email"))
    assert (wolf["properties"]["email"], wolf["properties"]["ipAddress"]) == (["a@example.org"], ["10.0.0.1"])


def test_a_stix_bundle_passes_its_validator_and_its_library(tmp_path: Path) -> None:
    import stix2
    from stix2validator import ValidationOptions, validate_file

    out = tmp_path / "out.json"
    write(GRAPH, "stix", out, provenance=PROVENANCE)
    results = validate_file(str(out), options=ValidationOptions(version="2.1"))
    assert results.is_valid, results.object_results
    told = json.loads(out.read_text())
    bundle = stix2.parse(told, allow_custom=False)
    account = next(one for one in bundle.objects if one.type == "user-account" and one.user_id == "2")
    assert stix2.UserAccount(user_id="2", account_type="kik", display_name="x").id == account.id
    kinds = [one.relationship_type for one in bundle.objects if one.type == "relationship"]
    assert sorted(kinds) == sorted(["contacted", "reported", "posted-in", *["used"] * 4, "owns", "operates"])
    lead = next(one for one in bundle.objects if one.type == "grouping")
    wolf = next(one.id for one in bundle.objects if one.type == "user-account" and one.user_id == "1")
    assert list(lead.object_refs) == [wolf]
    assert [dict(one.hashes) for one in bundle.objects if one.type == "file"] == [
        {"SHA-256": "ab" * 32}, {"SHA-256": "cd" * 32}
    ]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the validator and its libraries among themselves
def test_a_case_bundle_passes_case_validate_and_comes_back_as_accounts(tmp_path: Path) -> None:
    from case_utils.case_validate import validate

    from tests.unit.ingest.chat_exports import read

    out = tmp_path / "out.jsonld"
    write(GRAPH, "case-uco", out, provenance=PROVENANCE)
    result = validate(str(out))
    assert result.conforms, result.text
    assert result.undefined_concepts == set()
    _, tables, rejects = read(tmp_path, out)
    assert rejects == []
    assert {"kik:1", "kik:2"} <= set(tables["accounts"].account)


def test_a_chart_opens_with_a_second_reader_and_holds_every_thing_once(tmp_path: Path) -> None:
    out = tmp_path / "out.anx"
    write(GRAPH, "anx", out, provenance=PROVENANCE)
    root = ET.parse(out).getroot()
    items = root.findall("./ChartItemCollection/ChartItem")
    entities = {found.get("EntityId"): (found.get("Identity"), item) for item in items
                for found in item.findall("./End/Entity")}
    assert {unescape(name) for name, _ in entities.values()} == {node.key for node in GRAPH.nodes}
    links = [(entities[found.get("End1Id")][0], found.find("LinkStyle").get("Type"), entities[found.get("End2Id")][0])
             for item in items for found in item.findall("./Link")]
    assert sorted(links) == sorted((edge.source, edge.type, edge.target) for edge in GRAPH.edges)
    types = {one.get("Name") for one in root.findall("./EntityTypeCollection/EntityType")}
    assert {style.get("Type") for style in root.iter("IconStyle")} <= types
    classes = {one.get("Name") for one in root.findall("./AttributeClassCollection/AttributeClass")}
    assert {one.get("AttributeClass") for one in root.iter("Attribute")} <= classes
    assert "".join(root.itertext()).strip() == ""


@pytest.mark.parametrize("to", ["ftm", "stix", "anx", "case-uco"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None)
@given(subgraph=subgraphs())
def test_any_subgraph_gives_a_file_that_can_be_read(tmp_path: Path, to: str, subgraph: Subgraph) -> None:
    import stix2

    write(subgraph, to, tmp_path / "out", provenance=PROVENANCE)
    if to == "ftm":
        validated(ftm(tmp_path / "out"))
    elif to == "stix":
        stix2.parse(json.loads((tmp_path / "out").read_text()), allow_custom=False)
    elif to == "anx":
        assert len(ET.parse(tmp_path / "out").getroot().findall(".//Entity")) == len(subgraph.nodes)
    else:
        assert json.loads((tmp_path / "out").read_text())["@graph"]
