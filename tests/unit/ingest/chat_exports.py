"""Exports of chat applications as small as they can be, of the shape their writers give them; all people invented."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from ingest.batch import ingest
from ingest.batch.report import IngestReport
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from ingest.rejects import Reject, read_rejects
from workbench.cited import moment


def read(
    folder: Path, *sources: Path, timezone: str | None = "UTC", format: str = "auto"
) -> tuple[IngestReport, dict[str, pd.DataFrame], list[Reject]]:
    """The sources in a new case: the report, the accepted rows by table, the rejects."""
    case = CaseFolder(folder / "ws", "case")
    report = ingest(list(sources), case=case, timezone=timezone, format=format)
    with Lake(case) as lake:
        tables = {
            name: lake.table(name).to_pyarrow().to_pandas().sort_values(["source_sha256", "row"], ignore_index=True)
            for name in report.tables
        }
    return report, tables, list(read_rejects(case))


def as_written(folder: Path, table: str, rows: Iterable[str]) -> list[str]:
    """The moments of the case's rows of these record ids as their sources write them."""
    with Lake(CaseFolder(folder / "ws", "case")) as lake:
        return [moment(record)[1] for record in lake.records([f"{table}:{row}" for row in rows])]


def put(path: Path, content: Any) -> Path:
    """The content in that file: bytes and text as they are, all else as JSON as exporters write it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        text = content if isinstance(content, str) else json.dumps(content, indent=1, ensure_ascii=False)
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
    return path


def reconciled(report: IngestReport) -> bool:
    """Is read = accepted + rejected + duplicate in every table?"""
    return all(c.read == c.accepted + c.rejected + c.duplicate for c in report.tables.values())


def user(number: int, name: str, **more: Any) -> dict[str, Any]:
    """A person in a Discord export."""
    return {"id": str(number), "name": name, "discriminator": "0000", "nickname": name.title(), "color": None,
            "isBot": False, "roles": [], "avatarUrl": "https://cdn.example/a.png", **more}


def channel(
    *messages: dict[str, Any], kind: str = "GuildTextChat", count: int | None = None, number: int = 9002,
    name: str = "general",
) -> dict[str, Any]:
    """A channel as DiscordChatExporter writes it."""
    return {
        "guild": {"id": "9001", "name": "Harbour", "iconUrl": "https://cdn.example/g.png"},
        "channel": {"id": str(number), "type": kind, "categoryId": "9000", "category": "Chat", "name": name,
                    "topic": None},
        "dateRange": {"after": None, "before": None}, "exportedAt": "2024-05-02T09:00:00.123+00:00",
        "messages": list(messages), "messageCount": len(messages) if count is None else count,
    }


def said(number: int, author: dict[str, Any], text: str, **more: Any) -> dict[str, Any]:
    """A message in a Discord export."""
    return {
        "id": str(number), "type": "Default", "timestamp": f"2024-05-01T18:03:{number % 60:02d}.567+02:00",
        "timestampEdited": None, "callEndedTimestamp": None, "isPinned": False, "content": text, "author": author,
        "attachments": [], "embeds": [], "stickers": [], "reactions": [], "mentions": [], **more,
    }


def wrote(number: int, who: int, name: str, text: Any, **more: Any) -> dict[str, Any]:
    """A message in a Telegram export."""
    return {"id": number, "type": "message", "date": "2024-05-01T18:03:04", "date_unixtime": str(1714579384 + number),
            "from": name, "from_id": f"user{who}", "text": text, "text_entities": [], **more}


def chat(number: int, kind: str, name: str | None, *messages: dict[str, Any]) -> dict[str, Any]:
    """A chat in a Telegram export."""
    return {**({"name": name} if name else {}), "type": kind, "id": number, "messages": list(messages)}


def account(*chats: dict[str, Any]) -> dict[str, Any]:
    """A whole Telegram account."""
    return {
        "about": "Here is the data you requested.",
        "personal_information": {"user_id": 1, "first_name": "Own", "last_name": "Er",
                                 "phone_number": "+33 6 12 34 56 78", "username": "@owner", "bio": ""},
        "contacts": {"about": "", "list": [
            {"user_id": 42, "first_name": "Kid", "last_name": "", "phone_number": "+33 6 98 76 54 32",
             "date": "2024-01-01T10:00:00", "date_unixtime": "1704099600"},
            {"user_id": 0, "first_name": "Elsewhere", "last_name": "", "phone_number": "+33 6 00 00 00 01"},
        ]},
        "sessions": {"about": "", "list": [
            {"last_active": "2024-05-01T18:00:00", "last_active_unixtime": "1714579200", "last_ip": "192.0.2.7",
             "last_country": "France", "application_name": "Telegram Android", "application_version": "10.1",
             "device_model": "Phone", "platform": "Android", "system_version": "14", "created": "2024-01-01T10:00:00",
             "created_unixtime": "1704099600"},
        ]},
        "chats": {"about": "", "list": list(chats)},
    }
