"""How is a Cellebrite extraction read?  Chats, messages, calls, contacts and accounts of its ``report.xml``.

The report stands in a ``.ufdr`` (a zip, of which nothing else is taken out) or alone.  What the tool recovered of
deleted data is marked so.
"""

import re
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from ingest.errors import SourceUnreadable
from ingest.source_files import first_bytes, printable
from ingest.sources.chats.files import ExportFiles
from ingest.sources.chats.json_stream import base_name
from ingest.sources.chats.rows import ChatRows
from ingest.sources.extractions.ufdr_people import People, platform_of
from ingest.sources.extractions.xml_models import Event, Model, events
from ingest.sources.gzip_files import MOST_RATIO
from ingest.sources.reader import Desk, SourceFile, Survey

_NAMESPACE = b"http://pa.cellebrite.com/report/2.0"
_REPORT = re.compile(r"report\.xml", re.IGNORECASE)
_TYPE = re.compile(rb'<modelType\s+type="([^"]{1,60})"')
_READ = frozenset(("Chat", "InstantMessage", "SMS", "MMS", "Call", "Contact", "UserAccount"))
_BLOCK = 4 << 20
_HASHES = ("SHA256", "SHA1", "MD5")
_TIMES = re.compile(r"(\d{2})/(\d{2})/(\d{4}) (\d{1,2}:\d{2}:\d{2})(?:\s*\(?(?:UTC)?([+-]\d{1,2}(?::?\d{2})?|Z)?\)?)?")
_SYSTEM = "system message"
_WAITING = 200_000
"""Messages of a chat that may wait for its participants, which stand before them in any report but a strange one."""


class _Ufdr(ExportFiles):
    """The reader; it tells as well of which kinds of models nothing is read."""

    def survey(self, path: Path, *, mapping: Path | None) -> Survey:
        found = super().survey(path, mapping=mapping)
        unread = [
            f"{printable(source.path)}: {kind}"
            for source in found.files for kind in sorted(_kinds(source.path) - _READ)
        ]
        return Survey(found.files, (*found.ignored, *unread))


def _taken(path: Path) -> bool:
    if path.suffix.lower() in (".ufdr", ".zip"):
        try:
            with zipfile.ZipFile(path) as packed:
                name = _member(packed)
                if name is None:
                    return False
                with packed.open(name) as stream:
                    return _NAMESPACE in stream.read(4096)
        except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError):
            return False
    if path.suffix.lower() != ".xml":
        return False
    head = first_bytes(path, 4096)
    return _NAMESPACE in head or _NAMESPACE in head.replace(b"\x00", b"")


def _member(packed: zipfile.ZipFile) -> zipfile.ZipInfo | None:
    """The report at the top of the zip; a link is none."""
    found = [entry for entry in packed.infolist() if _REPORT.fullmatch(entry.filename)]
    return found[0] if len(found) == 1 and not stat.S_ISLNK(found[0].external_attr >> 16) else None


@contextmanager
def _report(path: Path) -> Iterator[IO[bytes]]:
    """The report's bytes; SourceUnreadable if the zip around it is damaged, locked or swells beyond bounds."""
    if path.suffix.lower() == ".xml":
        with path.open("rb") as stream:
            yield stream
        return
    try:
        with zipfile.ZipFile(path) as packed:
            entry = _member(packed)
            if entry is None:
                raise SourceUnreadable("holds no report.xml", where=printable(path), fix="copy it again")
            if entry.file_size > max(1 << 28, entry.compress_size * MOST_RATIO):
                raise SourceUnreadable(
                    f"swells to more than {MOST_RATIO} times its size", where=printable(path),
                    fix="unpack it and look at it first",
                )
            with packed.open(entry) as stream:
                yield stream
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise SourceUnreadable(f"is damaged ({error})", where=printable(path), fix="copy or export it again") from error


def _kinds(path: Path) -> set[str]:
    """The kinds of models that a report says it holds."""
    found: set[str] = set()
    rest = b""
    with _report(path) as stream:
        while block := stream.read(_BLOCK):
            found |= {kind.decode("utf-8", "replace") for kind in _TYPE.findall(rest + block)}
            rest = block[-120:]
    return found


