"""How is a room of Matrix read that Element exported as JSON?  One file a room, of raw events.

Source of the format: element-web, JSONExport.  The head names people by what they are called; ids stand in the events.
``origin_server_ts`` is what the sender's server claims.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ingest.sources.chats.files import ExportFiles
from ingest.sources.chats.json_stream import Found, base_name, first, part, text_of, walk
from ingest.sources.chats.rows import ChatRows

_EVENT = ("messages", "item")
_HEAD = frozenset({("room_name",), ("topic",)})
_BEGINS = re.compile(r'\s*\{\s*"room_name"\s*:')


def _taken(path: Path) -> bool:
    return path.suffix.lower() == ".json" and bool(_BEGINS.match(first(path, size=4096)))


def _read(rows: ChatRows, index: int, path: Path) -> None:
    head: dict[str, str | None] = {}
    row = 0
    for found in walk(path, whole=frozenset({_EVENT}), plain=_HEAD, begun=frozenset()):
        if found.place in _HEAD:
            head[found.place[0]] = text_of(found.value)
        else:
            row += 1
            _event(rows, index, row, found, head)


def _event(rows: ChatRows, index: int, row: int, found: Found, head: Mapping[str, str | None]) -> None:
    told = found.value
    sender, room = text_of(part(told, "sender")), text_of(part(told, "room_id"))
    if not found.place or found.fault or sender is None or room is None:
        rows.reject_found("messages", index, row, found, what="event", lacks="names no sender or room")
        return
    content = told.get("content") if isinstance(told.get("content"), dict) else {}
    name = text_of(content.get("displayname")) if told.get("type") == "m.room.member" else None
    rows.once("accounts", index, row, account_id=sender, pseudonym=name or sender)
    rows.once("rooms", index, row, {"topic": head.get("topic")}, room_id=room, name=head.get("room_name"))
    rows.add("messages", index, row, _attributes(told, content), message_id=text_of(told.get("event_id")),
             sent_at=text_of(told.get("origin_server_ts")), sender_id=sender, room_id=room,
             text=text_of(content.get("body")))


def _attributes(told: Mapping[str, Any], content: Mapping[str, Any]) -> dict[str, object]:
    kind, media = text_of(told.get("type")), text_of(content.get("msgtype"))
    relates = content.get("m.relates_to")
    return {
        "form": None if kind == "m.room.message" else kind,
        "media": None if media in ("m.text", None) else media,
        "file_name": base_name(text_of(content.get("filename"))),
        "bytes": text_of(part(content, "info", "size")),
        "membership": text_of(content.get("membership")),
        "member": text_of(told.get("state_key")),
        "redacts": text_of(told.get("redacts")),
        "relates_to": text_of(part(relates, "event_id")),
        "relation": text_of(part(relates, "rel_type")),
        "reaction": text_of(part(relates, "key")),
        "reply_to": text_of(part(relates, "m.in_reply_to", "event_id")),
        "new_text": text_of(part(content, "m.new_content", "body")),
    }


MATRIX = ExportFiles(
    "matrix", "Matrix", "room of Matrix (Element's JSON)", _taken,
    lambda rows, index, source, _desk: _read(rows, index, source.path),
)
"""Reader of Element's JSON.  Private chats are rooms as well: the export does not tell who is in them."""
