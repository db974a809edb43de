"""How is the package read that Discord gives a person of their own data?  The unpacked folder.

It holds the person's own messages only: ``messages/index.json`` names every channel, ``messages/cID/channel.json``
tells what a channel is, ``messages.json`` or, older, ``messages.csv`` what the person wrote there.  Times are UTC by
Discord's convention.  A package that was cut says so: a channel that the index names and the package lacks is a reject.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from ingest.sources.chats.csv_tables import records
from ingest.sources.chats.folder_export import FolderExport, below
from ingest.sources.chats.json_stream import base_name, part, text_of, walk, written
from ingest.sources.chats.rows import ChatRows
from ingest.sources.chats.written_times import iso_time
from ingest.sources.reader import SourceFile

_MESSAGES = frozenset({"messages.json", "messages.csv"})
_PRIVATE, _GROUP = frozenset({"1", "DM"}), frozenset({"3", "GROUP_DM"})
_ROOT: frozenset[tuple[str, ...]] = frozenset({()})
_ITEM = frozenset({("item",)})
_MOST_TOLD = 4 << 20  # bytes of a file that describes a channel or the owner
_TORN = "the package was cut or is half unpacked: what is there is read; unpack it again, or ask for it again"


def _root(path: Path) -> Path | None:
    for folder in (path, below(path, "package")):
        if folder is not None and below(folder, "messages", "index.json") is not None:
            return folder
    return None


def _object(path: Path | None) -> dict[str, Any]:
    """The object in a small JSON file; empty if it is none."""
    if path is None or not path.is_file() or path.stat().st_size > _MOST_TOLD:
        return {}
    value = next((found.value for found in walk(path, whole=_ROOT) if not found.fault), None)
    return value if isinstance(value, dict) else {}


def _contexts(root: Path, entries: Sequence[Path]) -> dict[Path, str]:
    index, account = below(root, "messages", "index.json"), below(root, "account", "user.json")
    assert index is not None  # the root is known by it
    folders = {entry.parent for entry in entries if entry.parent.parent == index.parent}
    channels = {folder: _channel(folder) for folder in folders}
    owner = text_of(_object(account).get("id")) or _shared(list(channels.values()))
    found: dict[Path, str] = {}
    held: set[str] = set()
    for entry in entries:
        if entry.name.lower() in _MESSAGES and entry.parent in channels:
            told = channels[entry.parent]
            held.add(told["id"])
            found[entry] = json.dumps({**told, "owner": owner}, sort_keys=True)
        elif entry.name.lower() == "channel.json" and entry.parent in channels:
            found[entry] = json.dumps({"channel": channels[entry.parent]["id"]})
        elif entry == account:
            found[entry] = json.dumps({"user": owner})
    missing = sorted(set(_object(index)) - held)
    found[index] = json.dumps({"missing": missing})
    return found


def _channel(folder: Path) -> dict[str, Any]:
    """What channel.json says: id, type, name, guild, recipients; the folder's name where it does not."""
    told = _object(below(folder, "channel.json"))
    others = told.get("recipients")
    return {
        "id": text_of(told.get("id")) or folder.name.removeprefix("c"),
        "kind": text_of(told.get("type")),
        "name": text_of(told.get("name")),
        "guild": text_of(part(told, "guild", "name")),
        "guild_id": text_of(part(told, "guild", "id")),
        "told": bool(told),
        "recipients": [text_of(one) for one in others] if isinstance(others, list) else [],
    }


def _shared(channels: list[dict[str, Any]]) -> str | None:
    """Whose package it is, where it does not say: who is in every private chat."""
    private = [set(channel["recipients"]) for channel in channels if channel["kind"] in _PRIVATE]
    counted = Counter(person for people in private for person in people)
    everywhere = [person for person, times in counted.items() if times == len(private)]
    return everywhere[0] if len(everywhere) == 1 else None


