"""How is Google Chat read, as Takeout and Google's returns hold it?  ``Google Chat/Groups`` and ``Google Chat/Users``.

Source of the layout: the RLEAPP project and readers of Takeout.  A folder a conversation, with ``group_info.json`` (who
takes part) beside ``messages.json``; times are UTC, in words.  An e-mail address is the account; without one, a name is
an account within its conversation.
"""

import json
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from ingest.sources.chats.folder_export import FolderExport, below
from ingest.sources.chats.json_stream import Found, base_name, objects, part, text_of, walk, written
from ingest.sources.chats.rows import ChatRows
from ingest.sources.chats.written_times import iso_time
from ingest.sources.reader import SourceFile

_ROOT: frozenset[tuple[str, ...]] = frozenset({()})
_MESSAGE: tuple[str, ...] = ("messages", "item")
_MOST_TOLD = 4 << 20


def _root(path: Path) -> Path | None:
    for names in ((), ("Google Chat",), ("Takeout", "Google Chat")):
        folder = below(path, *names)
        groups = None if folder is None else below(folder, "Groups")
        if groups is None or not groups.is_dir():
            continue
        if any(below(entry, "messages.json") for entry in sorted(groups.iterdir())[:200] if entry.is_dir()):
            return folder
    return None


def _contexts(root: Path, entries: Sequence[Path]) -> dict[Path, str]:
    found: dict[Path, str] = {}
    for entry in entries:
        place = entry.relative_to(root).parts
        if len(place) == 3 and place[0].lower() == "groups" and entry.name.lower() == "messages.json":
            info = below(entry.parent, "group_info.json")
            members = _members(info) if info is not None else []
            found[entry] = json.dumps({"room": place[1], "members": members, "name": _name(info)}, ensure_ascii=False)
        elif len(place) == 3 and place[0].lower() == "groups" and entry.name.lower() == "group_info.json":
            found[entry] = json.dumps({"group": place[1]}, ensure_ascii=False)
        elif len(place) == 3 and place[0].lower() == "users" and entry.name.lower() == "user_info.json":
            found[entry] = "user"
    return found


def _whole(path: Path | None) -> Mapping[str, Any]:
    if path is None or not path.is_file() or path.stat().st_size > _MOST_TOLD:
        return {}
    found = next(walk(path, whole=_ROOT))
    return found.value if isinstance(found.value, dict) and not found.fault else {}


def _members(info: Path) -> list[list[str | None]]:
    return [[text_of(one.get("email")), text_of(one.get("name"))] for one in objects(_whole(info).get("members"))]


def _name(info: Path | None) -> str | None:
    return text_of(_whole(info).get("name"))


def _read(rows: ChatRows, index: int, source: SourceFile) -> None:
    if source.context == "user":
        _user(rows, index, source)
        return
    told = json.loads(source.context) if source.context.startswith("{") else {"room": source.path.parent.name}
    if "group" in told:
        _group(rows, index, {"room": told["group"], "members": _members(source.path), "name": _name(source.path)})
        return
    for row, found in enumerate(walk(source.path, whole=frozenset({_MESSAGE})), start=1):
        _message(rows, index, row, found, told)


def _user(rows: ChatRows, index: int, source: SourceFile) -> None:
    person = part(_whole(source.path), "user")
    email = text_of(part(person, "email"))
    if email is None:
        rows.reject(
            "accounts",
            index,
            1,
            reason="the file tells no account",
            hint="the export was cut or changed: what stands before is read",
            raw=written(person),
        )
        return
    _account(rows, index, 1, email, text_of(part(person, "name")), "")


def _group(rows: ChatRows, index: int, group: Mapping[str, Any], row: int = 1) -> list[str | None]:
    """Who is in a conversation, and its room unless two are."""
    room = str(group["room"])
    members = [_account(rows, index, row, email, name, room) for email, name in group.get("members", [])]
    private = room.lower().startswith("dm ")
    if not private or len(members) != 2:
        rows.once("rooms", index, row, {"members": members}, room_id=room, name=group.get("name") or room,
                  kind="group" if private else "space")
    return members


def _account(rows: ChatRows, index: int, row: int, email: str | None, name: str | None, room: str) -> str | None:
    if email:
        rows.once("accounts", index, row, account_id=email.lower(), pseudonym=name)
        rows.once("identifiers", index, row, account_id=email.lower(), kind="email", value=email.lower())
        return email.lower()
    if name:
        rows.once("accounts", index, row, {"weak_identity": True}, account_id=f"{name} in {room}", pseudonym=name)
        return f"{name} in {room}"
    return None


def _message(rows: ChatRows, index: int, row: int, found: Found, group: Mapping[str, Any]) -> None:
    told, room = found.value, str(group["room"])
    if not found.place or found.fault or not isinstance(told, dict):
        rows.reject_found("messages", index, row, found, what="message", lacks="is no object")
        return
    creator = told.get("creator")
    sender = _account(rows, index, row, text_of(part(creator, "email")), text_of(part(creator, "name")), room)
    stamp = text_of(told.get("created_date")) or text_of(told.get("deleted_date"))
    edited = text_of(told.get("updated_date"))
    gone = told.get("deleted_date") or told.get("message_state") == "DELETED"
    attributes: dict[str, object] = {
        "form": "deleted" if gone else None,
        "time_written": stamp,
        "edited_at": iso_time(edited, utc=True),
        "deleted_by": text_of(part(told, "deletion_metadata", "deletion_type")),
        "topic": text_of(told.get("topic_id")),
        "reply_to": text_of(part(told, "quoted_message_metadata", "message_id")),
        "attachments": [
            {"name": base_name(text_of(file.get("original_name")) or text_of(file.get("export_name")))}
            for file in objects(told.get("attached_files"))
        ],
        "reactions": [
            {"emoji": text_of(part(one, "emoji", "unicode")), "by": one.get("reactor_emails")}
            for one in objects(told.get("reactions"))
        ],
        "former_texts": [text_of(one.get("text")) for one in objects(told.get("previous_message_versions"))],
    }
    values = {
        "message_id": text_of(told.get("message_id")),
        "sent_at": iso_time(stamp, utc=True),
        "sender_id": sender,
        "text": text_of(told.get("text")),
    }
    members = _group(rows, index, group, row)
    others = [member for member in members if member and member != sender]
    if room.lower().startswith("dm ") and len(others) == 1:
        rows.add("messages", index, row, {**attributes, "conversation": room}, **values, recipient_id=others[0])
        return
    rows.add("messages", index, row, attributes, **values, room_id=room)


GOOGLE_CHAT = FolderExport(
    "google-chat", "Google Chat", "Google Chat archive", _root, _contexts, lambda rows: partial(_read, rows),
    VERSION="2",
)
"""Reader of Google Chat from Takeout or from a return of Google."""
