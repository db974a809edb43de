"""How are X's (Twitter's) files read: a person's archive (``.js``), and the return an authority gets (signed ``.txt``)?

Both hold the same JSON.  The archive puts ``window.YTD.NAME.partN =`` before it; the return is signed in the clear, so
a header stands before it, a signature behind it, and lines that begin with a dash are escaped.  The signature is not
checked here, since that needs X's key: that there is one is said with every row.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ingest.sources.chats.files import ExportFiles
from ingest.sources.chats.json_stream import base_name, first, holds_left_out, objects, part, text_of, walk, written
from ingest.sources.chats.rows import ChatRows
from ingest.sources.chats.written_times import iso_time
from ingest.sources.reader import Desk, SourceFile

_ARCHIVE = re.compile(r"\s*window\.YTD\.(?P<name>\w+?)\.part\d+\s*=\s*")
_KINDS = re.compile(r"direct[-_]messages?(?:[-_]group)?|(?:deleted[-_])?tweets?|account|ip[-_]audit")
_SIGNED, _SIGNATURE = "-----BEGIN PGP SIGNED MESSAGE-----", "-----BEGIN PGP SIGNATURE-----"
_ACCOUNT_ID = re.compile(r'"accountId"\s*:\s*"(\d+)"')
_ITEM = frozenset({("item",)})
_HINT = "the file was cut or changed: what stands before is read; ask for it again"


def _taken(path: Path) -> bool:
    head = first(path, size=4096)
    if path.suffix.lower() == ".js":
        found = _ARCHIVE.match(head)
        return found is not None and bool(_KINDS.fullmatch(found["name"]))
    return path.suffix.lower() == ".txt" and head.startswith(_SIGNED) and bool(_KINDS.search(path.name.lower()))


def _context(path: Path) -> str:
    """Whose archive or return it is: as ``account.js`` beside says, else the number the file's name begins with."""
    account = path.absolute().parent / "account.js"
    if account.is_file() and (found := _ACCOUNT_ID.search(first(account))):
        return found[1]
    number = re.match(r"(\d{2,20})\D", path.name)
    return number[1] if number else ""


def _unwrapped(source: SourceFile, desk: Desk) -> tuple[Path, bool, bool]:
    """(the JSON alone, is it signed, does the signature stand), in a file of the reading's own."""
    target = desk.parquet("x").with_suffix(".json")
    signed = closed = False
    with (
        source.readable.open(encoding="utf-8", errors="replace", newline="\n") as stream,
        target.open("w", encoding="utf-8", newline="\n") as out,
    ):
        head = stream.readline(1 << 16)
        if head.startswith(_SIGNED):
            signed = True
            while stream.readline(1 << 16).strip():  # headers end with a blank line
                pass
        elif found := _ARCHIVE.match(head):
            out.write(head[found.end() :])
        for line in iter(lambda: stream.readline(1 << 20), ""):
            if signed and line.startswith(_SIGNATURE):
                closed = True
                break
            out.write(line[2:] if signed and line.startswith("- ") else line)
    return target, signed, closed


