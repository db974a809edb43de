"""``filature map``: proposes, shows what would be accepted, writes a file that the ingest takes."""

import shlex
from pathlib import Path

import pytest

from ingest.mapping import read_mapping
from tests.unit.workbench.custody.held_case import without_graph
from workbench.cli import main

TABLE = "when;who;to;message\n01/05/2024 18:03;ann;bob;hello\n32/05/2024 18:04;bob;ann;x\n13/05/2024 18:04;bob;ann;so\n"


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    return int(ended.value.code or 0)


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FILATURE_WORKSPACE", str(tmp_path / "ws"))
    path = tmp_path / "chat.csv"
    path.write_text(TABLE)
    return path


def test_a_proposal_is_shown_tried_and_written(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = table.with_name("chat.toml")
    assert run("map", str(table), "--timezone", "Europe/Paris", "--to", str(target)) == 0
    shown = capsys.readouterr().out
    assert "a table of 4 columns, delimited by semicolon, with a header" in shown
    assert "messages.sent_at as %d/%m/%Y %H:%M" in shown
    assert "messages: would read 3 = accept 2 + reject 1 + duplicate 0" in shown
    assert "1 row of messages, first row 3: sent_at is no time" in shown
    assert set(read_mapping(target).tables[0].values) == {"sent_at", "sender_id", "recipient_id", "text"}
    assert run("map", str(table), "--mapping", str(target)) == 0
    assert "--timezone" in capsys.readouterr().out, "without a zone the rows would be rejected, and that is said"
    assert run("map", str(table), "--to", str(target)) == 2, "a mapping that somebody corrected is not written over"


def test_what_no_column_fills_is_named(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("map", str(table), "--table", "reports") == 0
    shown = capsys.readouterr().out
    assert 'name = "reports"' in shown
    assert "reports needs reported_id: no column was recognised" in shown


def test_a_source_of_a_known_format_needs_none(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = table.with_name("2024-05-01.log")
    log.write_text("[18:00] <a> hi\n")
    assert run("map", str(log), "--timezone", "UTC") == 0
    shown = capsys.readouterr().out
    assert "irc, which needs no mapping" in shown
    assert "messages: would read 1 = accept 1" in shown


def test_hostile_names_and_cells_cannot_steer_a_terminal(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    odd = table.with_name("x\x1b[31m.csv")
    odd.write_text("when,who\x1b[2J,room\n1714579384,a\x1b]0;x\x07,r\n1714579385,\u202eb,r\n", newline="")
    assert run("map", str(odd)) == 0
    assert not any(mark in capsys.readouterr().out for mark in ("\x1b", "\u202e", "\x07"))


def test_what_is_no_table_is_refused_in_one_line(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    prose = table.with_name("prose.txt")
    prose.write_text("nothing like a table\n")
    assert run("map", str(table.with_name("missing.csv"))) == 2
    empty = table.parent / "empty"
    empty.mkdir()
    assert run("map", str(empty)) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_rows_that_now_stand_twice_are_told_by_the_reading_itself(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = table.with_name("chat.toml")
    assert run("map", str(table), "--timezone", "UTC", "--to", str(target)) == 0
    read = ("ingest", str(table), "--case", "c", "--mapping", str(target), "--timezone")
    with without_graph():
        assert run(*read, "UTC") == 0
        assert "stand there twice" not in capsys.readouterr().out
        assert run(*read, "Europe/Paris") == 0
    assert "2 rows that the case had of the same file already" in capsys.readouterr().out


def test_rows_that_are_taken_to_be_of_the_only_platform_of_the_case_are_told(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, more = table.with_name("accounts.csv"), table.with_name("rooms.csv")
    first.write_text("account_id,platform\na,lantern\n")
    more.write_text("room_id,name\nr,The hall\n")
    with without_graph():
        assert run("ingest", str(first), "--case", "c") == 0
        assert "nothing names a platform" not in capsys.readouterr().out
        assert run("ingest", str(more), "--case", "c") == 0
    assert "nothing names a platform: these rows are taken to be of lantern" in capsys.readouterr().out


def test_every_table_of_a_folder_gets_its_mapping_and_the_commands_that_read_them(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = table.parent / "site"
    folder.mkdir()
    folder.joinpath("membres.csv").write_text("id;pseudo;age\n1;lili;14\n2;marc;41\n")
    folder.joinpath("messages.csv").write_text(
        "id;expediteur;destinataire;date;texte\n1;2;1;2024-02-02 10:00:00;bonjour\n2;1;2;2024-02-02 10:01:00;salut\n"
    )
    folder.joinpath("notes.txt").write_text("handed over on Monday\n")
    assert run("ingest", str(folder), "--case", "c", "--timezone", "UTC") == 2
    assert "filature map" in capsys.readouterr().err, "a table of the contract's name with columns of its own"
    maps = table.parent / "maps"
    assert run("map", str(folder), "--case", "c", "--timezone", "UTC", "--to", str(maps)) == 0
    commands = [shlex.split(line)[1:] for line in capsys.readouterr().out.splitlines() if line.startswith("  filature")]
    assert [Path(command[1]).name for command in commands] == ["membres.csv", "messages.csv"]
    assert all(run(*command) == 0 for command in commands)
    assert run("detect", "hub", "--case", "c") == 0
    capsys.readouterr()
    assert run("map", str(folder), "--to", str(maps)) == 2, "a mapping that somebody corrected is not written over"
    assert "maps/membres.csv.toml is there already" in capsys.readouterr().err
