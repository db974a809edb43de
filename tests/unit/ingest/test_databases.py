"""Databases of platforms: shipped layouts, mappings of one's own, and files that mean harm or are torn."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from ingest.batch import IngestReport, ingest
from ingest.case_folder import CaseFolder
from ingest.case_folder.manifest import manifests
from ingest.errors import IngestError, MappingInvalid, SourceUnreadable
from ingest.lake import Lake

NOON = 1714564800

# the columns that are read, of phpBB's install/schemas
PHPBB = """
CREATE TABLE phpbb_users (user_id INTEGER PRIMARY KEY, username TEXT, user_regdate INT, user_birthday TEXT,
  user_type INT, user_email TEXT);
CREATE TABLE phpbb_forums (forum_id INTEGER PRIMARY KEY, forum_name TEXT);
CREATE TABLE phpbb_topics (topic_id INTEGER PRIMARY KEY, topic_title TEXT);
CREATE TABLE phpbb_posts (post_id INTEGER PRIMARY KEY, topic_id INT, forum_id INT, poster_id INT, poster_ip TEXT,
  post_time INT, post_username TEXT, post_text TEXT);
CREATE TABLE phpbb_privmsgs (msg_id INTEGER PRIMARY KEY, author_id INT, message_time INT, message_subject TEXT,
  message_text TEXT, to_address TEXT, bcc_address TEXT);
"""
# of Synapse's storage/schema/main
SYNAPSE = """
CREATE TABLE users (name TEXT, creation_ts BIGINT, admin SMALLINT, deactivated SMALLINT);
CREATE TABLE profiles (user_id TEXT, displayname TEXT, full_user_id TEXT);
CREATE TABLE events (stream_ordering INTEGER PRIMARY KEY, event_id TEXT, type TEXT, room_id TEXT, sender TEXT,
  origin_server_ts BIGINT);
