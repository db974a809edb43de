"""How is a return of Snapchat read?  ``conversations.csv``, ``ip_data.csv`` and ``subscriber_info*.csv``.

Source of the layout: the RLEAPP project.  A file holds sections, each below a legend and a line of ``=``; columns are
known by their names, since their order changes between returns.  Times are UTC.  The user name is the account's id.
"""

import re
from pathlib import Path

from ingest.sources.chats.csv_tables import Record, sections
from ingest.sources.chats.files import ExportFiles
from ingest.sources.chats.json_stream import first
from ingest.sources.chats.rows import ChatRows
from ingest.sources.chats.written_times import iso_time
from ingest.sources.reader import Desk, SourceFile

_FILES = re.compile(r"(?P<kind>conversations|ip_data|subscriber_info(?:rmation)?)[^/]*\.csv", re.IGNORECASE)
_RULE = re.compile(r"^\"?={5,}", re.MULTILINE)
_TARGET = re.compile(r"target[ _]user(?:name|_name)?\"?[ :,]+\"?(?P<name>[\w.\-]{2,40})", re.IGNORECASE)
_KEPT = ("conversation_title", "reply_to_message_id", "message_type", "content_type", "is_saved", "is_encrypted")
_USED = {
    "message_id",
    "timestamp",
    "sender_username",
    "recipient_username",
    "text",
    "conversation_id",
    "media_id",
    "is_one_on_one",
    "sender_user_id",
    "recipient_user_id",
    *_KEPT,
}


def _taken(path: Path) -> bool:
    return bool(_FILES.fullmatch(path.name)) and bool(_RULE.search(first(path, size=64 << 10)))


def _context(path: Path) -> str:
    """Whose return it is, where the legend of a file beside says so."""
    for beside in [path, *sorted(entry for entry in path.absolute().parent.glob("*.csv") if entry.is_file())]:
        if found := _TARGET.search(first(beside, size=16 << 10)):
            return found["name"].lower()
    return ""


def _read(rows: ChatRows, index: int, source: SourceFile, _desk: Desk) -> None:
    named = _FILES.fullmatch(source.path.name)
    kind = named["kind"].lower() if named else "conversations"
    owner = source.context or "owner-of-return"
    for row, record in sections(rows, index, source, table="sessions" if kind == "ip_data" else "messages"):
        if kind == "ip_data":
            _address(rows, index, row, record, owner)
        elif kind == "conversations":
            _message(rows, index, row, record)
        else:
            _subscriber(rows, index, row, record)


def _account(rows: ChatRows, index: int, row: int, name: str | None, user_id: str | None = None) -> str | None:
    identity = name.strip().lower() if name and name.strip() else None
    if identity:
        rows.once("accounts", index, row, account_id=identity, pseudonym=name)
        if user_id:
            rows.once("identifiers", index, row, account_id=identity, kind="user_id", value=user_id)
    return identity


def _message(rows: ChatRows, index: int, row: int, record: Record) -> None:
    sender = _account(rows, index, row, record.get("sender_username"), record.get("sender_user_id"))
    written = record.get("timestamp")
    sent_at = iso_time(written, utc=True)
    place = record.get("conversation_id")
    attributes: dict[str, object] = {
        "form": record.get("message_type"),
        "time_written": written if sent_at != written else None,
        **{name: record.get(name) for name in _KEPT[:2]},
        "content_type": record.get("content_type"),
        "saved": record.get("is_saved"),
        "encrypted": record.get("is_encrypted"),
        "media": [token.strip() for token in (record.get("media_id") or "").split(";") if token.strip()],
        "columns": {name: value for name, value in record.items() if name not in _USED and value},
    }
    values = {
        "message_id": record.get("message_id"),
        "sent_at": sent_at,
        "sender_id": sender,
        "text": record.get("text"),
    }
    recipients = [name for name in re.split(r"[;,]", record.get("recipient_username") or "") if name.strip()]
    alone = (record.get("is_one_on_one") or "true").strip().lower() in ("true", "1", "yes")
    if alone and len(recipients) == 1:
        other = _account(rows, index, row, recipients[0], record.get("recipient_user_id"))
        rows.add("messages", index, row, {**attributes, "conversation": place}, **values, recipient_id=other)
        return
    attributes["recipients"] = recipients
    room = place or ("group:" + ";".join(sorted({*recipients, sender or ""})))
    rows.once("rooms", index, row, room_id=room, name=record.get("conversation_title"), kind="group")
    rows.add("messages", index, row, attributes, **values, room_id=room)


def _address(rows: ChatRows, index: int, row: int, record: Record, owner: str) -> None:
    begun = record.get("first_seen_time") or record.get("timestamp")
    ended = record.get("last_seen_time")
    rows.add(
        "sessions",
        index,
        row,
        {
            "time_written": [begun, ended],
            "columns": {
                name: value
                for name, value in record.items()
                if value and name not in ("ip", "first_seen_time", "last_seen_time", "timestamp")
            },
        },
        account_id=owner,
        started_at=iso_time(begun, utc=True),
        ended_at=iso_time(ended, utc=True),
        ip=record.get("ip"),
    )


def _subscriber(rows: ChatRows, index: int, row: int, record: Record) -> None:
    name = record.get("username") or record.get("user_name")
    identity = _account(rows, index, row, name, record.get("user_id") or record.get("id"))
    if identity is None:
        return
    created = record.get("created") or record.get("created_time") or record.get("creation_time")
    rows.add(
        "accounts",
        index,
        row,
        {"owner_of_export": True, "display_name": record.get("display_name"), "time_written": created},
        account_id=identity,
        pseudonym=name,
        created_at=iso_time(created, utc=True),
        status=record.get("status"),
    )
    for kind, key in (("email", "email_address"), ("email", "email"), ("phone", "phone_number"), ("ip", "creation_ip")):
        if value := record.get(key):
            rows.once("identifiers", index, row, account_id=identity, kind=kind, value=value)


SNAPCHAT = ExportFiles("snapchat", "Snapchat", "Snapchat return", _taken, _read, context=_context, VERSION="2")
"""Reader of what Snapchat returns to an authority."""