class _Extraction:
    """One report, walked once."""

    def __init__(self, rows: ChatRows, index: int, path: Path) -> None:
        self._rows, self._index, self._path = rows, index, path
        self._people = People(rows, index, path.stem)
        self._hashes: dict[str, str] = {}
        self._chat: Model | None = None
        self._waiting: list[Model] = []

    def read(self) -> None:
        with _report(self._path) as stream:
            for event in events(stream):
                self._take(event)

    def _take(self, event: Event) -> None:
        model = event.model
        if event.kind == "project":
            self._people.scope = model.attributes.get("name") or model.attributes.get("id") or self._people.scope
        elif event.kind == "file" and not model.fault:
            told = next((value for name in _HASHES for value in model.fields.get(name, ()) if value), None)
            if told and (number := model.attributes.get("id")):
                self._hashes[number] = told
        elif event.kind == "fault":
            self._flush()
            self._rows.reject("messages", self._index, model.number, reason=f"the file {model.type}",
                              hint="the file was cut or changed: what stands before is read", raw="")
        elif fault := model.fault or (event.within.fault if event.within is not None else ""):
            self._rows.reject("messages", self._index, model.number, reason=f"the element {fault}",
                              hint="the file was changed, or written by another program", raw=_beginning(model))
            if model.type == "Chat":
                self._flush(model)
        elif model.type == "InstantMessage":
            self._instant(model, event.within)
        elif model.type == "Chat":
            self._flush(model)
        elif model.type in ("SMS", "MMS"):
            self._short(model)
        elif model.type == "Call":
            self._call(model)
        elif model.type == "Contact":
            self._people.contact(model)
        elif model.type == "UserAccount":
            self._people.own_account(model)

    def _instant(self, message: Model, chat: Model | None) -> None:
        if chat is None or chat.type != "Chat":
            self._message(message, None)
        elif chat.inner("Participants"):
            self._flush(chat)
            self._message(message, chat)
        else:
            self._chat = chat
            self._waiting.append(message)
            if len(self._waiting) > _WAITING:
                self._flush(chat)

    def _flush(self, chat: Model | None = None) -> None:
        waiting, self._waiting = self._waiting, []
        for message in waiting:
            self._message(message, chat or self._chat)
        self._chat = None

    def _message(self, message: Model, chat: Model | None) -> None:
        told = message.text("SourceApplication", "Source") or (chat.text("Source") if chat is not None else None)
        platform = platform_of(told)
        parties = self._people.parties(
            chat.inner("Participants") if chat else (), platform, (chat or message).number
        )
        sender = message.inner("From")
        to = self._people.parties(message.inner("To"), platform, message.number)
        named = {(one.text(field) or "").lower() for one in sender for field in ("Name", "Identifier")}
        noticed = _SYSTEM in named
        attributes = _attributes(message, self._hashes)
        if noticed:
            attributes["form"] = attributes.get("form") or "notice"
            author: str | None = self._people.system(platform, message.number)
        elif sender and (found := self._people.party(sender[0], platform, message.number)):
            author = found
        else:
            author = self._people.owner(platform, message.number)
        values = {
            "message_id": _message_id(message, chat), **_sent_at(message), "sender_id": author,
            "text": message.text("Body"),
        }
        everybody = list(dict.fromkeys([*parties, author])) if not noticed else parties
        others = [one for one in everybody if one != author]
        if not others and not parties:
            others = [one for one in to if one != author]
        if chat is not None and (len(others) != 1 or noticed or _is_group(chat)):
            room = chat.text("Id") or chat.attributes.get("id") or f"chat {chat.number}"
            self._rows.once("rooms", self._index, chat.number, platform=platform, room_id=room,
                            name=chat.text("Name", "Title"), kind=chat.text("ChatType", "Type"))
            self._rows.add("messages", self._index, message.number, attributes, platform=platform, room_id=room,
                           **values)
            return
        if not others:
            others = [self._people.owner(platform, message.number)]
        for turn, one in enumerate(others):
            self._rows.add("messages", self._index, message.number, attributes, platform=platform, recipient_id=one,
                           **{**values, "message_id": _turn(values["message_id"], message, turn)})

    def _short(self, message: Model) -> None:
        """An SMS or MMS: whom the parties' roles make sender and recipients; the owner is the other end."""
        platform = "sms"
        parties = [*message.inner("Parties"), *message.inner("From", "To", "Cc", "Bcc")]
        writers = [one for one in parties if (one.text("Role") or "").lower() == "from"] + message.inner("From")
        readers = [one for one in parties if one not in writers]
        author = next(iter(self._people.parties(writers, platform, message.number)), None)
        to = self._people.parties(readers, platform, message.number)
        sent = author or self._people.owner(platform, message.number)
        for turn, one in enumerate(to or [self._people.owner(platform, message.number)]):
            self._rows.add(
                "messages", self._index, message.number, _attributes(message, self._hashes), platform=platform,
                message_id=_turn(message.text("Identifier"), message, turn),
                **_sent_at(message), sender_id=sent, recipient_id=one, text=message.text("Body", "Subject"),
            )

    def _call(self, call: Model) -> None:
        """A call is a message without a text, whose form says so."""
        platform = platform_of(call.text("Source"), "phone")
        parties = call.inner("Parties", "Party")
        incoming = (call.text("Direction", "Type") or "").lower() in ("incoming", "missed", "rejected")
        owner = self._people.owner(platform, call.number)
        writers = [one for one in parties if (one.text("Role") or "").lower() == "from"]
        readers = [one for one in parties if (one.text("Role") or "").lower() in ("to", "")]
        author = next(iter(self._people.parties(writers, platform, call.number)), None)
        to = [one for one in self._people.parties(readers, platform, call.number) if one != author]
        if author is None and incoming and to:
            author, to = to[0], [owner]
        attributes = {"form": "call", "duration": call.text("Duration"), "direction": call.text("Direction", "Type"),
                      "status": call.text("Status"), "video": call.text("VideoCall"), **_marks(call)}
        for turn, one in enumerate([party for party in to if party != author] or [owner]):
            self._rows.add("messages", self._index, call.number, attributes, platform=platform,
                           message_id=_turn(None, call, turn), **_sent_at(call), sender_id=author or owner,
                           recipient_id=one)