CREATE TABLE event_json (event_id TEXT, room_id TEXT, json TEXT);
CREATE TABLE room_memberships (event_id TEXT, user_id TEXT, room_id TEXT, membership TEXT);
CREATE TABLE user_ips (user_id TEXT, device_id TEXT, ip TEXT, user_agent TEXT, last_seen BIGINT);
"""


def base(path: Path, schema: str, **rows: list[tuple[Any, ...]]) -> Path:
    """A database of that schema with these rows."""
    with sqlite3.connect(path) as made:
        made.executescript(schema)
        for table, values in rows.items():
            made.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values[0]))})", values)
    made.close()
    return path


def phpbb(path: Path) -> Path:
    return base(
        path, PHPBB,
        phpbb_users=[(1, "Anonymous", 0, "", 2, ""), (2, "north_star", NOON, " 1- 2-1989", 3, "n@example.org"),
                     (3, "little", NOON, "", 0, "l@example.org"), (4, "oak", NOON, "", 1, "")],
        phpbb_forums=[(7, "The lobby")],
        phpbb_topics=[(9, "Tides")],
        phpbb_posts=[(11, 9, 7, 2, "192.0.2.1", NOON, "", "good morning"),
                     (12, 9, 7, 3, "192.0.2.2", NOON + 60, "", "hi"),
                     (13, 9, 7, 1, "192.0.2.3", NOON + 90, "passer", "hello"),
                     (14, 9, 7, 2, "192.0.2.1", NOON + 600, "", "good day")],
        phpbb_privmsgs=[(5, 2, NOON + 30, "tides", "high at noon", "u_3:u_4", ""),
                        (6, 3, NOON + 45, "re", "thanks", "u_2", ""),
                        (7, 2, NOON + 50, "all", "to a group", "g_5", "u_4")],
    )


def synapse(path: Path) -> Path:
    def event(number: int, kind: str, room: str, who: str, content: dict[str, Any]) -> tuple[Any, ...]:
        told = (f"${number}", room, json.dumps({"content": content}))
        return (number, f"${number}", kind, room, who, (NOON + number) * 1000), told

    a, b, c = (f"@{name}:quay.example" for name in "abc")
    made = [
        event(1, "m.room.create", "!x:quay", a, {}), event(2, "m.room.name", "!x:quay", a, {"name": "Harbour"}),
        event(3, "m.room.message", "!x:quay", b, {"msgtype": "m.text", "body": "good morning"}),
        event(4, "m.room.create", "!p:quay", a, {}),
        event(5, "m.room.message", "!p:quay", a, {"msgtype": "m.text", "body": "hello"}),
        event(6, "m.room.encrypted", "!p:quay", b, {"algorithm": "m.megolm.v1"}),
    ]
    joined = [("!x:quay", who) for who in (a, b, c)] + [("!p:quay", who) for who in (a, b)]
    return base(
        path, SYNAPSE,
        users=[(a, NOON, 1, 0), (b, NOON, 0, 0), (c, NOON, 0, 1)],
        profiles=[("a", "Ann", a), ("b", "Bob", None)],
        events=[row for row, _ in made], event_json=[told for _, told in made],
        room_memberships=[(f"$m{n}", who, room, "join") for n, (room, who) in enumerate(joined)],
        user_ips=[(a, "D1", "192.0.2.1", "agent", NOON * 1000), (a, "D1", "192.0.2.9", "agent", NOON * 1000 + 5)],
    )


def read(tmp_path: Path, *sources: Path, **options: Any) -> tuple[CaseFolder, IngestReport]:
    case = CaseFolder(tmp_path / "workspace", "quay")
    report = ingest(list(sources), case=case, **options)
    for counts in report.tables.values():
        assert counts.read == counts.accepted + counts.rejected + counts.duplicate
    return case, report


def rows(case: CaseFolder, table: str, *columns: str) -> list[tuple[Any, ...]]:
    with Lake(case) as lake:
        found = lake.table(table).select(*columns).to_pyarrow().to_pylist()
    return sorted((tuple(row.values()) for row in found), key=str)


def test_a_phpbb_forum_is_known_by_its_tables_and_read_whole(tmp_path: Path) -> None:
    case, report = read(tmp_path, phpbb(tmp_path / "forum.db"))
    assert {name: counts.accepted for name, counts in report.tables.items()} == {
        "accounts": 4, "rooms": 1, "messages": 8, "identifiers": 4,
    }
    assert report.rejected == 0
    assert rows(case, "messages", "message_id", "sender", "recipient", "room", "text") == [
        ("post 11", "quay:2", None, "quay:7", "good morning"), ("post 12", "quay:3", None, "quay:7", "hi"),
        ("post 13", "quay:guest passer", None, "quay:7", "hello"), ("post 14", "quay:2", None, "quay:7", "good day"),
        ("private 5 to 3", "quay:2", "quay:3", None, "high at noon"),
        ("private 5 to 4", "quay:2", "quay:4", None, "high at noon"),
        ("private 6 to 2", "quay:3", "quay:2", None, "thanks"),
        ("private 7 to 4", "quay:2", "quay:4", None, "to a group"),
    ]
    assert ("quay:2", "north_star", "staff") in rows(case, "accounts", "account", "pseudonym", "role")
    assert rows(case, "identifiers", "account", "kind", "value")[0] == ("quay:2", "email", "n@example.org")
    _, again = read(tmp_path, tmp_path / "forum.db")
    assert all(counts.accepted == 0 for counts in again.tables.values())


def test_every_record_says_which_row_of_its_query_it_is(tmp_path: Path) -> None:
    case, _ = read(tmp_path, phpbb(tmp_path / "forum.db"))
    with Lake(case) as lake:
        refs = [f"messages:{one}" for (one,) in rows(case, "messages", "message_id")]
        opened = {record.ref: record.location for record in lake.records(refs)}
        attributes = [json.loads(told) for (told,) in rows(case, "identifiers", "attributes") if told]
    assert len(set(opened.values())) == len(refs) == 8, "one place each, over both queries"
    assert opened["messages:post 12"].endswith("forum.db:2")
    assert {"first_post": "11"}.items() <= attributes[0].items(), "the key stands beside what is found by it"
    (batch,) = manifests(case)
    asked = json.loads(batch.sources[0].context)
    assert asked["mapping"] == "phpbb"
    assert asked["sqlite"] == sqlite3.sqlite_version
    assert any("FROM phpbb_privmsgs" in query for _, _, query in asked["queries"])


def test_a_synapse_database_tells_private_rooms_and_encrypted_messages(tmp_path: Path) -> None:
    case, report = read(tmp_path, synapse(tmp_path / "homeserver.db"))
    assert report.rejected == 0
    a, b = "quay:@a:quay.example", "quay:@b:quay.example"
    assert rows(case, "messages", "message_id", "sender", "recipient", "room", "text") == [
        ("$3", b, None, "quay:!x:quay", "good morning"), ("$5", a, b, None, "hello"), ("$6", b, a, None, None),
    ]
    assert ("quay:!x:quay", "Harbour") in rows(case, "rooms", "room", "name")
    assert (a, "Ann", "staff") in rows(case, "accounts", "account", "pseudonym", "role")
    assert (b, "Bob", None) in rows(case, "accounts", "account", "pseudonym", "role")
    assert [(kind, value) for kind, value in rows(case, "identifiers", "kind", "value")] == [
        ("device", "D1"), ("ip", "192.0.2.1"), ("ip", "192.0.2.9"),
    ]


OWN = """
[database]
tables = ["log"]
[[table]]
name = "messages"
key = "n"
query = "{query}"
[table.columns]
message_id = {{ column = "n" }}
sent_at = {{ column = "at" }}
sender_id = {{ column = "who" }}
recipient_id = {{ column = "whom" }}
text = {{ column = "said" }}
"""
LOG = "CREATE TABLE log (n INTEGER, at, who, whom, said);"


def mapping(path: Path, query: str = "SELECT * FROM log") -> Path:
    path.write_text(OWN.format(query=query), encoding="utf-8")
    return path


def test_a_mapping_of_one_s_own_reads_any_layout_and_faults_are_rejects(tmp_path: Path) -> None:
    source = base(tmp_path / "chat.sqlite", LOG, log=[
        (1, NOON, "a", "b", "hi"), (2, "not a time", "a", "b", "hi"), (3, "2024-05-01T12:00:00Z", "b", None, "hi"),
        (4, NOON, 7, b"b\xff", "by"), (5, NOON, "c", "d", b"plain"),
    ])
    case, report = read(tmp_path, source, mapping=mapping(tmp_path / "own.toml"))
    counts = report.tables["messages"]
    assert (counts.read, counts.accepted, counts.rejected) == (5, 3, 2)
    assert rows(case, "messages", "message_id", "sender", "recipient", "text") == [
        ("1", "quay:a", "quay:b", "hi"), ("4", "quay:7", "quay:62ff", "by"), ("5", "quay:c", "quay:d", "plain"),
    ]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("DELETE FROM log", "syntax error"), ("SELECT n, at, who FROM log", "gives no column whom, said"),
        ("SELECT * FROM nowhere", "no such table: nowhere"), ("SELECT * FROM log) --", "syntax error"),
        ("SELECT load_extension('x') AS n, at, who, whom, said FROM log", "not authorized"),
        ("SELECT * FROM log; DROP TABLE log", "syntax error"),
        ("SELECT 1 AS n, at, who, whom, said FROM log", "stands in several rows"),
    ],
)
def test_a_query_that_does_more_than_read_or_does_not_fit_is_refused(tmp_path: Path, query: str, told: str) -> None:
    source = base(tmp_path / "chat.sqlite", LOG, log=[(1, NOON, "a", "b", "hi"), (2, NOON, "a", "b", "ho")])
    before = source.read_bytes()
    with pytest.raises(MappingInvalid, match=told):
        read(tmp_path, source, mapping=mapping(tmp_path / "own.toml", query))
    assert source.read_bytes() == before
    assert not list(tmp_path.glob("chat.sqlite-*"))


def test_a_view_or_trigger_of_the_file_is_never_run(tmp_path: Path) -> None:
    source = base(tmp_path / "chat.sqlite", LOG.replace("log", "true_log") + """
        CREATE VIEW log AS SELECT n, at, who, whom, hex(randomblob(100000000)) AS said FROM true_log;""",
        true_log=[(1, NOON, "a", "b", "hi")])
    with pytest.raises(IngestError, match="has no table log"):
        read(tmp_path, source, mapping=mapping(tmp_path / "own.toml"))


def test_an_unknown_layout_a_torn_file_and_unmerged_rows_end_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadable, match=r"of no known layout \(tables log\)"):
        read(tmp_path, base(tmp_path / "chat.sqlite", LOG))
    torn = tmp_path / "torn.sqlite"
    torn.write_bytes(phpbb(tmp_path / "forum.db").read_bytes()[:6000])
    with pytest.raises(IngestError, match=r"whole SQLite database|no known layout"):
        read(tmp_path, torn)
    torn.write_bytes(b"SQLite format 3\x00" + b"\xff" * 4000)
    with pytest.raises(SourceUnreadable, match="whole SQLite database"):
        read(tmp_path, torn)
    (tmp_path / "forum.db-wal").write_bytes(b"x")
    with pytest.raises(SourceUnreadable, match="write-ahead log"):
        read(tmp_path, tmp_path / "forum.db")


def test_a_mapping_of_a_file_and_one_of_a_database_are_not_exchanged(tmp_path: Path) -> None:
    source = base(tmp_path / "chat.sqlite", LOG)
    with pytest.raises(MappingInvalid, match="of a delimited file"):
        read(tmp_path, source, mapping="collegemsg", format="database")
    own = tmp_path / "own.toml"
    own.write_text(OWN.format(query="SELECT 1") + '[file]\ndelimiter = ","\n')
    with pytest.raises(MappingInvalid, match="not several"):
        read(tmp_path, source, mapping=own)
    own.write_text(OWN.format(query="SELECT 1").replace('[database]\ntables = ["log"]\n', ""))
    with pytest.raises(MappingInvalid, match="only a \\[database\\] takes"):
        read(tmp_path, source, mapping=own)
