"""LAVA folders: declared parts decide; private chats and groups; hostile tables; runs that did not end."""

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from ingest.errors import SourceUnreadable
from tests.unit.ingest.chat_exports import read, reconciled

# as the artifacts of ALEAPP and iLEAPP declare themselves: the sender's column names the other person throughout
NOON = 1714564800
WHATSAPP = {
    "conversationDiscriminatorColumn": "Other Participant", "textColumn": "Message",
    "directionColumn": "Message Direction", "directionSentValue": "Outgoing", "timeColumn": "Message Timestamp",
    "senderColumn": "Other Participant", "sentMessageStaticLabel": "Local User", "mediaColumn": "Media",
}
TRUTH = {
    "threadDiscriminatorColumn": "Chat ID", "threadLabelColumn": "From", "textColumn": "message_",
    "directionColumn": "From Me", "directionSentValue": 1, "timeColumn": "Timestamp", "senderColumn": "Sender",
}


def sanitise(name: str) -> str:
    return "".join(c for c in name if c.isalnum() or c in " _").replace(" ", "_").lower()


def folder(path: Path, *artifacts: dict[str, Any], status: str = "Complete", view: str = "conversation") -> Path:
    """A LAVA folder with these artifacts: category, name, headers, rows and view of each."""
    path.mkdir(parents=True)
    listed: dict[str, list[dict[str, Any]]] = {}
    with sqlite3.connect(path / "_lava_artifacts.db") as base:
        for number, artifact in enumerate(artifacts):
            columns = {sanitise(header): header for header in artifact["headers"]}
            table = artifact.get("table", f"table_{number}")
            quoted = '"' + table.replace('"', '""') + '"'
            kinds = ", ".join(f'"{n}" {"INTEGER" if "time" in n else "TEXT"}' for n in columns)
            base.execute(f'CREATE TABLE {quoted} ({kinds})')
            base.executemany(f'INSERT INTO {quoted} VALUES ({", ".join("?" * len(columns))})', artifact["rows"])
            listed.setdefault(artifact["category"], []).append({
                "artifact_key": table, "name": artifact["name"], "tablename": table, "column_map": columns,
                "record_count": 999, "data_views": {view: artifact["view"]} if artifact.get("view") else None,
            })
    base.close()
    manifest = {"lava_schema_version": 2, "param_input": "/cases/phone.zip", "processing_status": status,
                "lava_db_name": "/elsewhere/_lava_artifacts.db", "artifacts": listed}
    (path / "_lava_data.lava").write_text(json.dumps(manifest))
    return path


def whatsapp(rows: Sequence[tuple[Any, ...]], **more: Any) -> dict[str, Any]:
    headers = ["Message Timestamp", "Other Participant", "Message Direction", "Message", "Media", "Source File"]
    told = {"category": "WhatsApp", "name": "WhatsApp - Messages", "headers": headers, "rows": rows, "view": WHATSAPP}
    return {**told, **more}


def test_what_is_declared_decides_who_wrote_to_whom(tmp_path: Path) -> None:
    path = folder(tmp_path / "out", whatsapp([
        (1714579384, "Kid", "Incoming", "hi", None, "msgstore.db"),
        (1714579385.5, "Kid", "Outgoing", "hello", "a.jpg", ""),
        (1714579386, "+33 6 12 34 56 78", "Outgoing", "a", None, ""),
    ]))
    report, tables, rejects = read(tmp_path, path, timezone=None)
    assert {source.format for source in report.sources} == {"lava"}
    assert reconciled(report)
    assert not rejects
    messages = tables["messages"]
    assert list(zip(messages.sender, messages.recipient, messages.text, strict=True)) == [
        ("whatsapp:Kid in phone.zip", "whatsapp:Local User in phone.zip", "hi"),
        ("whatsapp:Local User in phone.zip", "whatsapp:Kid in phone.zip", "hello"),
        ("whatsapp:Local User in phone.zip", "whatsapp:+33 6 12 34 56 78", "a"),
    ]
    assert str(messages.sent_at[1]) == "2024-05-01 16:03:05.500000"
    assert json.loads(messages.attributes[0]) == {
        "artifact": "WhatsApp - Messages", "columns": {"Source File": "msgstore.db"},
    }


