"""Databases behind an address: a snapshot by a mapping, taken read-only, is the source.  On a real PostgreSQL."""

import json
import tempfile
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from sqlalchemy import create_engine, text

from ingest.batch import ingest
from ingest.case_folder.manifest import manifests
from ingest.case_folder.verification import verify
from ingest.errors import MappingInvalid, SourceUnreadable
from ingest.runtime.progress import silent
from ingest.snapshots.address import is_address
from ingest.snapshots.taking import Keeping, facts_of, take_snapshot, unpacked
from tests.postgres import PostgresServer
from tests.unit.ingest.evidence_folder import case_in, rejects, rows

MESSAGES = """
CREATE TABLE messages (id BIGINT, sender TEXT, room TEXT, recipient TEXT, sent_at TIMESTAMPTZ, text TEXT)
"""
A, B = "a" * 26, "b" * 26
MATTERMOST = f"""
CREATE TABLE teams (id VARCHAR(26));
CREATE TABLE users (id VARCHAR(26), username TEXT, email TEXT, createat BIGINT, deleteat BIGINT, roles TEXT);
CREATE TABLE channels (id VARCHAR(26), type VARCHAR(1), name TEXT, displayname TEXT, createat BIGINT);
CREATE TABLE posts (id VARCHAR(26), createat BIGINT, userid VARCHAR(26), channelid VARCHAR(26), message TEXT,
  editat BIGINT, deleteat BIGINT, rootid VARCHAR(26), type TEXT);
INSERT INTO users VALUES ('{A}', 'wolf', 'w@example.org', 1714579384000, 0, 'system_user system_admin'),
  ('{B}', 'kid', '', 1714579384000, 5, 'system_user');
INSERT INTO channels VALUES ('town', 'O', 'town-square', 'Town Square', 1714579384000),
  ('pair', 'D', '{A}__{B}', '', 1714579384000);
INSERT INTO posts VALUES ('p1', 1714579384123, '{A}', 'town', 'hello all', 0, 0, '', ''),
  ('p2', 1714579385000, '{A}', 'pair', 'just you', 1714579386000, 0, '', ''),
  ('p3', 1714579387000, '{B}', 'pair', 'yes', 0, 1714579388000, 'p2', '');
"""


def base(server: PostgresServer, sql: str, *rows: dict[str, Any]) -> str:
    """The address of a new database with what the statements make, and rows of messages."""
    address = server.database()
    engine = create_engine(address.replace("postgresql:", "postgresql+pg8000:"))
    with engine.begin() as connection:
        for statement in sql.split(";"):
            if statement.strip():
                connection.execute(text(statement))
        for row in rows:
            connection.execute(text("INSERT INTO messages VALUES (:id, :sender, :room, NULL, :at, :text)"), row)
    engine.dispose()
    return address


def said(number: int, words: str | None, sender: str = "wolf") -> dict[str, Any]:
    return {"id": number, "sender": sender, "room": "quay", "at": "2024-05-01T18:03:04+02:00", "text": words}


HOSTILE = ['a "quoted", text\r\nsecond line', "\\.", "\\N", "tab\there", "é\u202e😀", "'; DROP TABLE messages; --", " "]


def test_rows_come_whole_with_their_order_and_again_add_nothing(tmp_path: Path, postgres: PostgresServer) -> None:
    hostile = [said(number, words) for number, words in enumerate(HOSTILE, start=3)]
    address = base(postgres, MESSAGES, said(12, None), *reversed(hostile), said(2, "first"), said(99, "x", ""))
    taken = take_snapshot(address, "messages", tmp_path / "kept")
    assert (taken.rows, "PostgreSQL" in taken.server) == ((10,), True)
    report = ingest([taken.path], case=case_in(tmp_path))
    assert rows(case_in(tmp_path), "messages", "row", "message_id", "text") == [
        (1, "2", "first"), *((number, str(number + 1), words) for number, words in enumerate(HOSTILE, start=2)),
        (9, "12", None),
    ]
    assert [(one.row, one.column, json.loads(one.raw)["id"]) for one in rejects(case_in(tmp_path))] == [
        (10, "sender_id", "99")
    ]
    assert report.tables["messages"].accepted == 9
    again = ingest([take_snapshot(address, "messages", tmp_path / "again").path], case=case_in(tmp_path))
    assert (again.tables["messages"].accepted, again.tables["messages"].duplicate) == (0, 9)
    assert verify(case_in(tmp_path)) == []


