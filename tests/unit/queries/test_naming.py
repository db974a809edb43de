"""A name where an id is wanted becomes the id it stands for; anything else is said, never answered with no row."""

from collections.abc import Iterator
from typing import Any

import pytest

from graph.search import SearchIndex, open_index
from graph.store import Rows
from ingest.case_folder import CaseFolder
from queries.errors import ParameterInvalid
from queries.naming import Fault, NotNamed, named
from queries.saved_query import Parameter, SavedQuery
from tests.unit.graph.search.cases import CASE, case_of


class _Platforms:
    """A store of two platforms and two leads."""

    def read(self, cypher: str, parameters: dict[str, Any]) -> Rows:
        ids = ["Harbour", "other"] if "Platform" in cypher else ["hub-1a", "hub-2b"]
        return Rows(("id",), [(one,) for one in ids if one.startswith(parameters.get("text", ""))])


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> CaseFolder:
    accounts = (("u1", "Wren"), ("u2", "Twin"), ("u3", "twin"), ("u4", "Robin"), ("u,5", "Comma"))
    return case_of(tmp_path_factory.mktemp("naming"), {
        "accounts": [{"account_id": one, "pseudonym": name} for one, name in accounts],
        "companies": [{"company_id": "c1", "name": "Quay Ltd"}],
        "identifiers": [{"account_id": "u4", "kind": "device", "value": "d-9"}],
    })


@pytest.fixture
def index(case: CaseFolder) -> Iterator[SearchIndex]:
    with open_index(case) as opened:
        yield opened


def read(index: SearchIndex, kind: str, value: Any) -> Any:
    query = SavedQuery("q", "Q", "", "RETURN $x", (Parameter("x", kind),))
    return named(query, {"x": value}, index=index, store=_Platforms())  # type: ignore[arg-type]


def fault(index: SearchIndex, kind: str, value: Any) -> Fault:
    with pytest.raises(NotNamed) as error:
        read(index, kind, value)
    assert "\n" not in str(error.value)
    return error.value.faults[0]


@pytest.mark.parametrize(
    ("kind", "text", "identity"),
    [
        ("account", f"{CASE}:u2", f"{CASE}:u2"), ("account", "Wren", f"{CASE}:u1"), ("account", "u3", f"{CASE}:u3"),
        ("company", "quay ltd", "c1"), ("entity", "Robin", f"{CASE}:u4"), ("identifier", "d-9", "device:d-9"),
        ("platform", "harbour", "Harbour"), ("lead", "hub-2", "hub-2b"), ("lead", "hub-1a", "hub-1a"),
        ("text", "Wren", "Wren"),
    ],
)
def test_what_one_thing_is_called_is_its_id(index: SearchIndex, kind: str, text: str, identity: str) -> None:
    found = read(index, kind, text)
    meant = found.values["x"]
    assert meant.endswith(identity) if kind == "company" else meant == identity
    assert found.read == (() if meant == text else (("x", text, meant),))


def test_several_are_read_one_by_one(index: SearchIndex) -> None:
    assert read(index, "account[]", f"Wren, {CASE}:u2").values["x"] == [f"{CASE}:u1", f"{CASE}:u2"]
    assert read(index, "account[]", f"{CASE}:u,5\nRobin").values["x"] == [f"{CASE}:u,5", f"{CASE}:u4"]
    assert fault(index, "account[]", "Wren, nobody at all").text == "nobody at all"


def test_what_several_are_called_is_told_with_the_choices(index: SearchIndex) -> None:
    found = fault(index, "account", "Twin")
    assert found.several
    assert {hit.id for hit in found.choices} == {f"{CASE}:u2", f"{CASE}:u3"}
    assert f"what 2 are called: {CASE}:u2" in str(found)


def test_an_id_of_another_kind_is_said(index: SearchIndex) -> None:
    assert "'Quay Ltd' is a company" in str(fault(index, "account", "Quay Ltd"))
    assert "not a company or person" in str(fault(index, "owner", "Wren"))


def test_what_nobody_is_called_is_said_with_what_is_near(index: SearchIndex) -> None:
    assert [hit.id for hit in fault(index, "account", "Wrenn").choices] == [f"{CASE}:u1"]
    assert str(fault(index, "account", "zzzzzz")).endswith("'zzzzzz' is no account of this case")
    assert "there are Harbour, other" in str(fault(index, "platform", "nowhere"))
    assert str(fault(index, "lead", "x-1")).endswith("is no lead of this case")
    assert str(fault(index, "account", " ")).endswith("is no account of this case")


def test_types_are_checked_before_names(index: SearchIndex) -> None:
    with pytest.raises(ParameterInvalid, match="unknown parameter y"):
        named(SavedQuery("q", "Q", "", "RETURN 1"), {"y": 1}, index=index, store=_Platforms())  # type: ignore[arg-type]
