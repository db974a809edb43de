"""How are Telegram Desktop's JSON exports read?  One chat (``result.json`` of a chat) or a whole account.

Source of the format: telegramdesktop/tdesktop, export_output_json.cpp.  ``date`` is the exporting machine's clock; the
moment is ``date_unixtime``, which old exports lack: then the zone must be told.  A chat's bare id may be that of a
person, a group or a channel, so ids carry the prefix that senders have (``user``, ``chat``, ``channel``).
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from ingest.sources.chats.files import ExportFiles
from ingest.sources.chats.json_stream import (
    Found,
    Ordinary,
    Place,
    Several,
    base_name,
    first,
    objects,
    text_of,
    walk,
    written,
)
from ingest.sources.chats.rows import ChatRows, attributes_of
from ingest.sources.reader import SourceFile

_LISTS = (("chats", "list", "item"), ("left_chats", "list", "item"))
_CHATS = ((), *_LISTS)
_MESSAGES = frozenset((*chat, "messages", "item") for chat in _CHATS)
_HEADS = frozenset((*chat, key) for chat in _CHATS for key in ("id", "name", "type"))
_CONTACT, _SESSION = ("contacts", "list", "item"), ("sessions", "list", "item")
_OWNER = ("personal_information",)
_WHOLE = _MESSAGES | {_CONTACT, _SESSION, _OWNER}
_MARK = re.compile(r'"(?:date_unixtime|from_id|actor_id|text_entities|personal_information|frequent_contacts)"\s*:')
_CHAT_OF_ONE = re.compile(r'\s*\{\s*(?:"name"\s*:.{0,400}?,\s*)?"type"\s*:\s*"\w+"\s*,\s*"id"\s*:', re.DOTALL)
_PREFIXES = {"private_group": "chat"}
_ALONE = {"saved_messages", "replies", "verification_codes"}
_PEOPLE = {"personal_chat", "bot_chat"}
_MEDIA = frozenset(("media_type", "photo", "file", "file_name", "file_size", "mime_type"))
_TEXTS = {
    "reply_to_message_id": "reply_to", "forwarded_from": "forwarded_from", "saved_from": "saved_from",
    "via_bot": "via_bot", "author": "signed", "title": "title", "duration_seconds": "duration",
    "discard_reason": "discard_reason",
}
"""Keys of a message that become attributes as they are."""
_PLAIN = frozenset({"id", "type", "date", "date_unixtime", "from", "from_id", "text", "text_entities"})
"""Keys of a message of which nothing becomes an attribute."""


def _taken(path: Path) -> bool:
    if path.suffix.lower() != ".json":
        return False
    head = first(path)
    begins = head.lstrip()[:1] == "{" and '"guild"' not in head[:200]
    return begins and (bool(_CHAT_OF_ONE.match(head)) or (bool(_MARK.search(head))))


_Place = tuple[str, str | None, str | None]
"""What messages of a chat have in common: what stands before their ids, the room, or the other of the two."""


class _Part(msgspec.Struct, gc=False):
    type: Any = None
    text: Any = None


class _Text(msgspec.Struct, gc=False, rename={"sender": "from_id", "name": "from"}):
    """A text that somebody wrote, and nothing else: what nearly all messages are."""

    id: Any = None
    type: str = ""
    date: str = ""
    date_unixtime: str = ""
    name: str | None = None
    sender: str | None = None
    text: Any = None
    text_entities: list[_Part] | None = None


def _is_dated(told: _Text) -> bool:
    """Was it written by somebody who is named by id and name, at a known moment?"""
    return told.type == "message" and told.id.__class__ is int and bool(
        told.sender and told.name and told.date_unixtime
    )


def _texts(told: _Text) -> int:
    """How many keys and texts stand in a text; 0 where more is told."""
    parts = told.text_entities
    if (
        parts is None or told.type != "message" or told.text.__class__ is not str or told.id.__class__ is not int
        or not (told.date and told.sender and told.name and told.date_unixtime)
    ):
        return 0
    if not parts:
        return 8 + 6
    return 10 + 8 if len(parts) == 1 and parts[0].type == "plain" and parts[0].text.__class__ is str else 0


_ORDINARY = Ordinary(_Text, _texts)


class _Export:
    """One file.  In a chat of two a message of the other goes to the owner of the export, who may be known late."""

    def __init__(self, rows: ChatRows, index: int, source: SourceFile) -> None:
        self._rows, self._index, self._source = rows, index, source
        self._row = 0
        self._chat: dict[str, str | None] = {}
        self._owner: str | None = None
        self._place: _Place | None = None  # of the chat, once its first message was read
        self._named: set[tuple[str | None, str | None]] = set()
        self._waiting: list[tuple[int, dict[str, str | None], dict[str, object]]] = []

    def read(self) -> None:
        walked = walk(self._source.path, whole=_WHOLE, plain=_HEADS, begun=frozenset(_LISTS), ordinary=_ORDINARY)
        for found in walked:
            if found.value.__class__ is Several:
                self._several(found.place, found.value)
            elif found.place in _LISTS:
                self._chat, self._place = {}, None
            elif found.place in _HEADS:
                self._chat[found.place[-1]], self._place = text_of(found.value), None
            else:
                self._row += 1
                self._element(found)
        self._settle(self._owner or f"owner-of-{self._source.sha256[:12]}")

    def _element(self, found: Found) -> None:
        value = found.value
        if not found.place:
            hint = "the export was cut or changed: what stands before is read; export it again"
            self._reject(f"the file {found.fault}", hint, found.pointer)
        elif found.fault or not isinstance(value, dict):
            reason = found.fault or "is no object"
            self._reject(f"the element {reason}", "the export was changed, or written by another program",
                         written(value))
        elif found.place == _OWNER:
            self._information(value)
        elif found.place == _CONTACT:
            self._contact(value)
        elif found.place == _SESSION:
            self._session(value)
        else:
            self._message(value)

    def _reject(self, reason: str, hint: str, raw: str) -> None:
        self._rows.reject("messages", self._index, self._row, reason=reason, hint=hint, raw=raw)

    def _information(self, person: Mapping[str, Any]) -> None:
        if (bare := text_of(person.get("user_id"))) is None:
            return
        self._owner = f"user{bare}"
        names = (text_of(person.get("first_name")), text_of(person.get("last_name")))
        self._account(self._owner, " ".join(filter(None, names)), {"owner_of_export": True})
        for kind, key in (("phone", "phone_number"), ("username", "username")):
            self._identifier(self._owner, kind, text_of(person.get(key)))

    def _contact(self, person: Mapping[str, Any]) -> None:
        bare = text_of(person.get("user_id"))
        if bare in (None, "0"):
            self._rows.reject(
                "accounts", self._index, self._row, column="account_id", reason="is empty",
                hint="a contact who is not on Telegram: it names nobody of the platform", raw=written(person),
            )
            return
        names = (text_of(person.get("first_name")), text_of(person.get("last_name")))
        self._account(f"user{bare}", " ".join(filter(None, names)), {"in_contacts_of": self._owner})
        self._identifier(f"user{bare}", "phone", text_of(person.get("phone_number")))

    def _session(self, told: Mapping[str, Any]) -> None:
        parts = [text_of(told.get(key)) for key in ("application_name", "application_version", "platform")]
        self._rows.add(
            "sessions", self._index, self._row,
            {"country": text_of(told.get("last_country")),
             "system_version": text_of(told.get("system_version")), "device_model": text_of(told.get("device_model"))},
            account_id=self._owner, started_at=_moment(told, "created"), ended_at=_moment(told, "last_active"),
            ip=text_of(told.get("last_ip")), user_agent=" ".join(filter(None, parts)) or None,
        )

    def _account(
        self, identity: str | None, name: str | None, attributes: dict[str, object] | None = None,
        role: str | None = None,
    ) -> None:
        if identity is not None:
            self._rows.once(
                "accounts", self._index, self._row, attributes, account_id=identity, pseudonym=name or None, role=role
            )

    def _identifier(self, account: str, kind: str, value: str | None) -> None:
        if value is not None:
            self._rows.once("identifiers", self._index, self._row, account_id=account, kind=kind, value=value)

    def _several(self, place: Place, several: Several[_Text]) -> None:
        """Messages of a chat that follow each other: as columns between those that need a look of their own."""
        begin = 0
        for apart in [*(at for at in several.odd if not _is_dated(several.told[at])), len(several)]:
            while begin < apart and not self._is_known():
                self._one(place, several.object(begin))
                begin += 1
            if begin < apart:
                self._columns(several, begin, apart)
            if apart < len(several):
                self._one(place, several.odd[apart])
            begin = apart + 1

    def _one(self, place: Place, value: dict[str, Any]) -> None:
        self._row += 1
        self._element(Found(place, "", value))

    def _is_known(self) -> bool:
        """Is it known to whom messages of this chat go?"""
        return self._place is not None and (
            self._place[1] is not None or (self._owner is not None and not self._waiting)
        )

    def _columns(self, several: Several[_Text], begin: int, end: int) -> None:
        """The messages of these places, where nobody need be asked whose chat it is."""
        assert self._place is not None
        (prefix, room, other), told = self._place, several.told[begin:end]
        senders = [one.sender for one in told]
        recipients = None if room else [other if sender != other else self._owner for sender in senders]
        texts = [one.text or None for one in told]
        attributes: list[str | None] | None = None
        if odd := [at for at in several.odd if begin <= at < end]:
            attributes = [None] * len(told)
            for at in odd:
                more = several.odd[at]
                texts[at - begin], attributes[at - begin] = _text(more.get("text")), attributes_of(_attributes(more))
        before, people = self._row, list(zip(senders, [one.name for one in told], strict=True))
        if fresh := set(people) - self._named:
            self._named |= fresh
            for self._row, person in enumerate(people, start=before + 1):
                if person in fresh:
                    fresh.discard(person)
                    self._account(*person)
        self._rows.messages(
            self._index, before + 1, message_id=[f"{prefix}/{one.id}" for one in told],
            sent_at=[one.date_unixtime for one in told], sender_id=senders, room_id=room, recipient_id=recipients,
            text=texts, attributes=attributes,
        )
        self._row = before + len(told)

    def _message(self, told: Mapping[str, Any]) -> None:
        kind = self._chat.get("type") or ""
        sender = text_of(told.get("from_id")) or text_of(told.get("actor_id"))
        name = text_of(told.get("from")) or text_of(told.get("actor"))
        attributes = _attributes(told)
        if sender is None and name is not None:  # exports before 2021 name nobody by id
            sender, attributes["weak_identity"] = self._weak_identity(name), True
        if told.get("type") == "unsupported" or sender is None:
            return self._reject(
                "the message names no sender", "this version of Telegram did not export it", written(told)
            )
        weak: dict[str, object] | None = {"weak_identity": True} if attributes.get("weak_identity") else None
        self._account(sender, name, weak)
        chat = self._chat.get("id")
        values = {
            "message_id": _message_id(chat, kind, text_of(told.get("id"))), "sent_at": _moment(told, "date"),
            "sender_id": sender, "text": _text(told.get("text")),
        }
        if kind in _PEOPLE:
            other = f"user{chat}"
            self._account(other, self._chat.get("name"), role="bot" if kind == "bot_chat" else None)
            self._place = None if chat is None else (other, None, other)
            if sender != other:
                self._rows_private(values, attributes, other)
                self._owner = self._owner or sender
            else:
                self._waiting.append((self._row, values, attributes))
                if self._owner is not None:
                    self._settle(self._owner)
            return None
        room = _room(chat, kind) or self._fallback_chat_id
        self._place = None if chat is None else (room, room, None)
        self._rows.once(
            "rooms", self._index, self._row, room_id=room, name=self._chat.get("name") or kind or None,
            kind=kind or None,
        )
        self._rows.add("messages", self._index, self._row, attributes, **values, room_id=room)
        return None

    def _weak_identity(self, name: str) -> str:
        """Who has a name alone is somebody of this chat: others may be called alike, and so may chats."""
        chat = _peer_id(self._chat.get("id"), self._chat.get("type") or "") or self._fallback_chat_id
        title = self._chat.get("name")
        return f"{name} in {title} ({chat})" if title else f"{name} in {chat}"

    @property
    def _fallback_chat_id(self) -> str:
        return f"chat-of-{self._source.sha256[:12]}"

    def _rows_private(self, values: dict[str, str | None], attributes: dict[str, object], other: str) -> None:
        if self._owner is None:
            self._settle(values["sender_id"])
        self._rows.add("messages", self._index, self._row, attributes, **values, recipient_id=other)

    def _settle(self, owner: str | None) -> None:
        for row, values, attributes in self._waiting:
            self._rows.add("messages", self._index, row, attributes, **values, recipient_id=owner)
        self._waiting = []


def _room(chat: str | None, kind: str) -> str | None:
    if chat is None:
        return None
    return f"{kind}-{chat}" if kind in _ALONE else f"{_PREFIXES.get(kind, 'channel')}{chat}"


def _message_id(chat: str | None, kind: str, bare: str | None) -> str | None:
    """A number counts within its chat (of a person or a group: within the exporting account)."""
    if bare is None or chat is None:
        return None
    return f"{_peer_id(chat, kind)}/{bare}"


def _peer_id(chat: str | None, kind: str) -> str | None:
    """Telegram's word for whom a chat is with: a user, a group or a channel."""
    return f"user{chat}" if chat is not None and kind in _PEOPLE else _room(chat, kind)


