"""How is the plain export of Signal read?  ``main.jsonl``: one frame a line, people and chats before what was said.

Source of the format: Signal's backup frames written as JSON.  A person is an ACI, else a telephone number, else a
number within the file; the owner is the recipient ``self``.  The moment is when the sender says it was sent.
"""

import base64
import binascii
import json
import re
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ingest.sources.chats.files import ExportFiles
from ingest.sources.chats.json_stream import base_name, first, objects, part, text_of
from ingest.sources.chats.rows import ChatRows
from ingest.sources.reader import SourceFile

_MARK = re.compile(r'^\s*\{\s*"(?:backupTimeMs|version|account|recipient|chat|chatItem)"\s*:', re.MULTILINE)
_FRAME = re.compile(r'"(?:recipient|chatItem|backupTimeMs)"\s*:')
_LONGEST = 64 << 20
_FORMS = (
    "standardMessage",
    "contactMessage",
    "stickerMessage",
    "remoteDeletedMessage",
    "updateMessage",
    "paymentNotification",
    "giftBadge",
    "viewOnceMessage",
    "directStoryReplyMessage",
    "poll",
)


def _taken(path: Path) -> bool:
    head = first(path, size=64 << 10)
    return (
        path.suffix.lower() == ".jsonl"
        and bool(_MARK.match(head))
        and bool(_FRAME.search(head))
        and ('"backupTimeMs"' in head or '"recipient"' in head)
    )


