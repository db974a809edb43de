"""How are text exports of chats read?  WhatsApp's ``_chat.txt`` or ``WhatsApp Chat with NAME.txt``, plain or in
their zip, and Signal's, which programs beside it write alike (``[2019-12-24, 12:23] NAME: text``).

The text names people by what the exporting telephone calls them and tells neither zone nor ids: accounts are weak
identities, named within their chat.  A line that looks like the head of a message is read as one, though anybody can
write such a line into a message; nothing in the text tells these apart.
"""

import re
import shutil
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import pyarrow.parquet as pq

from ingest.errors import SourceUnreadable
from ingest.source_files import printable
from ingest.sources.chats.files import ExportFiles
from ingest.sources.chats.rows import ChatRows
from ingest.sources.chats.texts.heads import Head, Order, head_of_line, orders_of
from ingest.sources.reader import Desk, SourceFile
from ingest.sources.text_lines import head_of, write_lines

_MEMBER = re.compile(r"(?:_chat|whatsapp[^/\\]*)\.txt", re.IGNORECASE)
_TITLE = re.compile(r"whatsapp.*? (?:with|avec|mit|con|com|met|-|–) (.*)$", re.IGNORECASE)
_LARGEST, _TIMES = 4 << 30, 200  # of a text in a zip: bytes, and times its packed size
_FILE = re.compile(r"<(?:attached|pièce jointe|adjunto|anexado|Anhang|allegato|bijgevoegd)[^:>]*: ?([^>]+)>|"
                   r"^([\w.-]+\.\w{2,5}) \([^)]+\)$", re.IGNORECASE)
_SIGNAL = re.compile(r"\[\d{4}-\d{2}-\d{2}, \d{2}:\d{2}\] ")
_PHONE = re.compile(r"\+[\d\s\u00a0\u202f().-]{6,24}")
_ORDERS: dict[str, Order] = {"whatsapp-day-first": "dmy", "whatsapp-month-first": "mdy"}


def _taken(path: Path, *, signal: bool) -> bool:
    name = path.name.lower()
    if name.endswith(".zip"):
        return not signal and _member(path) is not None
    if not name.endswith(".txt"):
        return False
    head = [line for line in head_of(path) if line.strip()][:20]
    begun = [head_of_line(line) for line in head]
    told = [found for found in begun if found is not None]
    if not head or bool(_SIGNAL.match(head[0])) != signal:
        return False
    return len(told) * 3 >= len(head) and begun[0] is not None and any(found.author for found in told)


def _member(path: Path) -> zipfile.ZipInfo | None:
    """The chat in a zip: ``_chat.txt``, or the one text named for WhatsApp."""
    try:
        with zipfile.ZipFile(path) as packed:
            found = [entry for entry in packed.infolist() if _MEMBER.fullmatch(entry.filename)]
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    return found[0] if len(found) == 1 else None