def _moment(told: Mapping[str, Any], key: str) -> str | None:
    return text_of(told.get(f"{key}_unixtime")) or text_of(told.get(key))


def _text(value: Any) -> str | None:
    if isinstance(value, list):
        parts = (part if isinstance(part, str) else text_of(part.get("text")) if isinstance(part, dict) else None
                 for part in value)
        return "".join(filter(None, parts)) or None
    return text_of(value)


def _attributes(told: Mapping[str, Any]) -> dict[str, object]:
    """What the contract has no column for: of media its kind, name and size, never the file."""
    found: dict[str, object] = {}
    media: dict[str, str] = {}
    for key, value in told.items():
        if key in _PLAIN:
            continue
        if key in _TEXTS:
            found[_TEXTS[key]] = text_of(value)
        elif key in _MEDIA:
            name = base_name(text_of(value))
            if name and key in ("photo", "file") and name.startswith("("):
                name = "not exported"  # a sentence in brackets stands there
            if name:
                media[key] = name
        elif key == "edited":
            found["edited_at"] = _moment(told, "edited")
        elif key == "members":
            found["members"] = [text_of(member) for member in _listed(value)]
        elif key == "reactions":
            found["reactions"] = [_reaction(reaction) for reaction in objects(value)]
    if media:
        found["media"] = media
    if told.get("type") == "service":
        found["form"] = text_of(told.get("action"))
    for entity in _listed(told.get("text_entities")):
        if entity.__class__ is dict and "user_id" in entity and entity.get("type") == "mention_name":
            mentions = found.setdefault("mentions", [])
            assert isinstance(mentions, list)  # it was set here
            mentions.append(f"user{text_of(entity['user_id'])}")
    return found


def _reaction(told: Mapping[str, Any]) -> dict[str, object]:
    return {"emoji": text_of(told.get("emoji")), "count": told.get("count"),
            "by": [text_of(person.get("from_id")) for person in objects(told.get("recent"))]}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


TELEGRAM = ExportFiles(
    "telegram", "Telegram", "Telegram Desktop export (JSON)", _taken,
    lambda rows, index, source, _desk: _Export(rows, index, source).read(), VERSION="2",
)
"""Reader of Telegram Desktop's machine-readable JSON."""