class _Export:
    def __init__(self, rows: ChatRows, index: int, owner: str, *, signed: bool) -> None:
        self._rows, self._index, self._owner = rows, index, owner
        self._signed = "PGP signature stands, not checked" if signed else None
        self._row = 0

    def element(self, told: Mapping[str, Any]) -> bool:
        """Reads one element; is it of a known kind?"""
        taken: dict[str, Callable[[Mapping[str, Any]], None]] = {
            "dmConversation": self._conversation,
            "tweet": self._post,
            "account": self._account,
            "ipAudit": self._address,
        }
        known = next((name for name in taken if isinstance(told.get(name), dict)), None)
        if known is None and "full_text" in told:
            self._row += 1
            self._post(told)
            return True
        if known is None:
            return False
        if known != "dmConversation":
            self._row += 1
        taken[known](told[known])
        return True

    def reject(self, reason: str, raw: str) -> None:
        self._row += 1
        self._rows.reject("messages", self._index, self._row, reason=reason, hint=_HINT, raw=raw)

    def _person(self, identity: str | None) -> str | None:
        if identity:
            self._rows.once("accounts", self._index, self._row, account_id=identity)
        return identity

    def _conversation(self, told: Mapping[str, Any]) -> None:
        place = text_of(told.get("conversationId"))
        for event in objects(told.get("messages")):
            self._row += 1
            kind = next((name for name in event if isinstance(event[name], dict)), None)
            if kind is None:
                self._rows.reject(
                    "messages",
                    self._index,
                    self._row,
                    reason="the message is of no known kind",
                    hint="the export was changed, or written by another program",
                    raw=written(event),
                )
                continue
            if holds_left_out(event):
                self._rows.reject(
                    "messages", self._index, self._row, reason="the message has a text of more than 64 MB", hint=_HINT,
                    raw=written(event),
                )
                continue
            self._event(place, kind, event[kind])

    def _event(self, place: str | None, kind: str, told: Mapping[str, Any]) -> None:
        sender = text_of(told.get("senderId")) or text_of(told.get("initiatingUserId"))
        to = text_of(told.get("recipientId"))
        stamp = text_of(told.get("createdAt"))
        people = told.get("userIds") if isinstance(told.get("userIds"), list) else None
        attributes: dict[str, object] = {
            "form": None if kind in ("messageCreate", "welcomeMessageCreate") else kind,
            "signature": self._signed,
            "members": [text_of(one) for one in people] if people else None,
            "name": text_of(told.get("name")),
            "media": [
                base_name(str(url).split("?", 1)[0]) for url in told.get("mediaUrls") or [] if isinstance(url, str)
            ],
            "reactions": [
                {"emoji": text_of(one.get("reactionKey")), "by": text_of(one.get("senderId"))}
                for one in objects(told.get("reactions"))
            ],
            "edited": written(told["editHistory"]) if told.get("editHistory") else None,
        }
        values = {
            "message_id": text_of(told.get("id")),
            "sent_at": iso_time(stamp, utc=True),
            "sent_at_raw": stamp,
            "sender_id": self._person(sender or self._owner),
            "text": text_of(told.get("text")),
        }
        if to is not None:
            self._rows.add(
                "messages",
                self._index,
                self._row,
                {**attributes, "conversation": place},
                **values,
                recipient_id=self._person(to),
            )
            return
        self._rows.once("rooms", self._index, self._row, room_id=place, kind="group")
        self._rows.add("messages", self._index, self._row, attributes, **values, room_id=place)

    def _post(self, told: Mapping[str, Any]) -> None:
        author = text_of(part(told, "user", "id_str")) or self._owner
        stamp = text_of(told.get("created_at"))
        moment = iso_time(stamp, utc=True)
        room = f"posts:{author}"
        self._rows.once("rooms", self._index, self._row, room_id=room, kind="public posts")
        self._rows.add(
            "messages",
            self._index,
            self._row,
            {
                "signature": self._signed,
                "time_written": stamp if moment != stamp else None,
                "reply_to": text_of(told.get("in_reply_to_status_id_str")),
                "reply_to_account": text_of(told.get("in_reply_to_user_id_str")),
                "mentions": [text_of(one.get("id_str")) for one in objects(part(told, "entities", "user_mentions"))],
                "deleted_at": text_of(told.get("deleted_at")),
                "media": [
                    base_name(text_of(one.get("media_url_https"))) for one in objects(part(told, "entities", "media"))
                ],
            },
            message_id=text_of(told.get("id_str")) or text_of(told.get("id")),
            sent_at=moment,
            sender_id=self._person(author),
            room_id=room,
            text=text_of(told.get("full_text")) or text_of(told.get("text")),
        )

    def _account(self, told: Mapping[str, Any]) -> None:
        identity = text_of(told.get("accountId"))
        self._rows.add(
            "accounts",
            self._index,
            self._row,
            {"owner_of_export": True, "display_name": text_of(told.get("accountDisplayName"))},
            account_id=identity,
            pseudonym=text_of(told.get("username")),
            created_at=text_of(told.get("createdAt")),
        )
        for kind, key in (("email", "email"), ("phone", "phoneNumber"), ("username", "username")):
            if identity and (value := text_of(told.get(key))):
                self._rows.once("identifiers", self._index, self._row, account_id=identity, kind=kind, value=value)

    def _address(self, told: Mapping[str, Any]) -> None:
        self._rows.add(
            "sessions",
            self._index,
            self._row,
            {"port": text_of(told.get("loginPortNumber"))},
            account_id=text_of(told.get("accountId")) or self._owner,
            ip=text_of(told.get("loginIp")),
            started_at=text_of(told.get("createdAt")),
        )


def _read(rows: ChatRows, index: int, source: SourceFile, desk: Desk) -> None:
    path, signed, closed = _unwrapped(source, desk)
    export = _Export(rows, index, source.context or f"owner-of-{source.sha256[:12]}", signed=signed)
    for told, fault, raw in _elements(path):
        if fault or not export.element(told):
            export.reject(fault or "the element is of no known kind", raw or written(told))
    path.unlink()
    if signed and not closed:
        export.reject("the file ends before its signature", "")


def _elements(path: Path) -> Iterator[tuple[Mapping[str, Any], str, str]]:
    for found in walk(path, whole=_ITEM):
        if not found.place:
            yield {}, f"the file {found.fault}", found.pointer
        elif _LONG in found.fault and _is_sound_beside(found.value):
            yield found.value, "", ""  # the message with that text is a reject, the others are read
        elif found.fault or not isinstance(found.value, dict):
            yield {}, f"the element {found.fault or 'is no object'}", written(found.value)
        else:
            yield found.value, "", ""


_LONG = "has a text of more than"
def _is_sound_beside(told: Any) -> bool:
    """Does a text that is too long stand in messages of a conversation, and nowhere else?"""
    chat = told.get("dmConversation") if isinstance(told, dict) else None
    if not isinstance(chat, dict) or not isinstance(chat.get("messages"), list):
        return False
    rest = {name: value for name, value in chat.items() if name != "messages"}
    beside = {name: value for name, value in told.items() if name != "dmConversation"}
    return not holds_left_out([rest, beside, [one for one in chat["messages"] if not isinstance(one, dict)]])


X_TWITTER = ExportFiles("x", "X", "file of X (Twitter)", _taken, _read, context=_context, VERSION="2")
"""Reader of X's direct messages and posts, from a person's archive or an authority's return.  Ids are X's own."""