def test_the_manifest_tells_all_but_the_password(tmp_path: Path, postgres: PostgresServer) -> None:
    address = base(postgres, MESSAGES, said(1, "x"))
    taken = take_snapshot(address, "messages", tmp_path / "kept")
    ingest([taken.path], case=case_in(tmp_path))
    context = json.loads(manifests(case_in(tmp_path))[0].sources[0].context)
    assert context["server"] == taken.server
    assert context["address"] == taken.address
    assert context["queries"][0][2].startswith("SELECT id, sender, room")
    password = address.split(":")[2].split("@")[0]
    assert password.encode() not in taken.path.read_bytes()
    assert password not in manifests(case_in(tmp_path))[0].to_json()


def test_mattermost_is_read_by_the_shipped_mapping(tmp_path: Path, postgres: PostgresServer) -> None:
    taken = take_snapshot(base(postgres, MATTERMOST), "mattermost", tmp_path / "kept")
    ingest([taken.path], case=case_in(tmp_path))
    assert rows(case_in(tmp_path), "messages", "sender", "room", "recipient", "text") == [
        (f"mattermost:{A}", "mattermost:town", None, "hello all"),
        (f"mattermost:{A}", None, f"mattermost:{B}", "just you"), (f"mattermost:{B}", None, f"mattermost:{A}", "yes"),
    ]
    assert rows(case_in(tmp_path), "accounts", "pseudonym", "role", "status") == [
        ("wolf", "staff", None), ("kid", None, "deactivated")
    ]
    assert rows(case_in(tmp_path), "identifiers", "value") == [("w@example.org",)]
    assert rejects(case_in(tmp_path)) == []


def test_nothing_can_be_written_and_every_fault_is_one_line(tmp_path: Path, postgres: PostgresServer) -> None:
    address = base(postgres, MESSAGES, said(1, "x"), said(1, "y"))

    def mapped(query: str, key: str = "id") -> Path:
        path = tmp_path / "m.toml"
        path.write_text(
            f'[database]\ntables = ["messages"]\n[[table]]\nname = "messages"\nkey = "{key}"\nquery = """{query}"""\n'
            "[table.columns]\nsent_at = { column = \"sent_at\" }\nsender_id = { column = \"sender\" }\n"
            "room_id = { column = \"room\" }\n"
        )
        return path

    with pytest.raises(MappingInvalid, match="stands in several rows"):
        take_snapshot(address, "messages", tmp_path / "kept")
    for query in ("WITH gone AS (DELETE FROM messages RETURNING *) SELECT * FROM gone",
                  "SELECT 1; DROP TABLE messages", "SELECT * FROM nothing"):
        with pytest.raises(SourceUnreadable) as told:
            take_snapshot(address, mapped(query), tmp_path / "kept")
        assert "\n" not in str(told.value)
        assert address.split(":")[2].split("@")[0] not in str(told.value)
    with pytest.raises(MappingInvalid, match="gives no column sent_at"):
        take_snapshot(address, mapped("SELECT 1 AS id, 'x' AS sender, 'y' AS room"), tmp_path / "kept")
    with pytest.raises(SourceUnreadable, match="cannot be read"):
        take_snapshot(f"{address}_missing", "messages", tmp_path / "kept")
    engine = create_engine(address.replace("postgresql:", "postgresql+pg8000:"))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM messages")).scalar() == 2
    engine.dispose()
    assert list((tmp_path / "kept").iterdir()) == []