def _text_of(source: SourceFile, desk: Desk) -> Path:
    """The text itself: the file, or what the zip holds of it, unpacked into the reading's own folder."""
    if source.path.suffix.lower() != ".zip":
        return source.path
    entry = _member(source.path)
    if entry is None or entry.file_size > min(_LARGEST, max(entry.compress_size, 1 << 20) * _TIMES):
        raise SourceUnreadable("holds a text that unpacks to too much", where=printable(source.path),
                               fix="unpack it yourself and give the text")
    target = desk.parquet("chat").with_suffix(".txt")
    try:  # never reads more than the size that the zip states, which was looked at
        with zipfile.ZipFile(source.path) as packed, packed.open(entry) as stream, target.open("wb") as out:
            shutil.copyfileobj(stream, out, 1 << 20)
    except (OSError, RuntimeError, NotImplementedError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise SourceUnreadable("is a torn or locked zip", where=printable(source.path),
                               fix="copy it again, or unpack it yourself and give the text") from error
    return target


def _title(path: Path) -> str:
    """What the export calls the chat: in the file's name, else in that of its folder."""
    stem = path.stem if path.stem.lower() != "_chat" else path.resolve().parent.name
    found = _TITLE.search(stem)
    return found[1].strip() if found else stem


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    for batch in pq.ParquetFile(path).iter_batches(columns=["row", "line"], batch_size=20_000):
        yield from ((row, line or "") for row, line in zip(*batch.to_pydict().values(), strict=True))


@dataclass
class _First:
    """What a first look at the whole file tells: dates, who writes, whether it is a group."""

    dates: list[Head] = field(default_factory=list)
    authors: Counter[str] = field(default_factory=Counter)
    system: list[str] = field(default_factory=list)

    def look(self, line: str) -> None:
        found = head_of_line(line)
        if found is None:
            return
        if not self.dates or self.dates[-1].numbers != found.numbers:
            self.dates.append(replace(found, text=""))
        if found.author is None:
            self.system.append(found.text[:300])
        else:
            self.authors[found.author] += 1


def _order(dates: list[Head], source: SourceFile) -> Order:
    fitting = orders_of(dates)
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        raise SourceUnreadable("holds dates in no single order of day, month and year", where=printable(source.path),
                               fix="it was put together from several exports: give each by itself")
    raise SourceUnreadable(
        "does not tell whether its dates begin with the day or the month", where=printable(source.path),
        fix=f"say which, by the format {' or '.join(_ORDERS)}",
    )


class _Chat:
    """One chat.  Between two people messages go from one to the other; else to the room of the chat."""

    def __init__(self, rows: ChatRows, index: int, title: str, first: _First, order: Order,
                 platform: str) -> None:
        self._platform = platform
        self._rows, self._index, self._title, self._order = rows, index, title, order
        authors = list(first.authors)
        group = len(authors) > 2 or any(title and f'"{title}"' in text.translate(_QUOTES) for text in first.system)
        if len(authors) == 2 and not group:
            self._pair: tuple[str, ...] = tuple(authors)
        elif len(authors) == 1 and not group and title and title != authors[0]:
            self._pair = (authors[0], title)
        else:
            self._pair = ()
        self._open: tuple[int, Head, list[str]] | None = None

    def take(self, row: int, line: str) -> None:
        found = head_of_line(line)
        if found is not None:
            self.close()
            self._open = (row, found, [found.text])
        elif self._open is not None:
            self._open[2].append(line)
        elif line.strip():
            self._rows.reject("messages", self._index, row, reason="is no line of this chat",
                              hint="it stands before the first message", raw=line)

    def close(self) -> None:
        if self._open is None:
            return
        (row, head, parts), self._open = self._open, None
        text = "\n".join(parts).strip("\n\u200e")
        attributes: dict[str, object] = {"time_written": head.stamp, "date_order": self._order}
        if head.author is None:
            self._notice(row, head, text, attributes)
            return
        sender = self._account(row, head.author)
        if file := _FILE.search(text):
            attributes["attachment"] = (file[1] or file[2]).strip()
        to = next((self._account(row, name) for name in self._pair if name != head.author), None)
        self._send(row, head, sender, text, attributes, to)

    def _send(self, row: int, head: Head, sender: str, text: str, attributes: dict[str, object],
              to: str | None) -> None:
        moment = head.moment(self._order) or head.stamp
        if to is not None:
            self._rows.add("messages", self._index, row, attributes, sent_at=moment, sender_id=sender,
                           text=text or None, recipient_id=to)
            return
        room = f"chat:{self._title}"
        self._rows.once("rooms", self._index, row, room_id=room, name=self._title, kind="group")
        self._rows.add("messages", self._index, row, attributes, sent_at=moment, sender_id=sender,
                       text=text or None, room_id=room)

    def _notice(self, row: int, head: Head, text: str, attributes: dict[str, object]) -> None:
        """A line of the system in a group (a member added, a number changed) is a message of nobody who chats."""
        if self._pair:
            return
        attributes["form"] = "notice"
        sender = f"{self._platform} in {self._title}"
        self._rows.once("accounts", self._index, row, {"weak_identity": True}, account_id=sender, role="bot")
        self._rows.once("rooms", self._index, row, room_id=f"chat:{self._title}", name=self._title, kind="group")
        self._send(row, head, sender, text, attributes, None)

    def _account(self, row: int, name: str) -> str:
        """A number is the account everywhere, a name only within its chat: it is one telephone's word for somebody."""
        number = "+" + re.sub(r"\D", "", name) if _PHONE.fullmatch(name) else None
        identity = number or f"{name} in {self._title}"
        self._rows.once("accounts", self._index, row, {"weak_identity": number is None}, account_id=identity,
                        pseudonym=name)
        if number:
            self._rows.once("identifiers", self._index, row, account_id=identity, kind="phone", value=number)
        return identity


_QUOTES = {ord(mark): '"' for mark in "“”„«»"}


def _reader(name: str, platform: str, shown: str, order: Order | None = None) -> ExportFiles:
    """``order`` is that of the dates, where the file leaves it open."""

    def read(rows: ChatRows, index: int, source: SourceFile, desk: Desk) -> None:
        lines = write_lines([replace(source, path=_text_of(source, desk))], desk)
        first = _First()
        for _, line in _lines(lines):
            first.look(line)
        chat = _Chat(rows, index, source.context, first, order or _order(first.dates, source), platform)
        for row, line in _lines(lines):
            chat.take(row, line)
        chat.close()

    return ExportFiles(
        name, shown, f"{platform} chat (text)", partial(_taken, signal=platform == "signal"), read, context=_title,
        platform=platform, asked=order is None, VERSION="2", by_name=True,
    )


TEXTS = (
    _reader("signal", "signal", "Signal"), _reader("whatsapp", "whatsapp", "WhatsApp"),
    *(_reader(name, "whatsapp", "WhatsApp", order) for name, order in _ORDERS.items()),
)
"""The readers, and the two that are told the order of dates that a file of WhatsApp leaves open."""
