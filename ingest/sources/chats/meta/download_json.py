"""How are Facebook's and Instagram's own downloads of messages read?  ``message_1.json`` and its kin, a folder a chat.

Source of the format: the download's files as chat-analytics and Chatistics met them.  Texts are UTF-8 written as
Latin-1; each is put right on its own, and only where that gives text.  Nobody has an id: a name is an account within
its chat.  The newer download of end-to-end encrypted chats (``senderName``, ``threadName``) is read as well.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ingest.sources.chats.files import ExportFiles
from ingest.sources.chats.json_stream import Found, base_name, first, objects, part, text_of, walk, written
from ingest.sources.chats.rows import ChatRows
from ingest.sources.reader import SourceFile

_MESSAGE, _PERSON = ("messages", "item"), ("participants", "item")
_HEAD = frozenset({("title",), ("thread_path",), ("threadName",), ("thread_type",)})
_MARK = re.compile(r'"sender_name"\s*:|"senderName"\s*:|"participants"\s*:\s*\[')
_TIME = re.compile(r'"timestamp_ms"\s*:|"timestamp"\s*:\s*\d{12,}')
_MEDIA = ("photos", "videos", "audio_files", "gifs", "files")


def mended(text: str | None) -> str | None:
    """The text, if it was UTF-8 written as Latin-1; as it stands where it was not."""
    if text is None:
        return None
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _taken(path: Path) -> bool:
    if path.suffix.lower() != ".json":
        return False
    head = first(path, size=64 << 10)
    return head.lstrip()[:1] == "{" and bool(_MARK.search(head)) and bool(_TIME.search(head))


def place_of(path: Path) -> str:
    """The platform, where a folder above tells it, and the chat's own folder."""
    above = [folder.name.lower() for folder in path.resolve().parents]
    site = next((name for name in ("instagram", "facebook") if any(name in folder for folder in above)), "meta")
    return f"{site}/{path.resolve().parent.name}"


class _Chat:
    """One file.  Who takes part stands before the messages; where it does not, two who write are two who take part."""

    def __init__(self, rows: ChatRows, index: int, source: SourceFile) -> None:
        self._rows, self._index, self._path = rows, index, source.path
        self._platform, _, self._folder = source.context.partition("/")
        self._row = 0
        self._people: list[str] = []
        self._head: dict[str, str | None] = {}

    def read(self) -> None:
        self._look()
        for found in walk(self._path, whole=frozenset({_MESSAGE}), plain=frozenset(), begun=frozenset()):
            self._row += 1
            self._element(found)

    def _look(self) -> None:
        """A first reading: title and people may stand after the messages."""
        named: dict[str, None] = {}
        wrote: dict[str, None] = {}
        for found in walk(self._path, whole=frozenset({_MESSAGE, _PERSON}), plain=_HEAD, begun=frozenset()):
            if found.place == _PERSON:
                name = found.value if isinstance(found.value, str) else text_of(part(found.value, "name"))
                named |= {name: None} if name else {}
            elif found.place == _MESSAGE:
                name = _sender(found.value)
                wrote |= {name: None} if name and len(wrote) < 3 else {}
            elif found.place:
                self._head[found.place[0]] = text_of(found.value)
        self._people = list(named) or list(wrote)

    @property
    def _title(self) -> str:
        told = self._head.get("thread_path") or self._head.get("threadName") or self._head.get("title")
        return base_name(mended(told)) or self._folder

    def _element(self, found: Found) -> None:
        told = found.value
        if not found.place:
            self._reject(f"the file {found.fault}", "the file was cut or changed: what stands before is read", "")
            return
        sender = _sender(told)
        if found.fault or sender is None:
            self._reject(f"the message {found.fault or 'names no sender'}", "the download was changed", written(told))
            return
        account = self._account(sender)
        values = {
            "sent_at": text_of(told.get("timestamp_ms")) or text_of(told.get("timestamp")), "sender_id": account,
            "text": mended(text_of(told.get("content")) or text_of(told.get("text"))),
        }
        if len(self._people) == 2 and sender in self._people:
            other = next(name for name in self._people if name != sender)
            self._rows.add("messages", self._index, self._row, _attributes(told), platform=self._platform,
                           recipient_id=self._account(other), **values)
            return
        room = f"chat:{self._title}"
        self._rows.once("rooms", self._index, self._row, platform=self._platform, room_id=room,
                        name=mended(self._head.get("title")) or self._title, kind=self._head.get("thread_type"))
        self._rows.add("messages", self._index, self._row, _attributes(told), platform=self._platform, room_id=room,
                       **values)

    def _reject(self, reason: str, hint: str, raw: str) -> None:
        self._rows.reject("messages", self._index, self._row, reason=reason, hint=hint, raw=raw)

    def _account(self, name: str) -> str:
        shown = mended(name)
        identity = f"{shown} in {self._title}"
        self._rows.once("accounts", self._index, self._row, {"weak_identity": True}, platform=self._platform,
                        account_id=identity, pseudonym=shown)
        return identity


def _sender(message: Any) -> str | None:
    return text_of(part(message, "sender_name")) or text_of(part(message, "senderName"))


def _attributes(told: Mapping[str, Any]) -> dict[str, object]:
    media = [base_name(text_of(file.get("uri"))) for key in (*_MEDIA, "media") for file in objects(told.get(key))]
    return {
        "form": text_of(told.get("type")) if told.get("type") not in ("Generic", "text", None) else None,
        "unsent": told.get("is_unsent") or told.get("isUnsent") or None,
        "call_duration": text_of(told.get("call_duration")),
        "shared": mended(text_of(part(told, "share", "link"))),
        "sticker": base_name(text_of(part(told, "sticker", "uri"))),
        "media": [name for name in media if name],
        "ip": text_of(told.get("ip")),
        "reactions": [
            {"emoji": mended(text_of(reaction.get("reaction"))), "by": mended(text_of(reaction.get("actor")))}
            for reaction in objects(told.get("reactions"))
        ],
    }


META = ExportFiles(
    "meta", "Meta", "Facebook or Instagram chat (JSON)", _taken,
    lambda rows, index, source, _desk: _Chat(rows, index, source).read(), context=place_of, by_name=True,
)
"""Reader of Facebook and Instagram messages as their owner downloads them (JSON)."""
