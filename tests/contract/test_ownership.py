"""From BODS statements to owners on both engines: the graph holds the register; queries and findings say who held."""

from pathlib import Path
from typing import Any

import pytest

from graph.detect.run import detect
from graph.load import project
from graph.store import Store
from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from queries.catalog import find, library
from queries.runner import run
from tests.contract.graph_content import content, expected, write
from tests.engines import CASE
from tests.real_data import real_data

REGISTER = Path(__file__).parents[1] / "unit" / "ingest" / "registers" / "bods-0.4.jsonl"


@pytest.fixture
def case(tmp_path: Path) -> CaseFolder:
    return CaseFolder(tmp_path / "workspace", CASE)


def load(case: CaseFolder, store: Store, *sources: Path) -> None:
    ingest(sources, case=case)
    with Lake(case) as lake:
        project(lake, store, case=CASE, engine=None)


def asked(store: Store, name: str, columns: str, **parameters: Any) -> list[tuple[Any, ...]]:
    result = run(store, find(name, library()), parameters)
    places = [result.columns.index(column) for column in columns.split()]
    return [tuple(row[place] for place in places) for row in result.rows]


def test_direct_ownership_fixture_gives_its_published_answer(
    case: CaseFolder, store: Store, reader_store: Store
) -> None:
    load(case, store, real_data("bods") / "fixture_01-direct-ownership.json")
    company, person = f"{CASE}:rec-acme-holdings-ltd", f"{CASE}:rec-jane-smith-1975"
    assert asked(reader_store, "ultimate-owners", "owner kind share chains steps", company=company) == [
        (person, "Person", 0.75, 1, 1)
    ]
    interests = asked(reader_store, "holders-over-time", "holder interest share", company=company)
    assert interests == [(person, "shareholding", 0.75), (person, "votingRights", 0.75)]
    with Lake(case) as lake:
        (finding,) = detect(lake, ["owner"]).findings
    assert (finding.members, finding.targets, finding.reasons[0].observed) == ((person,), (company,), 0.75)


@pytest.mark.parametrize(
    ("name", "company", "owner", "share"),
    [
        ("indirect-ownership", "ad3f6c2fcc9e", "c25d4d612c2c", 0.3),
        ("multiple-indirect-ownership", "63e3a8a8946f", "92ebf964a1f6", 0.6),
    ],
)
def test_a_declared_indirect_interest_is_the_share_and_no_second_stake(
    tmp_path: Path, name: str, company: str, owner: str, share: float
) -> None:
    case = CaseFolder(tmp_path / "workspace", CASE)
    ingest([real_data("bods") / f"{name}.json"], case=case)
    with Lake(case) as lake:
        (finding,) = detect(lake, ["owner"]).findings
    assert (finding.members, finding.targets) == ((f"{CASE}:{owner}",), (f"{CASE}:{company}",))
    assert finding.reasons[0].observed == pytest.approx(share)


def test_who_held_the_site_on_a_day(case: CaseFolder, store: Store, reader_store: Store, tmp_path: Path) -> None:
    operators = write(tmp_path / "operators", {"operators": [{"company_id": "harbour", "platform": "chat"}]})
    load(case, store, REGISTER, operators)
    assert content(store) == expected(case)

    def held(day: str) -> list[tuple[Any, ...]]:
        rows = asked(reader_store, "who-held", "owner share nominee", platform="chat", at=f"{day}T00:00:00Z")
        return [(owner.removeprefix(f"{CASE}:"), share, nominee) for owner, share, nominee in rows]

    assert held("2019-04-30") == [("first", 1.0, False)]
    after = held("2019-05-01")
    assert after[:2] == [("ada", pytest.approx(0.45), False), ("bo", pytest.approx(0.3), False)]
    assert {(owner, nominee) for owner, _, nominee in after[2:]} == {("clerk", True), ("dora", False)}
    assert {owner: share for owner, share, _ in held("2021-03-01")}["ada"] == pytest.approx(0.375)


def test_ranges_and_indirect_holdings_are_told_in_the_graph(case: CaseFolder, store: Store) -> None:
    load(case, store, REGISTER, real_data("bods") / "indirect-ownership.json")
    (ends,) = store.read(
        "MATCH (:Company {id: $owner})-[r:OWNS]->() RETURN r.share, r.share_min, r.share_max",
        {"owner": f"{CASE}:lantern"},
    )
    assert tuple(ends) == (None, 0.75, 1.0)
    told = store.read("MATCH (a)-[r:OWNS]->(b) WHERE r.indirect RETURN a.id, b.id, r.share")
    assert [tuple(row) for row in told] == [(f"{CASE}:c25d4d612c2c", f"{CASE}:ad3f6c2fcc9e", 0.3)]