class _Backup:
    def __init__(self, rows: ChatRows, index: int, source: SourceFile) -> None:
        self._rows, self._index, self._path = rows, index, source.readable
        self._name = source.sha256[:12]
        self._people: dict[str, str] = {}
        self._groups: dict[str, tuple[str, str | None, list[str]]] = {}
        self._chats: dict[str, str] = {}
        self._owner = f"owner-of-{self._name}"

    def read(self) -> None:
        with self._path.open("rb") as stream:
            for row, line in enumerate(iter(lambda: stream.readline(_LONGEST), b""), start=1):
                if line.strip():
                    self._line(row, line)

    def _line(self, row: int, line: bytes) -> None:
        try:
            frame = json.loads(line.decode("utf-8-sig" if row == 1 else "utf-8", "replace"))
        except (ValueError, RecursionError):
            frame = None
        if not isinstance(frame, dict):
            self._rows.reject(
                "messages",
                self._index,
                row,
                reason="the line is no JSON object",
                hint="the export was cut or changed: every other line is read; export it again",
                raw=line[:100_000].decode("utf-8", "backslashreplace"),
            )
            return
        for kind, read in (
            ("recipient", self._recipient),
            ("chat", self._chat),
            ("chatItem", self._item),
            ("account", self._account),
        ):
            if isinstance(frame.get(kind), dict):
                read(row, frame[kind])

    def _account(self, row: int, told: Mapping[str, Any]) -> None:
        for kind, key in (("username", "username"), ("phone", "e164")):
            if value := text_of(told.get(key)):
                self._rows.once("identifiers", self._index, row, account_id=self._owner, kind=kind, value=value)

    def _recipient(self, row: int, told: Mapping[str, Any]) -> None:
        number = text_of(told.get("id"))
        if number is None:
            return
        contact, group = told.get("contact"), told.get("group")
        if isinstance(contact, dict):
            self._people[number] = self._person(row, number, contact)
        elif isinstance(group, dict):
            key = text_of(group.get("masterKey")) or f"{number} in {self._name}"
            title = text_of(part(group, "snapshot", "title", "title"))
            members = [_aci(text_of(one.get("userId"))) for one in objects(part(group, "snapshot", "members"))]
            self._groups[number] = (f"group:{key}", title, [one for one in members if one])
        else:
            self._people[number] = self._owner if "self" in told else f"recipient {number} in {self._name}"
            kind = next((name for name in told if name != "id"), None)
            self._rows.add(
                "accounts",
                self._index,
                row,
                {"owner_of_export": "self" in told or None, "kind": kind, "weak_identity": True},
                account_id=self._people[number],
            )

    def _person(self, row: int, number: str, told: Mapping[str, Any]) -> str:
        phone = text_of(told.get("e164"))
        phone = f"+{phone.lstrip('+')}" if phone else None
        identity = _aci(text_of(told.get("aci"))) or phone or f"recipient {number} in {self._name}"
        names = [text_of(told.get(key)) for key in ("profileGivenName", "profileFamilyName")]
        self._rows.add(
            "accounts",
            self._index,
            row,
            {
                "system_name": " ".join(
                    filter(None, (text_of(told.get(key)) for key in ("systemGivenName", "systemFamilyName")))
                ),
                "blocked": told.get("blocked") or None,
                "weak_identity": True if identity.startswith("recipient ") else None,
            },
            account_id=identity,
            pseudonym=" ".join(filter(None, names)) or text_of(told.get("username")),
            status="deleted" if "notRegistered" in told else None,
        )
        for kind, value in (("phone", phone), ("username", text_of(told.get("username")))):
            if value:
                self._rows.once("identifiers", self._index, row, account_id=identity, kind=kind, value=value)
        return identity

    def _chat(self, _row: int, told: Mapping[str, Any]) -> None:
        number, recipient = text_of(told.get("id")), text_of(told.get("recipientId"))
        if number and recipient:
            self._chats[number] = recipient

    def _item(self, row: int, told: Mapping[str, Any]) -> None:
        place = self._chats.get(text_of(told.get("chatId")) or "")
        sender = self._people.get(text_of(told.get("authorId")) or "")
        if place is None or sender is None:
            self._rows.reject(
                "messages",
                self._index,
                row,
                reason="the message names no chat or no author that the file knows",
                hint="the export was cut or changed: every other line is read; export it again",
                raw=json.dumps(told, ensure_ascii=False),
            )
            return
        form = next((name for name in _FORMS if name in told), None)
        said = told.get(form) if form else None
        values = {
            "sent_at": text_of(told.get("dateSent")),
            "sender_id": sender,
            "text": text_of(part(said, "text", "body")) or text_of(part(said, "textReply", "text", "body")),
        }
        attributes = self._attributes(told, form, said)
        if place in self._groups:
            room, title, members = self._groups[place]
            self._rows.once("rooms", self._index, row, {"members": members}, room_id=room, name=title, kind="group")
            self._rows.add("messages", self._index, row, attributes, **values, room_id=room)
            return
        other = self._people.get(place)
        self._rows.add(
            "messages",
            self._index,
            row,
            attributes,
            **values,
            recipient_id=other if sender == self._owner else self._owner,
        )

    def _attributes(self, told: Mapping[str, Any], form: str | None, said: Any) -> dict[str, object]:
        quote = part(said, "quote")
        return {
            "form": None if form == "standardMessage" else form or "unknown",
            "received_at": text_of(part(told, "incoming", "dateReceived")),
            "reply_to_sent_at": text_of(part(quote, "targetSentTimestamp")),
            "reply_to_account": self._people.get(text_of(part(quote, "authorId")) or ""),
            "attachments": [_attachment(one) for one in objects(part(said, "attachments"))],
            "reactions": [
                {
                    "emoji": text_of(one.get("emoji")),
                    "by": self._people.get(text_of(one.get("authorId")) or ""),
                    "at": text_of(one.get("sentTimestamp")),
                }
                for one in objects(part(said, "reactions"))
            ],
            "former_texts": [
                text_of(part(one, "standardMessage", "text", "body")) for one in objects(told.get("revisions"))
            ],
            "disappears_after_ms": text_of(told.get("expiresInMs")),
        }


def _attachment(told: Mapping[str, Any]) -> dict[str, object]:
    """Name, size and SHA-256 in hex; the file itself is never looked at."""
    pointer = told.get("pointer") if isinstance(told.get("pointer"), dict) else {}
    digest = text_of(part(pointer, "locatorInfo", "plaintextHash"))
    return {
        "name": base_name(text_of(part(pointer, "fileName"))),
        "kind": text_of(part(pointer, "contentType")),
        "bytes": part(pointer, "locatorInfo", "size"),
        "sha256": (_bytes(digest) or b"").hex() or None,
    }


def _aci(text: str | None) -> str | None:
    """An ACI as a UUID, from the base64 of its 16 bytes or as it stands."""
    raw = _bytes(text)
    return str(uuid.UUID(bytes=raw)) if raw is not None and len(raw) == 16 else text


def _bytes(text: str | None) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True) if text else None
    except (binascii.Error, ValueError):
        return None


SIGNAL_BACKUP = ExportFiles(
    "signal-export",
    "Signal",
    "Signal export (main.jsonl)",
    _taken,
    lambda rows, index, source, _desk: _Backup(rows, index, source).read(),
    platform="signal",
)
"""Reader of Signal's plain export.  Ids are ACIs where the export has them."""
