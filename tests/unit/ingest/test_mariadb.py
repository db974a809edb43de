"""MariaDB and MySQL on a real server, read by address, and the dumps that the servers' own tools write."""

import subprocess
from pathlib import Path

import pytest

from ingest.batch import ingest
from ingest.case_folder.verification import verify
from ingest.errors import SourceUnreadable
from ingest.snapshots.taking import take_snapshot
from tests.mariadb import MariaDBServer
from tests.postgres import PostgresServer, _programs
from tests.unit.ingest.evidence_folder import case_in, rejects, rows
from tests.unit.ingest.test_database_snapshot import HOSTILE, MESSAGES, base, said

TABLE = """CREATE TABLE messages (id BIGINT PRIMARY KEY, sender VARCHAR(40) DEFAULT 'a, (b)' COMMENT 'who, it (was)',
  room VARCHAR(40), recipient VARCHAR(40), sent_at DATETIME(3), text LONGTEXT, raw BLOB, shown BIT(1) DEFAULT b'1')"""
WORDS = [*HOSTILE, "", None, "back\\slash 'and' \"quotes\"", "\x1a\b", "0x41", "x" * 70_000]


def filled(server: MariaDBServer) -> str:
    """The address of a database with those texts, the last row first."""
    import pymysql

    lines = []
    for number, words in reversed(list(enumerate(WORDS, start=1))):
        written = "NULL" if words is None else f"'{pymysql.converters.escape_string(words)}'"
        lines.append(f"({number}, 'wolf', 'quay', NULL, '2024-05-01 16:03:04.500', {written}, x'00ff27', b'1')")
    return server.database(TABLE, f"INSERT INTO messages VALUES {', '.join(lines)}")


def test_a_server_is_read_whole_in_the_order_of_its_keys_and_again_adds_nothing(
    tmp_path: Path, mariadb: MariaDBServer
) -> None:
    address = filled(mariadb)
    taken = take_snapshot(address, "messages", tmp_path / "kept")
    assert (taken.rows, "MariaDB" in taken.server) == ((len(WORDS),), True)
    report = ingest([taken.path], case=case_in(tmp_path), timezone="UTC")
    found = rows(case_in(tmp_path), "messages", "row", "message_id", "text", "sent_at")
    assert [row[:3] for row in found] == [(number, str(number), words or None) for number, words in enumerate(WORDS, 1)]
    assert {str(row[3]) for row in found} == {"2024-05-01 16:03:04.500000"}
    assert rejects(case_in(tmp_path)) == []
    assert report.tables["messages"].accepted == len(WORDS)
    anew = take_snapshot(address, "messages", tmp_path / "again").path
    again = ingest([anew], case=case_in(tmp_path), timezone="UTC")
    assert (again.tables["messages"].accepted, again.tables["messages"].duplicate) == (0, len(WORDS))
    assert verify(case_in(tmp_path)) == []


def test_nothing_is_written_and_every_fault_is_one_line_without_the_password(
    tmp_path: Path, mariadb: MariaDBServer
) -> None:
    address = filled(mariadb)
    mapping = tmp_path / "m.toml"
    for query in ("SELECT 1 AS id; DROP TABLE messages", "SELECT * FROM nothing",
                  "SELECT id, text INTO OUTFILE '/tmp/x' FROM messages"):
        mapping.write_text(
            f'[database]\ntables = ["messages"]\n[[table]]\nname = "messages"\nkey = "id"\nquery = """{query}"""\n'
            '[table.columns]\nsent_at = { column = "sent_at" }\nsender_id = { column = "sender" }\n'
            'room_id = { column = "room" }\n'
        )
        with pytest.raises(SourceUnreadable) as told:
            take_snapshot(address, mapping, tmp_path / "kept")
        assert "\n" not in str(told.value)
        assert address.split(":")[2].split("@")[0] not in str(told.value)
    with pytest.raises(SourceUnreadable, match="cannot be read"):
        take_snapshot(f"{address}_missing", "messages", tmp_path / "kept")
    with pytest.raises(SourceUnreadable, match="cannot be read"):
        take_snapshot(address.replace("filature:", "filature:x"), "messages", tmp_path / "kept")
    assert list((tmp_path / "kept").iterdir()) == []
    assert take_snapshot(address, "messages", tmp_path / "kept").rows == (len(WORDS),)


def test_what_the_servers_own_tool_dumps_is_read_as_the_server_is(tmp_path: Path, mariadb: MariaDBServer) -> None:
    dump = mariadb.dump(filled(mariadb), tmp_path / "dump.sql")
    report = ingest([dump], case=case_in(tmp_path), timezone="UTC")
    assert rejects(case_in(tmp_path)) == []
    assert report.tables["messages"].accepted == len(WORDS)
    assert rows(case_in(tmp_path), "messages", "row", "message_id", "text") == [
        (number, str(number), words or None) for number, words in enumerate(WORDS, start=1)
    ]


@pytest.mark.parametrize("options", [(), ("--inserts",), ("--column-inserts", "--rows-per-insert=3")])
def test_what_pg_dump_writes_is_read_as_the_server_is(
    tmp_path: Path, postgres: PostgresServer, options: tuple[str, ...]
) -> None:
    words = [word for word in WORDS if word != "\x1a\b"]
    address = base(postgres, MESSAGES, *(said(number, text) for number, text in enumerate(words, start=1)))
    dump, programs = tmp_path / "dump.sql", _programs()
    assert programs is not None
    subprocess.run([programs / "pg_dump", *options, "-f", dump, address], check=True, cwd="/")
    report = ingest([dump], case=case_in(tmp_path), timezone="UTC")
    assert rejects(case_in(tmp_path)) == []
    assert report.tables["messages"].accepted == len(words)
    assert rows(case_in(tmp_path), "messages", "row", "message_id", "text") == [
        (number, str(number), text or None) for number, text in enumerate(words, start=1)
    ]
