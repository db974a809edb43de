"""How are Discord channels read that DiscordChatExporter wrote as JSON?  One file a channel, thread or private chat.

Source of the format: Tyrrrz/DiscordChatExporter, JsonMessageWriter.  ``messageCount`` is written last: where it is
missing or differs, the export was cut or changed, and a reject says so.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ingest.sources.chats.discord.unanswered import DiscordRows
from ingest.sources.chats.files import ExportFiles
from ingest.sources.chats.json_stream import Found, base_name, first, objects, part, text_of, walk, written
from ingest.sources.chats.private_chat import PrivateChat
from ingest.sources.chats.rows import ChatRows

_MESSAGE = ("messages", "item")
_HEAD = frozenset(
    {("guild", "id"), ("guild", "name"), ("channel", "id"), ("channel", "type"), ("channel", "name"),
     ("channel", "category"), ("channel", "topic"), ("exportedAt",), ("messageCount",)}
)
_BEGINS = re.compile(r'\s*\{\s*"guild"\s*:\s*\{\s*"id"\s*:')
_PRIVATE = "DirectTextChat"


def _taken(path: Path) -> bool:
    return path.suffix.lower() == ".json" and bool(_BEGINS.match(first(path, size=4096)))


class _Channel:
    """One file.  A private chat's messages go to the other of its two people, who is known once both have written.

    Where only one did, the rows find out who the other is.
    """

    def __init__(self, rows: ChatRows, source: int) -> None:
        assert isinstance(rows, DiscordRows)  # as the reader below says
        self._rows, self._source, self._row = rows, source, 0
        self._head: dict[tuple[str, ...], Any] = {}
        self._pair = PrivateChat(self._send)
        self._messages = 0

    def read(self, path: Path) -> None:
        broken: Found | None = None
        for found in walk(path, whole=frozenset({_MESSAGE}), plain=_HEAD, begun=frozenset()):
            if not found.place:
                broken = found
            elif found.place == _MESSAGE:
                self._row += 1
                self._messages += 1
                self._message(found)
            else:
                self._head[found.place] = found.value
        if (begun := self._pair.unanswered) is not None:
            name, channel = self._header("channel", "name"), self._header("channel", "id")
            row, writer = begun
            self._rows.unanswered(self._source, row, self._stub(), writer, name if name != channel else None)
        self._pair.settle(self._stub())
        counted = self._head.get(("messageCount",))
        if broken is not None or counted != self._messages:
            fault = broken.fault if broken else f"holds {self._messages} messages and says {counted}"
            self._rows.reject(
                "messages", self._source, self._row + 1, reason=f"the file {fault}",
                hint="the export was cut or changed: what stands before is read; export it again", raw="",
            )

    def _header(self, *place: str) -> str | None:
        return text_of(self._head.get(place))

    def _stub(self) -> str:
        return f"other-of-{self._header('channel', 'id') or 'chat'}"

    def _message(self, found: Found) -> None:
        message = found.value
        author = message.get("author") if isinstance(message, dict) else None
        if found.fault or not isinstance(message, dict) or not isinstance(author, dict):
            self._rows.reject(
                "messages", self._source, self._row, reason=f"the message {found.fault or 'names no author'}",
                hint="the export was changed, or written by another program", raw=written(message),
            )
            return
        sender = self._account(author, nickname=True)
        kind, channel = self._header("channel", "type"), self._header("channel", "id")
        values = {
            "message_id": text_of(message.get("id")), "sent_at": text_of(message.get("timestamp")),
            "sender_id": sender, "text": text_of(message.get("content")),
        }
        for user in _others(message):
            if (identity := text_of(user.get("id"))) is not None:
                self._rows.shown(identity, *_names(user), listed=False)
        if kind == _PRIVATE:
            self._rows.wrote(self._stub(), sender)
            self._pair.take(self._row, values, _attributes(message))
            return
        self._rows.once(
            "rooms", self._source, self._row, {"guild_id": self._header("guild", "id"),
            "guild": self._header("guild", "name"), "category": self._header("channel", "category"),
            "topic": self._header("channel", "topic")},
            room_id=channel, name=self._header("channel", "name"), kind=kind,
        )
        self._rows.add(
            "messages", self._source, self._row, _attributes(message), **values, room_id=channel
        )

    def _account(self, user: Mapping[str, Any], *, nickname: bool = False) -> str | None:
        identity, name = text_of(user.get("id")), text_of(user.get("name"))
        number = text_of(user.get("discriminator"))
        if identity is not None:
            self._rows.shown(identity, *_names(user))
            self._rows.once(
                "accounts", self._source, self._row,
                {"nickname_at_export": text_of(user.get("nickname")) if nickname else None},
                account_id=identity, role="bot" if user.get("isBot") is True else None,
                pseudonym=f"{name}#{number}" if name and number and number.strip("0") else name,
            )
        return identity

    def _send(
        self, row: int, values: dict[str, str | None], attributes: dict[str, object], other: str | None
    ) -> None:
        self._rows.add("messages", self._source, row, attributes, **values, recipient_id=other)


def _names(user: Mapping[str, Any]) -> tuple[str | None, str | None]:
    return text_of(user.get("name")), text_of(user.get("nickname"))


def _others(message: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """People the message shows by id beside who wrote it."""
    yield from objects(message.get("mentions"))
    for reaction in objects(message.get("reactions")):
        yield from objects(reaction.get("users"))


def _attributes(message: Mapping[str, Any]) -> dict[str, object]:
    """What the contract has no column for: never an address of a picture, never a file."""
    kind = text_of(message.get("type"))
    forwarded = message.get("forwardedMessage")
    return {
        "form": None if kind == "Default" else kind,
        "edited_at": text_of(message.get("timestampEdited")),
        "call_ended_at": text_of(message.get("callEndedTimestamp")),
        "pinned": message.get("isPinned") or None,
        "reply_to": text_of(part(message, "reference", "messageId")),
        "forwarded": _forwarded(forwarded) if isinstance(forwarded, dict) else None,
        "mentions": [text_of(user.get("id")) for user in objects(message.get("mentions"))],
        "attachments": [
            {"name": base_name(text_of(file.get("fileName"))), "bytes": file.get("fileSizeBytes")}
            for file in objects(message.get("attachments"))
        ],
        "stickers": [text_of(sticker.get("name")) for sticker in objects(message.get("stickers"))],
        "reactions": [
            {"emoji": text_of(part(reaction, "emoji", "name")), "count": reaction.get("count"),
             "by": [text_of(user.get("id")) for user in objects(reaction.get("users"))]}
            for reaction in objects(message.get("reactions"))
        ],
    }


def _forwarded(message: Mapping[str, Any]) -> dict[str, object]:
    return {"sent_at": text_of(message.get("timestamp")), "text": text_of(message.get("content"))}


DISCORD = ExportFiles(
    "discord", "Discord", "DiscordChatExporter file (JSON)", _taken,
    lambda rows, index, source, _desk: _Channel(rows, index).read(source.path), VERSION="2", rows=DiscordRows,
)
"""Reader of DiscordChatExporter's JSON.  Ids are Discord's own; times carry their offset."""
