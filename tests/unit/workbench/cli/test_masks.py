"""Who may not lift masks meets no minor's name or id at the command line either; whoever may sees what there is."""

import json
from contextlib import nullcontext
from pathlib import Path

import pytest

from graph.errors import GraphError
from graph.subgraph import Edge, Node, Subgraph
from queries.runner import QueryResult
from tests.labels import token
from tests.unit.graph.detect.small_platform import moment
from tests.unit.graph.search.cases import CASE, case_of, lines
from tests.unit.workbench.cli.test_cli import say
from workbench.access import system_user
from workbench.bootstrap import Workbench
from workbench.casebook.people.rights import Role
from workbench.cli.commands.queries import library, team
from workbench.settings import Settings

ME, NAME, MINOR = system_user(), "little_wren", f"{CASE}:kid77"
HIDDEN = f"{CASE}:~{token(MINOR)}"
TOLD = (NAME, "kid77", "wren@mail.example")
"""None of it may be printed."""
ADULT = "soleil_51"  # another minor is called soleil
PICTURE = "5" * 40
NODE = Node(MINOR, "Account", {"id": MINOR, "pseudonym": NAME, "declared_age": 13, "minor_until": "2029-01-01"})


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A case with a minor, a list that holds a picture of theirs, and a team: an administrator and a reader."""
    for name in ("USER", "PASS", "DATABASE", "SIGN_IN", "GRAPH", "CASE"):
        monkeypatch.delenv(f"FILATURE_{name}", raising=False)
    people = [{"account_id": "kid77", "pseudonym": NAME, "declared_age": 13}, {"account_id": "a1", "pseudonym": "oak"}]
    people += [
        {"account_id": "kid9", "pseudonym": "soleil", "declared_age": 14}, {"account_id": "a2", "pseudonym": ADULT},
    ]
    marks = [
        {"account_id": "kid77", "kind": kind, "value": value, "first_seen_at": moment(0)}
        for kind, value in (("email", "wren@mail.example"), ("avatar_sha1", PICTURE))
    ]
    tables = {"accounts": people, "identifiers": marks, "messages": lines(a1=2, kid77=1)}
    folder = case_of(tmp_path, tables).workspace
    monkeypatch.setenv("FILATURE_WORKSPACE", str(folder))
    monkeypatch.setenv("FILATURE_PURPOSE", "complaint 12")
    (tmp_path / "known.txt").write_text(f"{PICTURE}\n")
    assert say(capsys, "hashes", "add", str(tmp_path / "known.txt"))[0] == 0
    with Workbench(Settings(folder, ME, purpose="to begin it")) as workbench:
        roster = workbench.casebook.roster
        roles: dict[str, Role] = {ME: "administrator", "rob": "reader"}
        for name, role in roles.items():
            roster.give_role(name, role, by=ME)
            roster.add_member(CASE, name, by=ME)
    return folder


def as_reader(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("FILATURE_PASS", say(capsys, "people", "pass", "rob", "--days", "1")[1].strip())


def answers(monkeypatch: pytest.MonkeyPatch, *rows: tuple[object, ...]) -> None:
    """The engine is another's test: what it answers is given."""
    result = QueryResult(
        tuple(f"c{number}" for number in range(len(rows[0]))), list(rows), False, Subgraph.of([NODE], []),
        headline=f"Contacts of {MINOR}",
    )
    for module in (library, team):
        monkeypatch.setattr(module, "graph_of", lambda *_given: nullcontext())
    monkeypatch.setattr(library, "run", lambda *_given, **_more: result)
    monkeypatch.setattr(library, "run_saved", lambda *_given, **_more: result)


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    code, out, err = say(capsys, *arguments)
    assert code == 0, err
    assert [text for text in TOLD if text in out + err] == []
    return out


@pytest.mark.parametrize("text", [NAME, "kid77", "wren@mail.example"])
def test_a_hit_is_a_minor_s_token_whatever_it_is_found_by(workspace, text, monkeypatch, capsys) -> None:
    seen = json.loads(say(capsys, "search", text, "--format", "json")[1])
    as_reader(monkeypatch, capsys)
    hits = json.loads(printed(capsys, "search", text, "--format", "json"))
    printed(capsys, "search", text)
    assert [hit["id"] for hit in hits if hit["label"] == "Account"] == [HIDDEN]
    assert {hit["name"] for hit in hits} <= {f"▪▪▪ {token(MINOR)[:6]}", "▪▪▪"}
    account = next(hit for hit in seen if hit["label"] == "Account")
    assert (account["id"], account["name"]) == (MINOR, NAME)


