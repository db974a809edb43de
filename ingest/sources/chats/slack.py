"""How is a Slack workspace's export read?  The unpacked folder: ``users.json``, ``channels.json``, a folder a channel
with a file a day.

Source of the format: Slack's own export as slackdump and other readers describe it.  A message's ``ts`` is its time
and its id within the channel; a folder is named for the channel (for private chats by id), so the lists beside give
ids.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ingest.errors import SourceUnreadable
from ingest.source_files import files_below, printable, regular_file
from ingest.sources.chats.json_stream import base_name, objects, part, text_of, walk, written
from ingest.sources.chats.rows import ChatRows
from ingest.sources.reader import Desk, SourceFile, StagedTable, Survey

_LISTS = {"channels.json": "public_channel", "groups.json": "private_channel", "mpims.json": "group_chat",
          "dms.json": "private_chat"}
_ITEM = frozenset({("item",)})


class SlackExport:
    """Reader of Slack's export, unpacked."""

    NAME = "slack"
    VERSION = "1"

    def recognises(self, path: Path) -> bool:
        return path.is_dir() and (path / "users.json").is_file() and any((path / name).is_file() for name in _LISTS)

    def survey(self, path: Path, *, mapping: Path | None) -> Survey:
        if mapping is not None:
            raise SourceUnreadable("a Slack folder takes no mapping", where=printable(path), fix="leave it out")
        if not self.recognises(path):
            raise SourceUnreadable("is no unpacked Slack export", where=printable(path),
                                   fix="unpack it and give the folder that holds users.json and channels.json")
        channels = _channels(path)
        files, ignored = [], []
        for entry in files_below(path):
            place = entry.relative_to(path).parts
            if len(place) == 1 and place[0] == "users.json":
                files.append(SourceFile(regular_file(entry), self.NAME, context="users"))
            elif len(place) == 1 and place[0] in _LISTS:
                files.append(SourceFile(regular_file(entry), self.NAME, context=f"list:{place[0]}"))
            elif len(place) == 2 and entry.suffix == ".json":
                told = channels.get(place[0], {"id": place[0], "name": place[0], "kind": "channel"})
                files.append(SourceFile(regular_file(entry), self.NAME, context=json.dumps(told, sort_keys=True)))
            else:
                ignored.append(printable(entry))
        return Survey(tuple(files), tuple(ignored))

    def read(self, sources: Sequence[SourceFile], desk: Desk) -> Iterator[StagedTable]:
        rows = ChatRows(desk, "slack")
        for index, source in enumerate(sources):
            desk.progress("reading Slack", index, len(sources))
            for row, found in enumerate(walk(source.path, whole=_ITEM, plain=frozenset(), begun=frozenset()), 1):
                told = found.value if isinstance(found.value, dict) else None
                table = "accounts" if source.context == "users" else "messages"
                table = "rooms" if source.context.startswith("list:") else table
                if told is None or found.fault:
                    where = "element" if found.place else "file"
                    rows.reject(table, index, row, reason=f"the {where} {found.fault or 'is no object'}",
                                hint="the export was cut or changed: what stands before is read",
                                raw=written(found.value) if found.place else "")
                elif table == "accounts":
                    _person(rows, index, row, told)
                elif table == "rooms":
                    _room(rows, index, row, told, _LISTS[source.context.partition(":")[2]])
                else:
                    _message(rows, index, row, told, json.loads(source.context))
        desk.progress("reading Slack", len(sources), len(sources))
        return rows.tables()


def _channels(folder: Path) -> dict[str, dict[str, Any]]:
    """Folder to the channel it is of; where two bear one name the folder stays by itself."""
    found: dict[str, list[dict[str, Any]]] = {}
    for name, kind in _LISTS.items():
        path = folder / name
        if not path.is_file():
            continue
        for entry in walk(regular_file(path), whole=_ITEM, plain=frozenset(), begun=frozenset()):
            identity = text_of(part(entry.value, "id"))
            shown = text_of(part(entry.value, "name")) or identity
            if identity is not None and shown is not None:
                members = part(entry.value, "members") if kind == "private_chat" else None
                listed = [text_of(member) for member in members] if isinstance(members, list) else []
                told = {"id": identity, "name": shown, "kind": kind, "members": listed}
                for place in {shown, identity}:
                    found.setdefault(place, []).append(told)
    return {place: listed[0] for place, listed in found.items() if len(listed) == 1}


def _person(rows: ChatRows, index: int, row: int, told: Mapping[str, Any]) -> None:
    identity = text_of(told.get("id"))
    rows.add(
        "accounts", index, row,
        {"real_name": text_of(told.get("real_name")), "display_name": text_of(part(told, "profile", "display_name")),
         "zone": text_of(told.get("tz"))},
        account_id=identity, pseudonym=text_of(told.get("name")), role="bot" if told.get("is_bot") is True else None,
        status="deleted" if told.get("deleted") is True else None,
    )
    for kind in ("email", "phone"):
        value = text_of(part(told, "profile", kind))
        if identity and value:
            rows.add("identifiers", index, row, account_id=identity, kind=kind, value=value)


def _room(rows: ChatRows, index: int, row: int, told: Mapping[str, Any], kind: str) -> None:
    identity = text_of(told.get("id"))
    members = told.get("members")
    rows.add("rooms", index, row,
             {"creator": text_of(told.get("creator")), "members": members if isinstance(members, list) else None},
             room_id=identity, name=text_of(told.get("name")) or identity, kind=kind,
             created_at=text_of(told.get("created")))


def _message(rows: ChatRows, index: int, row: int, told: Mapping[str, Any], channel: Mapping[str, Any]) -> None:
    stamp = text_of(told.get("ts"))
    sender = text_of(told.get("user")) or text_of(told.get("bot_id"))
    others = [member for member in channel.get("members") or [] if member != sender]
    private = channel["kind"] == "private_chat" and len(others) == 1
    kind = text_of(told.get("subtype"))
    rows.add(
        "messages", index, row,
        {"form": kind, "thread": text_of(told.get("thread_ts")) if told.get("thread_ts") != told.get("ts") else None,
         "edited_at": text_of(part(told, "edited", "ts")), "edited_by": text_of(part(told, "edited", "user")),
         "files": [{"name": base_name(text_of(file.get("name"))), "bytes": file.get("size")}
                   for file in objects(told.get("files"))],
         "reactions": [{"emoji": text_of(one.get("name")), "by": one.get("users")}
                       for one in objects(told.get("reactions"))]},
        message_id=f"{channel['id']}/{stamp}" if stamp else None, sent_at=stamp, sender_id=sender,
        text=text_of(told.get("text")), recipient_id=others[0] if private else None,
        room_id=None if private else channel["id"],
    )
