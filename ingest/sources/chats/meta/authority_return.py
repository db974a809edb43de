"""How is the return read that Meta gives an authority for an account of Facebook or Instagram?  ``records.html``.

Source of the layout: the RLEAPP project.  Pairs of label and value, all times UTC.  People are named with their id,
``name (Instagram: 1234)``; who takes part in a thread stands before its messages.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

from ingest.sources.chats.files import ExportFiles
from ingest.sources.chats.html import Labelled, labelled
from ingest.sources.chats.json_stream import base_name, first
from ingest.sources.chats.rows import ChatRows
from ingest.sources.chats.written_times import iso_time
from ingest.sources.reader import Desk, SourceFile

_FILE = re.compile(r"(?:records|index|preservation[^/]*)\.html", re.IGNORECASE)
_MARK = re.compile(r"Unified Messages|Meta Business Record|property-unified_messages|Account Identifier", re.IGNORECASE)
_PERSON = re.compile(
    r"(?P<name>.*?)\s*\((?:(?P<site>Instagram|Facebook)[^:()]*:\s*)?\[?(?P<id>\d+)\]?\)", re.IGNORECASE
)
_THREAD = re.compile(r"\(?\s*(\d+)\s*\)?")
_PARTS = {"Body": "text", "Sent": "sent_at"}
_KEPT = {
    "Missed": "missed",
    "Duration": "duration",
    "Summary": "summary",
    "Title": "title",
    "Type": "type",
    "Date Created": "shared_at",
    "Removed by Sender": "removed_by_sender",
    "Subscription Event Type": "form",
}
_MEDIA = {"Linked Media File", "Photo Id", "Photo ID", "Url", "URL", "Name"}


def _taken(path: Path) -> bool:
    if not _FILE.fullmatch(path.name):
        return False
    head = first(path, size=256 << 10)
    return "<" in head[:200] and bool(_MARK.search(head))


@dataclass
class _Message:
    row: int
    author: str
    text: str | None = None
    sent_at: str | None = None
    kept: dict[str, object] = field(default_factory=dict)
    media: list[str] = field(default_factory=list)
    removed: bool = False
    fault: str = ""


class _Return:
    """One file: the account that was asked for, its addresses, its threads with their messages."""

    def __init__(self, rows: ChatRows, index: int, source: SourceFile) -> None:
        self._rows, self._index, self._path = rows, index, source.path
        self._platform = "meta"
        self._row = 0
        self._target: str | None = None
        self._thread: str | None = None
        self._people: list[str] = []
        self._message: _Message | None = None
        self._address: str | None = None
        self._named: set[str] = set()

    def read(self) -> None:
        for pair in labelled(self._path):
            if pair.fault and pair.label not in ("", "Author", "Thread") and self._message is not None:
                self._message.fault = pair.fault
            elif pair.fault and pair.label:
                self._close()
                self._thread = None if pair.label == "Thread" else self._thread
                self._row += 1
                self._long(self._row, pair.fault, f"line {pair.line}")
            elif pair.fault:
                self._close()
                self._row += 1
                self._rows.reject(
                    "messages",
                    self._index,
                    self._row,
                    reason=f"the file {pair.fault}",
                    hint="the return was cut or changed: what stands before is read; ask for it again",
                    raw=f"line {pair.line}",
                )
            else:
                self._pair(pair)
        self._close()
        if self._target is not None and self._target not in self._named:
            self._account(self._target, None)

    def _long(self, row: int, fault: str, raw: str) -> None:
        self._rows.reject(
            "messages", self._index, row, reason=f"the element {fault}", raw=raw,
            hint="the return was changed, or written by another program",
        )

    def _pair(self, pair: Labelled) -> None:
        label, value = pair.label, pair.value
        if label == "Service" and value.lower() in ("instagram", "facebook"):
            self._platform = value.lower()
        elif label == "Target" and self._target is None and value:
            found = _PERSON.fullmatch(value)
            self._target = found["id"] if found else value.split()[0]
        elif label == "Thread":
            self._close()
            number = _THREAD.search(value)
            self._thread, self._people = (number[1] if number else value or None), []
        elif label in ("Current Participants", "Past Participants", "Participants"):
            self._people += [person for line in value.split("\n") if (person := self._person(line)) is not None]
        elif label == "Author":
            self._close()
            self._row += 1
            self._message = _Message(self._row, value)
        elif label in ("IP Address", "Ip Address") and self._message is None:
            self._address = value
        elif label == "Time" and self._address is not None:
            self._session(value)
        elif self._message is not None:
            self._part(self._message, label, value)

    def _part(self, message: _Message, label: str, value: str) -> None:
        if label in _PARTS:
            if label == "Sent" and message.sent_at is None:
                message.sent_at = value
            elif label == "Body" and message.text is None:
                message.text = value
        elif label == "Removed by Sender":
            message.removed = value.lower() not in ("false", "no", "")
        elif label in _KEPT and value:
            message.kept.setdefault(_KEPT[label], value)
        elif label in _MEDIA and value:
            message.media.append(base_name(value.split("?", 1)[0]) or value)

    def _close(self) -> None:
        """The message that has been read whole, if there is one."""
        message, self._message = self._message, None
        if message is None:
            return
        if message.fault:
            self._long(message.row, message.fault, f"{message.author}\n{message.text or ''}")
            return
        sender = self._person(message.author)
        if sender is None or self._thread is None:
            self._rows.reject(
                "messages",
                self._index,
                message.row,
                raw=f"{message.author}\n{message.text or ''}",
                reason="the message names no author with an id, or stands in no thread",
                hint="the return was cut or changed: what stands before is read; ask for it again",
            )
            return
        sent_at = iso_time(message.sent_at, utc=True)
        attributes: dict[str, object] = {
            **message.kept,
            "media": list(dict.fromkeys(message.media)),
            "unsent": message.removed or None,
            "time_written": message.sent_at if sent_at != message.sent_at else None,
        }
        values = {"sent_at": sent_at, "sender_id": sender, "text": message.text or None, "platform": self._platform}
        people = list(dict.fromkeys(self._people))
        if len(people) == 2 and sender in people:
            other = people[1] if people[0] == sender else people[0]
            attributes["thread"] = self._thread
            self._rows.add("messages", self._index, message.row, attributes, recipient_id=other, **values)
            return
        room = f"thread:{self._thread}"
        self._rows.once(
            "rooms", self._index, message.row, {"members": people}, room_id=room, kind="thread", platform=self._platform
        )
        self._rows.add("messages", self._index, message.row, attributes, room_id=room, **values)

    def _person(self, text: str) -> str | None:
        found = _PERSON.fullmatch(text.strip())
        if found is None:
            return None
        self._account(found["id"], found["name"] or None)
        return found["id"]

    def _account(self, identity: str, name: str | None) -> None:
        self._named.add(identity)
        self._rows.once(
            "accounts",
            self._index,
            max(self._row, 1),
            {"owner_of_export": identity == self._target or None},
            account_id=identity,
            pseudonym=name,
            platform=self._platform,
        )

    def _session(self, time: str) -> None:
        address, self._address = self._address, None
        self._row += 1
        moment = iso_time(time, utc=True)
        self._rows.add(
            "sessions",
            self._index,
            self._row,
            {"time_written": time if moment != time else None},
            account_id=self._target,
            started_at=moment,
            ip=address,
            platform=self._platform,
        )


def _read(rows: ChatRows, index: int, source: SourceFile, _desk: Desk) -> None:
    _Return(rows, index, source).read()


META_RETURN = ExportFiles(
    "meta-return", "Meta", "Meta return to an authority", _taken, _read, platform="meta", VERSION="2"
)
"""Reader of what Meta returns to an authority.  Ids are Meta's own."""
