"""A team at the command line: roles, passes, and what colleagues do with saved queries, without an engine."""

from pathlib import Path

import pytest

from workbench.access import system_user
from workbench.cli.entry import run

QUERY = "// id: night\n// title: Night\n\nMATCH (a:Account) RETURN a.id ORDER BY a.id LIMIT 5\n"


@pytest.fixture(autouse=True)
def _workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("USER", "PASS", "PURPOSE", "DATABASE", "SIGN_IN", "GRAPH", "CASE"):
        monkeypatch.delenv(f"FILATURE_{name}", raising=False)
    monkeypatch.setenv("FILATURE_WORKSPACE", str(tmp_path / "workspace"))


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    """What a command prints; on stderr where it is refused."""
    assert run(list(arguments)) == code, capsys.readouterr().err
    told = capsys.readouterr()
    return told.err if code else told.out


def test_a_team_begins_with_an_administrator_and_people_prove_who_they_are(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    me = system_user()
    assert said(capsys, "people", "me") == f"{me}: works alone here\n"
    assert "first role makes an administrator" in said(capsys, "people", "give", "ann", "lead", code=2)
    said(capsys, "people", "give", me, "administrator")
    said(capsys, "people", "give", "ann", "analyst")
    said(capsys, "people", "add", "ann", "--case", "north")
    assert "ann,analyst,north" in said(capsys, "people", "list", "--format", "csv")
    secret = said(capsys, "people", "pass", "ann", "--days", "3").strip()
    monkeypatch.setenv("FILATURE_USER", "ann")
    assert "nothing proves that you are ann" in said(capsys, "query", "list", code=2)
    monkeypatch.setenv("FILATURE_PASS", secret)
    assert said(capsys, "people", "me") == "ann: analyst\n"
    assert "ann (analyst) may not give roles" in said(capsys, "people", "give", "ann", "administrator", code=2)
    number = said(capsys, "people", "passes", "--format", "csv").splitlines()[1].partition(",")[0]
    said(capsys, "people", "withdraw", number)
    assert "opens nothing" in said(capsys, "people", "me", code=2)


def test_a_team_begun_by_a_name_that_nothing_proves_is_given_the_pass_that_does(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILATURE_USER", "mira")
    assert run(["people", "give", "mira", "administrator"]) == 0
    told = capsys.readouterr()
    first, secret = told.out.splitlines()
    assert first == "mira is administrator"
    assert f"this account is {system_user()}, which has no role" in told.err
    assert "those that run already ask for it as well, and are started again" in told.err
    assert "nothing proves that you are mira" in said(capsys, "people", "list", code=2)
    monkeypatch.setenv("FILATURE_PASS", secret)
    assert said(capsys, "people", "me") == "mira: administrator\n"
    assert said(capsys, "people", "give", "ann", "analyst") == "ann is analyst\n"


def test_a_query_is_shared_compared_restored_and_duplicated(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "night.cypher"
    file.write_text(QUERY)
    assert said(capsys, "query", "save", str(file)) == "saved night revision 1 (private)\n"
    assert said(capsys, "query", "share", "night", "--edit", "bob", "--run", "eve") == (
        "night: bob may edit; eve may run\n"
    )
    file.write_text(QUERY.replace("LIMIT 5", "LIMIT 9"))
    assert said(capsys, "query", "save", str(file)) == "saved night revision 2 (shared)\n"
    compared = said(capsys, "query", "compare", "night", "1", "2").splitlines()
    assert [line for line in compared if line[:1] in "+-" and line[:3] not in ("+++", "---")] == [
        "-MATCH (a:Account) RETURN a.id ORDER BY a.id LIMIT 5", "+MATCH (a:Account) RETURN a.id ORDER BY a.id LIMIT 9",
    ]
    assert said(capsys, "query", "restore", "night", "1") == "night is as in revision 1 again: revision 3\n"
    assert "the same" in said(capsys, "query", "compare", "night", "1", "3")
    assert len(said(capsys, "query", "history", "night", "--format", "csv").splitlines()) == 4
    assert said(capsys, "query", "duplicate", "rooms-of", "rooms-mine", "--title", "Mine") == (
        "saved rooms-mine revision 1 (private)\n"
    )
    assert "rooms-mine,1," in said(capsys, "query", "list", "--format", "csv")
    assert said(capsys, "query", "archive", "rooms-mine").startswith("rooms-mine is archived")
    assert "rooms-mine" not in said(capsys, "query", "list", "--format", "csv")
    assert len(said(capsys, "query", "list", "--archived", "--format", "csv").splitlines()) == 2
    assert "MATCH" in said(capsys, "query", "show", "rooms-mine")
    said(capsys, "query", "archive", "rooms-mine", "--undo")
    assert "rooms-mine,1," in said(capsys, "query", "list", "--format", "csv")
    assert said(capsys, "query", "share", "night") == "night: private\n"
    assert said(capsys, "query", "save", str(file), "--shared") == "saved night revision 4 (shared)\n"
