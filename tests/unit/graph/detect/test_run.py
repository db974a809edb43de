"""A run of detections: the same bytes for the same evidence, and clear errors."""

import json

import pytest

from graph.detect.finding import best_first
from graph.detect.registry import DETECTIONS, KINDS
from graph.detect.run import detect
from graph.errors import DetectionError
from tests.unit.graph.detect.small_platform import Platform, lake_of, write_folder


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    """A platform with a hub and a crowd on one target, as two source folders."""
    platform = Platform(adults=60, teens=36)
    platform.ordinary_life()
    platform.account("hub", age=33)
    for teen in platform.teens[:20]:
        platform.meet("hub", teen, answered=False)
    for i, adult in enumerate(platform.adults[:9]):
        platform.meet(adult, "t30", answered=False, hours=700 + i / 100)
    tables = platform.tables()
    folder = tmp_path_factory.mktemp("run")
    half = len(tables["messages"]) // 2
    return folder, [
        write_folder(folder / "one", {"accounts": tables["accounts"], "messages": tables["messages"][:half]}),
        write_folder(folder / "two", {"messages": tables["messages"][half:]}),
    ]


def test_all_detections_run_and_the_document_is_ordered_and_complete(sources, tmp_path):
    _, parts = sources
    seen = []
    with lake_of(tmp_path / "w", parts) as lake:
        document = detect(lake, ["all"], progress=lambda stage, done, total: seen.append((stage, done, total)))
        digest = lake.digest()
        for finding in document.findings:
            for reason in finding.reasons:
                assert len(lake.records(reason.records)) >= len(reason.records)
    kinds = [item.kind for item in DETECTIONS]
    assert document.parameters["kinds"] == kinds
    assert {"minors", *kinds} <= set(document.parameters)
    assert document.parameters["hub"]["min_minors"] == 3
    assert document.case == "small"
    assert document.evidence_digest == digest
    assert document.findings == best_first(document.findings)
    assert "small:hub" in {f.members[0] for f in document.findings if f.kind == "hub"}
    assert ("small:t30",) in {f.targets for f in document.findings if f.kind == "convergence"}
    assert seen[-1] == ("detect", len(kinds), len(kinds))


def test_the_same_bytes_again_elsewhere_and_whatever_the_order_asked_for(sources, tmp_path):
    _, parts = sources
    with lake_of(tmp_path / "a", parts) as lake:
        first = detect(lake, ["hub", "convergence"]).to_json()
        assert detect(lake, ["convergence", "hub", "hub"]).to_json() == first
    with lake_of(tmp_path / "deeper" / "b", parts) as lake:
        assert detect(lake, ["hub", "convergence"]).to_json() == first


def test_the_order_of_ingestion_and_the_threads_change_no_finding(sources, tmp_path):
    _, parts = sources
    findings = []
    for name, order, threads in (("a", parts, 1), ("b", parts[::-1], 4)):
        with lake_of(tmp_path / name, order) as lake:
            lake.backend.raw_sql(f"SET threads = {threads}")
            findings.append([finding.to_dict() for finding in detect(lake, ["hub", "convergence"]).findings])
    assert findings[0] == findings[1]
    assert findings[0]


def test_parameters_change_the_run_id_and_stand_in_the_document(sources, tmp_path):
    _, parts = sources
    with lake_of(tmp_path / "w", parts) as lake:
        plain = detect(lake, ["convergence"])
        other = detect(lake, ["convergence"], parameters={"convergence": {"windows_hours": [2], "min_members": 12}})
        grown = detect(lake, ["convergence"], parameters={"minors": {"adult_age": 16}})
    assert len({plain.run_id, other.run_id, grown.run_id}) == 3
    assert other.parameters["convergence"]["windows_hours"] == [2]
    assert other.findings == ()
    assert json.loads(other.to_json())["parameters"] == other.parameters


@pytest.mark.parametrize(
    ("kinds", "parameters", "says"),
    [
        (["hubs"], None, "no detection 'hubs'; choose from hub,"),
        ([], None, "no detection was named"),
        (["hub"], {"hub": {"min_miners": 3}}, "no parameter min_miners"),
        (["hub"], {"hubs": {}}, "no detection takes parameters hubs"),
        (["hub"], {"hub": {"min_minors": 0}}, "at least 2"),
        (["hub"], {"hub": 3}, "parameters are a mapping"),
    ],
)
def test_what_cannot_be_run_is_said_in_one_line(sources, tmp_path, kinds, parameters, says):
    _, parts = sources
    with lake_of(tmp_path / "w", parts[:1]) as lake, pytest.raises(DetectionError) as error:
        detect(lake, kinds, parameters=parameters)
    assert says in str(error.value)
    assert "\n" not in str(error.value)


def test_every_kind_of_the_contract_has_a_detection():
    assert {item.kind for item in DETECTIONS} == set(KINDS)


def test_a_case_without_messages_gives_notes_in_place_of_findings(tmp_path):
    source = write_folder(tmp_path / "s", {"accounts": [{"account_id": "a", "declared_age": 14}]})
    with lake_of(tmp_path / "w", [source]) as lake:
        document = detect(lake, ["all"])
    assert document.findings == ()
    assert document.parameters["hub"]["notes"]
    for kind in ("convergence", "recruitment", "extortion", "room"):
        assert document.parameters[kind]["notes"], kind
    assert document.parameters["owner"]["notes"] == ["the case has no ownerships: nothing could be found"]
    assert document.parameters["ambush"]["notes"] == ["the case has no messages: nothing could be found"]
    assert document.parameters["shell"]["notes"] == ["0 of 1 accounts have a device, an address or another mark"]
