"""A small platform planted from the contract alone: the document keeps it, whatever order, batches and ids come."""

import json

import pytest

from graph.detect.run import detect
from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from tests.benchmarks.makers import verdict
from tests.benchmarks.makers.outside import answers_of
from tests.benchmarks.outside.cases import plant
from tests.benchmarks.outside.fidelity import CASE, answers, closed, ids_of, read, renamed, rewritten, shape
from tests.benchmarks.outside.setting import Setting

SETTING = Setting(
    accounts=260, days=40, rooms=4, contacts=6.0, platforms=(), names=False,
    plants=("hubs", "crews", "shells", "owners"),
)


def found_in(workspace, *sources):
    case = CaseFolder(workspace, CASE).create()
    for source in sources:
        report = ingest([source], case=case)
        assert report.rejected == 0
    with Lake(case) as lake:
        return detect(lake, ["all"])


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("outside")
    told = plant(CASE, 1, folder / "source", setting=SETTING)
    return folder, told, found_in(folder / "workspace", folder / "source")


def test_the_document_keeps_the_contract_and_its_records_open(planted):
    folder, _, document = planted
    found = json.loads(document.to_json())
    assert found["findings"]
    assert [*shape(found, ids_of(read(folder / "source"))), *closed(found, folder / "workspace")] == []


def test_what_is_plain_is_found_and_nobody_innocent_is_strong(planted):
    _, told, document = planted
    answers_ = answers_of(told)
    upper = [finding for finding in document.findings if finding.tier != "weak"]
    for kind, name in (("hub", "fast"), ("ambush", "ten minutes"), ("shell", "same home and mail, own devices")):
        cases = [case for case in answers_.of(kind) if case.style == name]
        assert cases
        assert [case for case in cases if not any(case.found_by(finding) for finding in upper)] == []
    wrong = [f for f in document.findings if f.tier == "strong" and verdict(answers_, f) is False]
    assert wrong == []
    assert [f for f in upper if f.kind == "shell" and verdict(answers_, f) is False] == []


def test_order_batches_and_hostile_ids_change_no_answer(planted):
    folder, _, document = planted
    tables = read(folder / "source")
    accounts = {row["account_id"] for row in tables["accounts"]}
    members = [who.partition(":")[2] for finding in document.findings for who in finding.members]
    other, change = renamed(tables, [who for who in members if who in accounts])
    odd = rewritten(tables, folder / "odd", lambda name, rows: change(name, rows[::-2]), "jsonl")
    even = rewritten(tables, folder / "even", lambda name, rows: change(name, rows[-2::-2]))
    found = json.loads(found_in(folder / "other", odd, even).to_json())
    back = {f"{CASE}:{new}": f"{CASE}:{old}" for old, new in other.items()}
    assert answers(found, back) == answers(json.loads(document.to_json()))