def _read(rows: ChatRows, index: int, source: SourceFile) -> None:
    told = json.loads(source.context) if source.context.startswith("{") else {}
    if "missing" in told:
        for number, channel in enumerate(told["missing"], start=1):
            rows.reject(
                "messages",
                index,
                number,
                reason="the index names a channel that the package lacks",
                hint=_TORN,
                raw=str(channel),
            )
    elif "channel" in told:
        _place(rows, index, _channel(source.path.parent))
    elif "user" in told:
        _owner(rows, index, source)
    else:
        _messages(rows, index, source, told)


def _owner(rows: ChatRows, index: int, source: SourceFile) -> None:
    person = _object(source.path)
    identity = text_of(person.get("id"))
    if identity is None:
        rows.reject("accounts", index, 1, reason="the file tells no account", hint=_TORN, raw="")
        return
    number = text_of(person.get("discriminator"))
    name = text_of(person.get("username"))
    rows.add(
        "accounts",
        index,
        1,
        {"owner_of_export": True, "global_name": text_of(person.get("global_name"))},
        account_id=identity,
        pseudonym=f"{name}#{number}" if name and number and number.strip("0") else name,
    )
    for kind in ("email", "phone", "ip"):
        if value := text_of(person.get(kind)):
            rows.add("identifiers", index, 1, account_id=identity, kind=kind, value=value)


def _place(rows: ChatRows, index: int, channel: Mapping[str, Any], row: int = 1) -> None:
    """The room a channel is, unless it is a private chat."""
    if channel.get("kind") not in _PRIVATE:
        kept = {key: channel.get(key) for key in ("guild", "guild_id")}
        kind = "group" if channel.get("kind") in _GROUP else "channel"
        rows.once("rooms", index, row, {**kept, "members": channel.get("recipients")}, room_id=str(channel["id"]),
                  name=channel.get("name"), kind=kind)


def _messages(rows: ChatRows, index: int, source: SourceFile, channel: Mapping[str, Any]) -> None:
    place = channel.get("id") or source.path.parent.name.removeprefix("c")
    owner = channel.get("owner") or "owner-of-package"
    if not channel.get("told"):
        rows.reject(
            "messages", index, 1, reason="the package does not describe the channel", hint=_TORN, raw=str(place)
        )
    others = [person for person in channel.get("recipients", []) if person and person != owner]
    private = channel.get("kind") in _PRIVATE
    recipient = (others[0] if len(others) == 1 else f"other-of-{place}") if private else None
    rows.once("accounts", index, 1, account_id=owner)
    for row, message in _elements(rows, index, source):
        moment = text_of(message.get("Timestamp"))
        sent_at = iso_time(moment, utc=True)
        _place(rows, index, {**channel, "id": place}, row)
        rows.add(
            "messages",
            index,
            row,
            {
                "time_written": moment if sent_at != moment else None,
                "attachments": [
                    {"name": base_name(url.split("?", 1)[0])}
                    for url in (text_of(message.get("Attachments")) or "").split()
                ],
            },
            message_id=text_of(message.get("ID")),
            sent_at=sent_at,
            sender_id=owner,
            text=text_of(message.get("Contents")),
            recipient_id=recipient,
            room_id=None if private else str(place),
        )


def _elements(rows: ChatRows, index: int, source: SourceFile) -> Iterator[tuple[int, Mapping[str, Any]]]:
    if source.path.suffix.lower() == ".csv":
        yield from records(rows, index, source)
        return
    for row, found in enumerate(walk(source.path, whole=_ITEM), start=1):
        if found.place and not found.fault and isinstance(found.value, dict):
            yield row, found.value
        else:
            where = "element" if found.place else "file"
            rows.reject(
                "messages",
                index,
                row,
                reason=f"the {where} {found.fault or 'is no object'}",
                hint=_TORN,
                raw=written(found.value) if found.place else found.pointer,
            )


DISCORD_PACKAGE = FolderExport(
    "discord-package",
    "Discord",
    "Discord data package",
    _root,
    _contexts,
    lambda rows: partial(_read, rows),
    platform="discord",
    VERSION="2",
)
"""Reader of the package a person asks Discord for.  Ids are Discord's own; only the person's own messages are in it."""
