"""The command line: shared options anywhere, one line on stderr, the contract's exit codes."""

import json
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest

from tests.scenarios import one_private_chat
from workbench.cli.entry import COMMANDS, SAYS, run


def say(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run(list(arguments))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = say(capsys, command, "--help")
    assert (code, err) == (0, "")
    assert "--workspace" in out


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("ingest",),
        ("ingest", "nowhere.csv"),
        ("detect", "witch", "--case", "c"),
        ("detect", "all", "--case", "c", "--language", "de"),
        ("detect", "all", "--case", "none"),
        ("rejects", "--case", "../../etc"),
        ("export", "--to", "graphml", "out.graphml"),
        ("export", "--all", "--accounts", "a", "--to", "graphml", "out.graphml"),
        ("export", "--all", "--to", "nothing", "out"),
        ("query", "run", "x", "-p", "novalue"),
        ("query", "show", "no-such-query"),
        ("query", "save", "missing.cypher"),
        ("--graph", "http://x", "detect", "all"),
        ("ui", "--port", "0"),
    ],
)
def test_bad_usage_is_one_line_and_exit_2(
    arguments: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = say(capsys, "--workspace", str(tmp_path / "w"), *arguments)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert "Traceback" not in err


@pytest.mark.parametrize("group", [(), ("query",), ("case",), ("hashes",)])
def test_without_a_command_the_commands_are_named_in_one_line(group, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = say(capsys, *group)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"{' '.join(('filature', *group))}: name a command: ")
    assert "Usage" not in err
    assert "Options" not in err


def test_shared_options_may_stand_before_or_after_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = say(capsys, "--workspace", str(tmp_path), "--case", "nowhere", "rejects")
    after = say(capsys, "rejects", "--workspace", str(tmp_path), "--case", "nowhere")
    assert before == after
    assert "nowhere" in before[2]


def test_an_unreadable_source_leaves_no_case_behind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = say(capsys, "ingest", str(tmp_path / "absent"), "--case", "c", "--workspace", str(tmp_path / "w"))
    assert code == 2
    assert "absent" in err
    assert not (tmp_path / "w" / "cases" / "c").exists()


@pytest.mark.embedded
def test_ingest_detect_rejects_and_verify_in_one_go(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "message_id,sent_at,sender_id,recipient_id,text\n" + "".join(
        f"m{i},2024-05-0{1 + i % 9}T10:00:00Z,u{i % 4},u{(i + 1) % 4},hello\n" for i in range(20)
    )
    folder = tmp_path / "evidence"
    folder.mkdir()
    (folder / "messages.csv").write_text(rows + "bad,2023-02-29T10:00:00Z,u1,u2,hello\n", encoding="utf-8")
    common = ("--workspace", str(tmp_path / "w"), "--case", "c")
    report = tmp_path / "report.json"
    code, out, _ = say(capsys, "ingest", str(folder), *common, "--strict", "--json", str(report))
    assert code == 1
    assert "messages: read 21 = accepted 20 + rejected 1 + duplicate 0" in out
    assert json.loads(report.read_text())["tables"]["messages"]["rejected"] == 1
    code, out, _ = say(capsys, "ingest", str(folder), *common, "--strict")
    assert code == 1
    assert "messages: read 21 = accepted 0 + rejected 1 + duplicate 20" in out
    code, out, _ = say(capsys, "rejects", *common)
    assert code == 0
    assert out.splitlines()[0] == "file,row,column,reason,hint,raw"
    assert ",22,sent_at," in out
    code, out, _ = say(
        capsys,
        "cypher",
        "MATCH (:Account)-[c:CONTACTED]->(:Account) RETURN sum(c.messages) AS n",
        *common,
        "--format",
        "csv",
    )
    assert (code, out.split()) == (0, ["n", "20"])
    code, out, err = say(capsys, "cypher", "MATCH (n) DETACH DELETE n", *common)
    assert code == 2
    assert "DELETE" in err
    findings = tmp_path / "findings.json"
    assert say(capsys, "detect", "hub", *common, "--json", str(findings))[0] == 0
    assert json.loads(findings.read_text())["case"] == "c"
    assert say(capsys, "verify", *common)[0] == 0
    source = folder / "messages.csv"
    source.write_text(rows.replace("hello", "other", 1), encoding="utf-8")
    code, out, err = say(capsys, "verify", *common)
    assert code == 2
    assert "messages.csv" in out + err


@pytest.mark.embedded
def test_a_query_is_saved_run_and_exported_with_its_parameters(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILATURE_USER", "ada")
    planted = one_private_chat(tmp_path / "evidence")
    common = ("--workspace", str(tmp_path / "w"), "--case", "c")
    assert say(capsys, "ingest", str(planted.folder), *common)[0] == 0
    own = tmp_path / "chatty.cypher"
    own.write_text(
        "// id: chatty\n// title: Chatty accounts\n// description: Contacts with many messages.\n"
        "// param: least integer = 1 -- fewest messages\n// revision: 1\n// risk: low\n// headline: {rows} contacts\n"
        "MATCH (a:Account)-[c:CONTACTED]->(b:Account) WHERE c.messages >= $least RETURN a, c, b ORDER BY a.id, b.id\n",
        encoding="utf-8",
    )
    code, out, err = say(capsys, "query", "save", str(own), "--shared", *common)
    assert (code, out) == (0, "saved chatty revision 1 (shared)\n"), err
    assert "saved chatty revision 2" in say(capsys, "query", "save", str(own), "--shared", *common)[1]
    assert "chatty" in say(capsys, "query", "list", *common)[1]
    code, out, err = say(capsys, "query", "run", "chatty", "-p", "least=1", *common, "--format", "json")
    assert code == 0
    assert len(json.loads(out)) >= 1
    assert "contacts" in err
    assert say(capsys, "query", "run", "chatty", "-p", "least=many", *common)[0] == 2
    code, out, err = say(capsys, "query", "run", "contacts-of", "-p", "account=Ada", *common, "--format", "csv")
    assert (code, len(out.splitlines()), f"account: Ada is {planted.members[0]}" in err) == (0, 2, True), err
    code, out, err = say(capsys, "query", "run", "contacts-of", "-p", "account=nobody", *common)
    assert (code, out, "'nobody' is no account of this case" in err) == (2, "", True), err
    assert say(capsys, "query", "list", "mineur", "salon", *common)[1].count("\n") >= 2
    assert "11 faults" in say(capsys, "query", "check", str(own), *common)[2]
    assert "wrote 1 queries" in say(capsys, "query", "export", str(tmp_path / "pack.zip"), *common)[1]
    renamed = tmp_path / "renamed.cypher"
    renamed.write_text(own.read_text().replace("id: chatty", "id: from-elsewhere"), encoding="utf-8")
    assert "kept 1 queries, not reviewed" in say(capsys, "query", "import", str(renamed), *common)[1]
    assert "kept 0 queries" in say(capsys, "query", "import", str(renamed), *common)[1]
    code, out, err = say(capsys, "query", "run", "from-elsewhere", *common)
    assert (code, out, "nobody here has read it" in err) == (2, "", True), err
    assert "Not reviewed" in say(capsys, "query", "show", "from-elsewhere", *common)[1]
    assert say(capsys, "query", "run", "from-elsewhere", "--reviewed", *common)[0] == 0
    library_file = tmp_path / "Rules.yml"
    library_file.write_text("name: Rules\ndescription: \nquery: |-\n  RETURN 1 AS x\n", encoding="utf-8")
    assert "kept 1 queries" in say(capsys, "query", "import", str(library_file), *common)[1]
    name = next(line.split()[0] for line in say(capsys, "query", "list", "rules", *common)[1].splitlines()
                if line.startswith("rules-"))
    again = tmp_path / "again"
    assert say(capsys, "query", "export", str(again), name, "--form", "yaml", *common)[0] == 0
    assert say(capsys, "query", "export", str(tmp_path / "one.yml"), name, *common)[0] == 0
    assert library_file.read_bytes() == (again / "Rules.yml").read_bytes() == (tmp_path / "one.yml").read_bytes()
    target = tmp_path / "chatty.graphml"
    code, out, err = say(
        capsys, "export", "--query", "chatty", "-p", "least=1", "--to", "graphml", str(target), *common
    )
    assert code == 0, err
    assert nx.read_graphml(target).number_of_nodes() == 2
    manifest = json.loads((tmp_path / "chatty.graphml.manifest.json").read_text(encoding="utf-8"))
    assert (manifest["selection"]["query"], manifest["selection"]["parameters"]) == ("chatty", {"least": "1"})
    assert manifest["selection"]["statement"].startswith("MATCH"), "all that it takes to ask it again"
    code, _, err = say(capsys, "export", "--accounts", "town:nobody", "--to", "json", str(tmp_path / "x.json"), *common)
    assert code == 2
    assert "town:nobody" in err


def test_the_list_of_commands_loads_none_of_them() -> None:
    """It took as long as a command that opens a case."""
    assert list(SAYS) == list(COMMANDS)
    told = "import sys; from workbench.cli.entry import run; run(['--help']); print('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"
    assert [line for line in done.stdout.splitlines() if len(line) > 80] == []
    assert all(line in done.stdout for line in SAYS.values()), "none is cut"


def test_a_table_with_columns_of_its_own_is_refused_with_the_way_to_read_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Thirty names of formats were all that was said of it."""
    table = tmp_path / "posts.csv"
    table.write_text("pseudo;quand;quoi\nann;2024-01-01;bonjour\n", encoding="utf-8")
    code, _, err = say(capsys, "ingest", str(table), "--case", "c", "--workspace", str(tmp_path / "w"))
    assert code == 2
    assert "filature map FILE" in err
