"""What Ibis said of an expression is said again for another case's tables, and each case gets its own rows."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import ibis
import pyarrow as pa
import pytest
from ibis.backends.sql.compilers.duckdb import DuckDBCompiler

from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from ingest.lake.duckdb_backend import Remembered
from ingest.lake.kept_tables import KeptTables
from tests.scenarios import account, write_table


@pytest.fixture
def lakes(tmp_path: Path) -> Iterator[list[Lake]]:
    """Of two cases: Ada is 30 in the one, Ben 40 in the other."""
    opened = []
    for name, age in (("ada", 30), ("ben", 40)):
        write_table(tmp_path / name, "accounts", [account(name, age)])
        case = CaseFolder(tmp_path / "workspace", name).create()
        ingest([tmp_path / name], case=case)
        opened.append(Lake(case))
    yield opened
    for lake in opened:
        lake.close()


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What Ibis was asked to say itself."""
    asked: list[object] = []
    says = DuckDBCompiler.to_sqlglot

    def counted(self: object, expr: object, **options: object) -> object:
        asked.append(expr)
        return says(self, expr, **options)

    monkeypatch.setattr(DuckDBCompiler, "to_sqlglot", counted)
    return asked


def test_an_expression_over_two_cases_is_said_once_and_gives_each_its_rows(
    lakes: list[Lake], compiled: list[object]
) -> None:
    found = []
    for lake in lakes:
        kept, accounts = KeptTables(lake), lake.table("accounts")
        named = kept.table("named", lambda accounts=accounts: accounts.mutate(name=accounts.account))
        found.append(named.filter(named.declared_age > 20).select("name").to_pyarrow().to_pylist())
        kept.close()
    assert found == [[{"name": "town:ada"}], [{"name": "town:ben"}]]
    assert len(compiled) == 2  # the table that is kept and what is asked of it


def test_another_value_or_limit_is_another_answer(lakes: list[Lake]) -> None:
    accounts = lakes[0].table("accounts")
    both = ibis.union(accounts, accounts).select("account")
    assert [both.to_pyarrow(limit=limit).num_rows for limit in (None, 1, 2, None)] == [2, 1, 2, 2]
    ages = [accounts.filter(accounts.declared_age > age).to_pyarrow().num_rows for age in (29, 30, 29)]
    assert ages == [1, 0, 1]
    one, real, true = (accounts.select(x=ibis.literal(value)).to_pyarrow()["x"][0].as_py() for value in (1, 1.0, True))
    assert [type(value) for value in (one, real, true)] == [int, float, bool]


def test_rows_held_in_memory_are_not_remembered(lakes: list[Lake]) -> None:
    answers = Remembered()
    held = ibis.memtable(pa.table({"account": ["town:ada"]}))
    told = iter("abcd")
    expressions = (held, lakes[0].table("accounts").semi_join(held, "account"), lakes[0].table("accounts"))
    assert [answers.of(expr, None, lambda: next(told)) for expr in (*expressions, lakes[1].table("accounts"))] == [
        "a", "b", "c", "c",
    ]
    assert answers.of(held, None, lambda: next(told)) == "d"


def test_the_oldest_is_forgotten_first(lakes: list[Lake]) -> None:
    answers = Remembered(most=2)
    accounts = lakes[0].table("accounts")
    for limit in (1, 2, 3):
        answers.of(accounts, limit, partial(str, limit))
    assert [answers.of(accounts, limit, lambda: "new") for limit in (2, 3, 1)] == ["2", "3", "new"]


def test_a_kept_table_is_filled_by_the_text_that_answers_as_well(lakes: list[Lake], compiled: list[object]) -> None:
    lake = lakes[0]
    kept, adults = KeptTables(lake), lake.table("accounts").filter(lambda account: account.declared_age > 17)
    assert adults.to_pyarrow().equals(kept.table("adults", lambda: adults).select(adults.columns).to_pyarrow())
    assert len(compiled) == 2  # the one text of both, and what is asked of the kept table
    kept.close()


def test_rows_in_memory_are_kept_as_a_table(lakes: list[Lake]) -> None:
    held = ibis.memtable(pa.table({"order": ["b", "a"], "x y": [1, 2]}))
    kept = KeptTables(lakes[0])
    table = kept.table("held", lambda: held.mutate(twice=held["x y"] * 2))
    assert table.order_by("order").to_pyarrow().to_pylist() == [
        {"order": "a", "x y": 2, "twice": 4}, {"order": "b", "x y": 1, "twice": 2},
    ]
    kept.close()