@pytest.mark.parametrize("format_", ["table", "csv", "json"])
def test_rows_hold_no_minor_in_any_format(workspace, format_, monkeypatch, capsys) -> None:
    edge = Edge(f"Account/{MINOR}", f"Account/{CASE}:a1", "CONTACTED", {"messages": 3})
    rows = ((NODE, edge, [NAME, "oak"], {"who": MINOR.upper(), "mail": "wren@mail.example"}, f"x-{MINOR}", 13),)
    answers(monkeypatch, *rows)
    asked = (("cypher", "RETURN 1"), ("query", "run", "contacts-of", "-p", f"account={CASE}:a1"))
    assert all(MINOR in say(capsys, *one, "--format", format_)[1] for one in asked)
    as_reader(monkeypatch, capsys)
    for one in asked:
        out = printed(capsys, *one, "--format", format_)
        assert "kid77" not in out.casefold()
        assert format_ == "table" or HIDDEN in out
        assert format_ == "table" or "oak" in out
        assert "minor_until" not in out


def test_an_adult_s_name_stays_beside_the_id_that_says_whose_it_is(workspace, monkeypatch, capsys) -> None:
    answers(monkeypatch, (f"{CASE}:a2", ADULT), (f"{CASE}:a1", ADULT), (f"{CASE}:a2", "soleil"))
    as_reader(monkeypatch, capsys)
    rows = [list(row.values()) for row in json.loads(printed(capsys, "cypher", "RETURN 1", "--format", "json"))]
    assert rows == [
        [f"{CASE}:a2", ADULT], [f"{CASE}:a1", "▪▪▪"], [f"{CASE}:a2", f"{CASE}:~{token(f'{CASE}:kid9')}"]
    ]


def test_what_a_name_may_mean_is_not_told_by_the_names_of_minors(workspace, monkeypatch, capsys) -> None:
    answers(monkeypatch, ("x",))
    as_reader(monkeypatch, capsys)
    _, _, err = say(capsys, "query", "run", "contacts-of", "-p", "account=little_wrem")
    assert "is nobody's name or id" in err
    assert [text for text in TOLD if text in err] == []
    out, err = say(capsys, "query", "run", "contacts-of", "-p", f"account={NAME}")[1:]
    assert f"{NAME} is {HIDDEN}" in err, "what was typed is known to who typed it"
    assert "kid77" not in out + err


def test_a_fault_of_the_engine_quotes_no_minor(workspace, monkeypatch, capsys) -> None:
    answers(monkeypatch, ("x",))
    monkeypatch.setattr(library, "run", raising(f"Text cannot be parsed to a Date: {NAME}"))
    assert NAME in say(capsys, "cypher", "RETURN 1")[2]
    as_reader(monkeypatch, capsys)
    code, _, err = say(capsys, "cypher", "RETURN 1")
    assert (code, NAME in err, "withheld" in err) == (2, False, True)
    monkeypatch.setattr(library, "run", raising("Invalid input 'RETRUN'"))
    assert "Invalid input 'RETRUN'" in say(capsys, "cypher", "RETRUN 1")[2]


def raising(what: str):
    def run(*_given: object, **_more: object) -> QueryResult:
        raise GraphError(what)

    return run


def test_records_of_known_media_name_no_minor(workspace, monkeypatch, capsys) -> None:
    assert MINOR in say(capsys, "hashes", "matches", "--format", "json")[1]
    as_reader(monkeypatch, capsys)
    rows = json.loads(printed(capsys, "hashes", "matches", "--format", "json"))
    assert [row["account"] for row in rows] == [HIDDEN]


def test_the_values_of_runs_and_the_custody_log_name_no_minor(workspace, tmp_path, monkeypatch, capsys) -> None:
    answers(monkeypatch, ("x",))
    with Workbench(Settings(workspace, ME, purpose="x")) as workbench:
        query = library.found(workbench, "contacts-of")
        workbench.casebook.runs.add(CASE, query, {"account": MINOR}, "1 rows", user=ME)
        workbench.casebook.record(ME, CASE, "report", json.dumps({"path": f"/out/{NAME}.html", "to": "html"}))
    assert MINOR in say(capsys, "query", "runs")[1]
    as_reader(monkeypatch, capsys)
    assert HIDDEN in printed(capsys, "query", "runs", "--format", "json")
    assert "reported" in printed(capsys, "custody")
    printed(capsys, "custody", "--format", "json")


def test_rejected_rows_are_free_text_and_refused(workspace, tmp_path, monkeypatch, capsys) -> None:
    assert say(capsys, "rejects")[0] == 0
    as_reader(monkeypatch, capsys)
    code, out, err = say(capsys, "rejects", "--csv", str(tmp_path / "rejects.csv"))
    assert (code, out, "may not lift masks" in err) == (2, "", True)
    assert not (tmp_path / "rejects.csv").exists()