def test_older_spellings_reserved_words_and_numbers_for_directions(tmp_path: Path) -> None:
    headers = ["Timestamp", "Chat ID", "From", "Sender", "From Me", "message_"]
    told = [("c1", "Us", "ann", 0, "a"), ("c1", "Us", "ben", "0", "b"), ("c1", "Us", "me", 1, "c"),
            ("c2", "Kid", "kid", "0", "d"), ("c2", "Kid", "me", "1", "e")]
    rows = [(NOON + number, *values) for number, values in enumerate(told)]
    path = folder(tmp_path / "out", {"category": "Truth Social", "name": "Chats", "headers": headers, "rows": rows,
                                     "view": TRUTH}, view="chat")
    messages = read(tmp_path, path)[1]["messages"]
    assert list(messages.room.fillna("")) == ["truth-social:Chats/c1"] * 3 + ["", ""], "three people are a room"
    assert list(messages.sender.str.removeprefix("truth-social:").str.removesuffix(" in phone.zip")) == [
        "ann", "ben", "me", "kid", "me"
    ]
    assert list(messages.recipient[3:].str.removeprefix("truth-social:")) == ["me in phone.zip", "kid in phone.zip"]


def test_several_applications_are_several_platforms_and_the_rest_is_told(tmp_path: Path) -> None:
    path = folder(
        tmp_path / "out", whatsapp([(NOON, "Kid", "Incoming", "hi", None, "")]),
        {**whatsapp([(NOON, "Kid", "Incoming", "yo", None, "")]), "category": "Line", "name": "Line - Messages"},
        {"category": "Calls", "name": "Call log", "headers": ["Timestamp", "Number"], "rows": [(NOON, "1")]},
    )
    report, tables, _ = read(tmp_path, path)
    assert set(tables["messages"].platform) == {"whatsapp", "line"}
    assert [name.rsplit(": ")[-1] for name in report.ignored] == ["Call log (no conversation)"]


def test_a_run_that_did_not_end_and_a_table_that_is_missing_are_told(tmp_path: Path) -> None:
    path = folder(tmp_path / "out", whatsapp([(NOON, "Kid", "Incoming", "hi", None, "")]), status="In Progress")
    manifest = path / "_lava_data.lava"
    told = json.loads(manifest.read_text())
    told["artifacts"]["WhatsApp"].append({**told["artifacts"]["WhatsApp"][0], "tablename": "gone"})
    manifest.write_text(json.dumps(told))
    report, tables, rejects = read(tmp_path, path)
    assert len(tables["messages"]) == 1
    assert sorted(reject.reason for reject in rejects) == [
        "the run that wrote this did not end", "the table 'gone' is not there",
    ]
    assert reconciled(report)


def test_a_hostile_database_runs_nothing(tmp_path: Path) -> None:
    name = 'x"; DROP TABLE y; --'
    rows = [(NOON, "Kid'; --", "Incoming", "hi", None, ""), (None, "Kid", "x", None, None, "")]
    path = folder(tmp_path / "out", whatsapp(rows, table=name))
    before = (path / "_lava_artifacts.db").read_bytes()
    report, tables, rejects = read(tmp_path, path)
    assert list(tables["messages"].text) == ["hi"]
    assert [reject.column for reject in rejects] == ["sent_at"]
    assert reconciled(report)
    assert (path / "_lava_artifacts.db").read_bytes() == before
    assert sorted(entry.name for entry in path.iterdir()) == ["_lava_artifacts.db", "_lava_data.lava"]


@pytest.mark.parametrize("broken", ["manifest", "database", "no database", "log"])
def test_what_cannot_be_read_is_refused_in_one_line(tmp_path: Path, broken: str) -> None:
    path = folder(tmp_path / "out", whatsapp([(NOON, "Kid", "Incoming", "hi", None, "")]))
    if broken == "manifest":
        (path / "_lava_data.lava").write_text('{"artifacts": {')
    elif broken == "database":
        (path / "_lava_artifacts.db").write_bytes(b"no database at all" * 400)
    elif broken == "no database":
        (path / "_lava_artifacts.db").unlink()
    else:
        (path / "_lava_artifacts.db-wal").write_bytes(b"rows")
    with pytest.raises(SourceUnreadable) as refused:
        read(tmp_path, path)
    assert "\n" not in str(refused.value)
