"""How is Magnet AXIOM's XML export read?  Artifacts of messages, each hit with its named fragments.

Source of the format: casework/CASE-Implementation-AXIOM.  Names of fragments differ by application; each part of a
message has a list of names, of which the first that is there counts.  A fragment's name may tell zone and order of its
times (``… - UTC+00:00 (M/d/yyyy)``).  The file is read as it streams by; a declaration of entities ends it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from ingest.sources.chats.files import ExportFiles
from ingest.sources.chats.json_stream import first
from ingest.sources.chats.rows import ChatRows
from ingest.sources.chats.written_times import iso_time
from ingest.sources.reader import Desk, SourceFile
from ingest.sources.xml_text import mended

_LARGEST = 16 << 20
_MARK = re.compile(r"<Artifact\s[^>]*name=\"|<Artifacts?[\s>]|<Hits?[\s>]")
_ZONED = re.compile(r"(?P<name>.*?)\s*-\s*\(?(?P<zone>UTC(?:[+-]\d{1,2}:\d{2})?)\)?\s*\((?P<order>[^)]*)\)")
_MESSAGES = re.compile(r"messages?\b|chats?\b|sms\b|mms\b|skype|direct", re.IGNORECASE)
_SENDER = ("Sender", "From", "Author", "Sender ID", "Sender Name", "Sender Username", "Message Sender", "Caller")
_RECEIVER = ("Receiver", "Recipient", "Recipient(s)", "Recipients", "To", "Recipient Name", "Callee")
_TIME = (
    "Message Sent Date/Time",
    "Sent Date/Time",
    "Message Date/Time",
    "Created Date/Time",
    "Timestamp Date/Time",
    "Date/Time",
    "Message Received Date/Time",
    "Received Date/Time",
    "Date",
    "Call Date/Time",
)
_TEXT = ("Message", "Body", "Text", "Message Text", "Message Body", "Content")
_PLACE = ("Chat ID", "Conversation ID", "Thread ID", "Group Chat Name", "Group Name", "Channel Name", "Chat Name")
_OWNER = ("Local User", "Local User ID", "Account", "Account ID", "User Account")
_PARTNER = ("Partner", "Partner ID", "Chat Partner", "Contact", "Other Party")
_WAY = ("Direction", "Type", "Message Type", "Status", "Message Status")
_ID = ("Message ID", "Message GUID", "Item ID", "GUID")
_SENT = re.compile(r"sent|outgoing|outbound", re.IGNORECASE)


def _taken(path: Path) -> bool:
    head = first(path, size=64 << 10)
    return path.suffix.lower() == ".xml" and bool(_MARK.search(head)) and "<Fragment" in head


@dataclass
class _Hit:
    """One hit: the artifact it stands under, its line, its attributes and its fragments by name."""

    artifact: str
    line: int
    told: dict[str, str]
    fragments: dict[str, str] = field(default_factory=dict)
    zones: dict[str, tuple[str, str]] = field(default_factory=dict)
    fault: str = ""

    def of(self, names: tuple[str, ...]) -> tuple[str, str] | None:
        """(name, value) of the first of these fragments that is filled."""
        return next(((name, self.fragments[name]) for name in names if self.fragments.get(name, "").strip()), None)

    def value(self, names: tuple[str, ...]) -> str | None:
        found = self.of(names)
        return found[1].strip() if found else None


class _Hits:
    """Hits as the parser comes upon them."""

    def __init__(self) -> None:
        self.done: list[_Hit] = []
        self._artifact = ""
        self._hit: _Hit | None = None
        self._name: str | None = None
        self._text: list[str] = []
        self._size = 0
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data
        self.parser.EntityDeclHandler = self._refuse

    def _refuse(self, *_told: object) -> None:
        raise ValueError("declares entities, which no export does")

    def _start(self, tag: str, told: dict[str, str]) -> None:
        if tag == "Artifact":
            self._artifact = told.get("name", "")
        elif tag == "Hit":
            self._hit = _Hit(self._artifact, self.parser.CurrentLineNumber, dict(told))
        elif tag == "Fragment" and self._hit is not None:
            self._name, self._text, self._size = told.get("name", ""), [], 0
        elif self._hit is not None and self._name is None:
            self._name, self._text, self._size = (
                tag,
                [],
                0,
            )  # Source, Location, Recovery Method as elements of their own

    def _end(self, tag: str) -> None:
        if tag == "Hit" and self._hit is not None:
            self.done.append(self._hit)
            self._hit = None
        elif self._hit is not None and self._name is not None:
            name, zoned = self._name, _ZONED.fullmatch(self._name)
            if zoned is not None:
                name = zoned["name"]
                self._hit.zones[name] = (zoned["zone"], "mdy" if zoned["order"].upper().startswith("M") else "dmy")
            self._hit.fragments.setdefault(name, "".join(self._text))
            self._name = None

    def _data(self, text: str) -> None:
        if self._name is not None:
            self._size += len(text)
            if self._size <= _LARGEST:
                self._text.append(text)
            elif self._hit is not None:  # the rest of it is left out, and what stands behind is read
                self._hit.fault = "holds a fragment of more than 16 MB"


def _hits(path: Path) -> Iterator[_Hit | str]:
    """Every hit; a text where the file is broken, which says how."""
    reader = _Hits()
    with path.open("rb") as stream:
        try:
            for block in mended(stream):
                reader.parser.Parse(block, False)
                yield from reader.done
                reader.done = []
            reader.parser.Parse(b"", True)
        except (expat.ExpatError, ValueError) as error:
            yield from reader.done
            told = (
                f"is no XML from line {reader.parser.CurrentLineNumber} on"
                if isinstance(error, expat.ExpatError)
                else str(error)
            )
            yield "ends too early" if "no element found" in str(error) else told
            return
    yield from reader.done


def _read(rows: ChatRows, index: int, source: SourceFile, _desk: Desk) -> None:
    aside: Counter[str] = Counter()
    row = 0
    for row, hit in enumerate(_hits(source.readable), start=1):
        if isinstance(hit, str):
            rows.reject(
                "messages",
                index,
                row,
                reason=f"the file {hit}",
                hint="the export was cut or changed: what stands before is read; export it again",
                raw="",
            )
        elif hit.fault:
            rows.reject(
                "messages", index, row, reason=f"the element {hit.fault}",
                hint="the export was changed, or written by another program",
                raw=" ".join(value[:1000] for value in hit.fragments.values()),
            )
        elif _MESSAGES.search(hit.artifact):
            _message(rows, index, row, hit, source)
        else:
            aside[hit.artifact] += 1
    for artifact, count in sorted(aside.items()):
        row += 1
        rows.reject(
            "messages",
            index,
            row,
            reason=f"the artifact {artifact!r} is not read, {count} elements of it",
            hint="messages and chats are read",
            raw="",
        )


def _message(rows: ChatRows, index: int, row: int, hit: _Hit, source: SourceFile) -> None:
    platform = _platform(hit.artifact)
    device = f"device of {source.sha256[:12]}"
    owner, partner, way = hit.value(_OWNER), hit.value(_PARTNER), hit.value(_WAY)
    sender, receiver = hit.value(_SENDER), hit.value(_RECEIVER)
    if partner and not (sender and receiver):
        out = bool(_SENT.search(way or ""))
        sender = sender or ((owner or f"owner of {device}") if out else partner)
        receiver = receiver or (partner if out else (owner or f"owner of {device}"))
    time = hit.of(_TIME)
    zone, order = hit.zones.get(time[0], ("", "")) if time else ("", "")
    written = time[1].strip() if time else None
    moment = iso_time(f"{written} {zone}" if written and zone else written, order=order or "mdy")
    used = {name for names in (_SENDER, _RECEIVER, _TIME, _TEXT, _PLACE, _ID) for name in names}
    attributes: dict[str, object] = {
        "artifact": hit.artifact,
        "time_written": written if moment != written else None,
        "direction": way,
        "line": hit.line,
        "deleted": True if "deleted" in (way or "").lower() else None,
        "columns": {name: value for name, value in {**hit.told, **hit.fragments}.items() if name not in used and value},
    }
    values = {
        "platform": platform,
        "message_id": hit.value(_ID),
        "sent_at": moment,
        "text": hit.value(_TEXT),
        "sender_id": _account(rows, index, row, platform, sender),
    }
    place = hit.value(_PLACE)
    if receiver and ";" not in receiver and receiver != place:
        rows.add(
            "messages",
            index,
            row,
            {**attributes, "conversation": place},
            **values,
            recipient_id=_account(rows, index, row, platform, receiver),
        )
        return
    rows.once("rooms", index, row, platform=platform, room_id=place, name=place)
    rows.add("messages", index, row, {**attributes, "recipients": receiver}, **values, room_id=place)


def _account(rows: ChatRows, index: int, row: int, platform: str, identity: str | None) -> str | None:
    if identity:
        rows.once(
            "accounts",
            index,
            row,
            {"weak_identity": None if re.search(r"[\d@]", identity) else True},
            platform=platform,
            account_id=identity,
            pseudonym=identity,
        )
    return identity


def _platform(artifact: str) -> str:
    """The application: the artifact's name without the system and without what it holds."""
    name = re.sub(r"^(?:Android|iOS|Windows|macOS)\s+", "", artifact)
    name = re.sub(r"\s+(?:Chat|Direct)?\s*(?:Messages?|Chats?)\b.*$", "", name).strip().lower()
    return name.replace(":", " ") or "axiom"


AXIOM = ExportFiles("axiom", "AXIOM", "Magnet AXIOM export (XML)", _taken, _read, VERSION="3")
"""Reader of Magnet AXIOM's XML."""