def _beginning(model: Model) -> str:
    return " ".join(value[:1000] for values in model.fields.values() for value in values)


def _message_id(message: Model, chat: Model | None) -> str | None:
    """The application's own id, which counts within its chat: another extraction of the device has the same."""
    native = message.text("Identifier")
    within = chat.text("Id") if chat is not None else None
    return native if native is None or within is None else f"{within}/{native}"


def _turn(native: str | None, message: Model, turn: int) -> str | None:
    """The id of the row of one of several recipients; the first has that of the message."""
    return native if turn == 0 else f"{native or message.attributes.get('id') or message.number}#{turn + 1}"


def _is_group(chat: Model) -> bool:
    return "group" in (chat.text("ChatType", "Type") or "").lower()


def _marks(model: Model) -> dict[str, object]:
    """What is said of any model: whether it was recovered, and what the tool thinks of that."""
    return {
        "deleted": True if model.deleted else None,
        "deleted_state": model.attributes.get("deleted_state") if model.deleted else None,
        "decoding_confidence": model.attributes.get("decoding_confidence"),
    }


def _attributes(message: Model, hashes: dict[str, str]) -> dict[str, object]:
    attached = message.inner("Attachment", "Attachments")
    kind = message.text("Type")
    return {
        **_marks(message), "status": message.text("Status"),
        "form": kind.lower() if kind and kind.lower() not in ("unknown", "text", "default") else None,
        "label": message.text("Label"), "folder": message.text("Folder"), "read_at": message.text("DateRead"),
        "delivered_at": message.text("DateDelivered"), "subject": message.text("Subject"),
        "reply_to": next(iter(message.inner("OriginalMessage", "ReplyMessage")), message).text("Identifier")
        if message.inner("OriginalMessage", "ReplyMessage") else None,
        "attachments": [
            {key: value for key, value in (
                ("name", base_name(one.text("Filename", "Title"))), ("type", one.text("ContentType")),
                ("size", one.text("Size")),
                ("hash", one.text(*_HASHES) or next((hashes[at] for at in one.targets if at in hashes), None)),
            ) if value} for one in attached
        ],
    }


def _sent_at(model: Model) -> dict[str, str | None]:
    """When it was sent, and how the report writes that."""
    written = model.text("TimeStamp")
    return {"sent_at": _moment(written), "sent_at_raw": written}


def _moment(text: str | None) -> str | None:
    """ISO 8601 as far as a report's own forms tell it; anything else stays for the checks to refuse."""
    if text is None:
        return None
    found = _TIMES.fullmatch(text.strip())
    if found is None:
        return text
    day, month, year, clock, zone = found.groups()
    offset = "" if zone is None else "Z" if zone in ("Z", "+0", "-0") else _offset(zone)
    return f"{year}-{month}-{day}T{clock.zfill(8)}{offset}"


def _offset(zone: str) -> str:
    digits = zone[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "00")
    return f"{zone[0]}{hours.zfill(2)}:{minutes}"


def _read(rows: ChatRows, index: int, source: SourceFile, _desk: Desk) -> None:
    _Extraction(rows, index, source.readable).read()


UFDR = _Ufdr(
    "ufdr", "Cellebrite reports", "Cellebrite report (UFDR or report.xml)", _taken, _read, platform="phone",
    VERSION="2",
)
"""Reader of Cellebrite's extraction reports."""