def test_a_table_of_many_blocks_is_kept_whole_and_a_copy_that_is_stopped_leaves_nothing(
    tmp_path: Path, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = [*HOSTILE, "", None, '"', "x" * 70_000, "\n", ","]
    address = base(postgres, MESSAGES, *(said(number, words[number % len(words)]) for number in range(200)))
    monkeypatch.setattr(import_module("ingest.snapshots.taking"), "_BLOCK", 3000)
    taken = take_snapshot(address, "messages", tmp_path / "kept")
    with tempfile.TemporaryDirectory() as scratch:
        kept = pq.read_table(unpacked(taken.path, 0, Path(scratch, "0.parquet")))
    assert kept["text"].to_pylist() == [words[number % len(words)] for number in range(200)]
    assert set(kept["recipient"].to_pylist()) == {None}
    taken.path.unlink()

    def stopped(stage: str, done: int, total: int | None) -> None:
        if done > 100_000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take_snapshot(address, "messages", tmp_path / "kept", progress=stopped)
    assert list((tmp_path / "kept").iterdir()) == []


def kept(target: Path, rows: Iterable[bytes]) -> None:
    """The rows as PostgreSQL gives them, one at a time, the header first."""
    with Keeping(target, "keeping", silent) as keeping:
        for row in rows:
            keeping.write(row)


def test_a_database_of_no_encoding_ends_in_one_line(tmp_path: Path, postgres: PostgresServer) -> None:
    address = base(postgres, MESSAGES)
    name = f"ascii_{address.rsplit('_', 1)[1]}"
    engine = create_engine(address.replace("postgresql:", "postgresql+pg8000:"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        made = f"CREATE DATABASE {name} ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
        connection.execute(text(made))
    engine.dispose()
    address = f"{address.rsplit('/', 1)[0]}/{name}"
    engine = create_engine(address.replace("postgresql:", "postgresql+pg8000:"))
    with engine.begin() as connection:
        connection.execute(text(MESSAGES))
        connection.execute(text("INSERT INTO messages VALUES (1, 'wolf', 'quay', NULL, now(), E'a\\xff')"))
    engine.dispose()
    with pytest.raises(SourceUnreadable) as told:
        take_snapshot(address, "messages", tmp_path / "kept")
    assert "\n" not in str(told.value)
    assert list((tmp_path / "kept").iterdir()) == []


def test_one_column_of_nothing_keeps_its_rows(tmp_path: Path) -> None:
    kept(tmp_path / "0.parquet", [b'"a"\n', b"\n", b'""\n', b'"x"\n', b"\n"])
    assert pq.read_table(tmp_path / "0.parquet")["a"].to_pylist() == [None, "", "x", None]
    kept(tmp_path / "1.parquet", [b'"a","b\nc"\n'])
    assert pq.read_table(tmp_path / "1.parquet").to_pydict() == {"a": [], "b\nc": []}


def test_a_large_table_is_kept_in_little_memory(tmp_path: Path) -> None:
    held: list[int] = []
    before = pa.total_allocated_bytes()

    def rows() -> Iterator[bytes]:
        yield b'"id","text"\n'
        for row in range(300_000):
            held.append(pa.total_allocated_bytes() - before)
            yield b'"%d","%08d%s"\n' % (row, row, b"x" * 800)

    kept(tmp_path / "0.parquet", rows())
    assert pq.read_metadata(tmp_path / "0.parquet").num_rows == 300_000
    assert max(held) < 150 << 20, "of 250 MB"


def test_a_damaged_snapshot_and_no_address_are_refused(tmp_path: Path) -> None:
    assert [is_address(one) for one in ("postgresql://h/d", "mysql://h/d", "/tmp/a.csv", "http://x")] == [
        True, True, False, False
    ]
    for address in ("sqlite:///x", "postgresql://host", "nonsense"):
        with pytest.raises(SourceUnreadable, match="is no address of a database"):
            take_snapshot(address, "messages", tmp_path)
    path = tmp_path / "x.snapshot"
    path.write_bytes(b"PK\x03\x04 torn")
    assert facts_of(path) is None
    with pytest.raises(SourceUnreadable):
        ingest([path], case=case_in(tmp_path))
