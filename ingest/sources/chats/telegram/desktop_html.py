"""How are Telegram Desktop's HTML exports read?  ``messages.html``, ``messages2.html`` and so on, a folder a chat.

Source of the format: telegramdesktop/tdesktop, export_output_html.cpp.  Nobody has an id and no chat has one: a name is
an account within its chat.  A message that follows one of the same person bears no name (``joined``); what the
application says (``service``) bears no time.  The chat of two is told by who writes: two, one of whom it is named for.
"""

import html
import json
import re
from functools import lru_cache
from pathlib import Path

from ingest.sources.chats.files import ExportFiles
from ingest.sources.chats.html import Element, Mark, elements
from ingest.sources.chats.json_stream import base_name, first
from ingest.sources.chats.rows import ChatRows
from ingest.sources.chats.written_times import iso_time
from ingest.sources.reader import Desk, SourceFile

_FILE = re.compile(r"messages\d*\.html", re.IGNORECASE)
_SHOWN = 1000  # characters of an element that is too long
_MARK = re.compile(r'<div class="(?:page_wrap|history|message (?:default|service)[^"]*)"')
_NAMED = re.compile(rb'<div class="from_name">\s*([^<]*?)\s*</div>')
_ID = re.compile(r"message(-?\d+)")
_REPLY = re.compile(r"#go_to_message(\d+)")
_VIA = re.compile(r" via (@\w+)$")
_WANTED = frozenset({"message", "page_header"})
_LINKED = frozenset({"photo_wrap", "video_file_wrap", "animated_wrap", "sticker_wrap", "media"})
_BESIDE = frozenset({"date", "details"})


def _taken(path: Path) -> bool:
    return bool(_FILE.fullmatch(path.name)) and bool(_MARK.search(first(path, size=8192)))


def _context(path: Path) -> str:
    """The chat's folder, and who writes in it if they are two."""
    folder = path.absolute().parent
    pages = sorted(page for page in folder.iterdir() if _FILE.fullmatch(page.name) and page.is_file())
    names = _writers(tuple((str(page), page.stat().st_mtime_ns) for page in pages))
    return json.dumps({"folder": folder.name, "pair": sorted(names) if len(names) == 2 else []}, ensure_ascii=False)


@lru_cache(maxsize=64)
def _writers(pages: tuple[tuple[str, int], ...]) -> frozenset[str]:
    """Names over messages in the pages of a chat, three at most; a name over what was forwarded bears a date."""
    found: set[str] = set()
    for page, _ in pages:
        with Path(page).open("rb") as stream:
            rest = b""
            while (block := stream.read(1 << 20)) and len(found) < 3:
                found |= {_unescaped(name) for name in _NAMED.findall(rest + block)}
                rest = block[-2048:]
    return frozenset(sorted(found)[:3])


def _unescaped(name: bytes) -> str:
    return _VIA.sub("", html.unescape(name.decode("utf-8", "replace")).strip())


class _Page:
    """One file.  What the application says takes the time of the message beside it."""

    def __init__(self, rows: ChatRows, index: int, source: SourceFile) -> None:
        told = json.loads(source.context) if source.context.startswith("{") else {}
        self._rows, self._index, self._path = rows, index, source.path
        self._title = str(told.get("folder") or source.path.absolute().parent.name)
        self._pair: list[str] = list(told.get("pair") or [])
        self._row = 0
        self._writer: str | None = None
        self._moment: str | None = None
        self._written: str | None = None
        self._notices: list[tuple[int, Element]] = []

    def read(self) -> None:
        for found in elements(self._path, classes=_WANTED):
            if isinstance(found, Mark):
                self._row += 1
                self._reject(
                    self._row,
                    f"the file {found.text}",
                    f"line {found.line}",
                    "the export was cut or changed: what stands before is read; export it again",
                )
            elif found.fault:
                self._row += 1
                self._reject(
                    self._row, f"the element {found.fault}", found.text()[:_SHOWN],
                    "the export was changed, or written by another program",
                )
            elif "page_header" in found.classes:
                self._header(found)
            else:
                self._row += 1
                self._message(found)
        self._flush()

    def _header(self, element: Element) -> None:
        """The chat's name; only where it is one of the two who write is it a chat of two."""
        self._title = element.text() or self._title
        if self._title not in self._pair:
            self._pair = []

    def _message(self, element: Element) -> None:
        number = _ID.fullmatch(element.attributes.get("id", ""))
        if "service" in element.classes:
            if number and not number[1].startswith("-"):  # the others are days
                self._notices.append((self._row, element))
                if self._moment:
                    self._flush()
            return
        date, body = element.of_class("date", "details"), element.of_class("body")
        written = date.attributes.get("title") if date else None
        name = (
            next((part for part in body.holds if isinstance(part, Element) and "from_name" in part.classes), None)
            if body
            else None
        )
        if name is not None:
            self._writer = name.text(without=_BESIDE)
        elif "joined" not in element.classes:
            self._writer = None
        if not self._writer or number is None or written is None:
            self._reject(
                self._row,
                "the message names no sender or no time",
                element.text(),
                "the export was changed, or written by another program",
            )
            return
        self._moment, self._written = iso_time(written), written
        via = _VIA.search(self._writer)
        sender = self._account(_VIA.sub("", self._writer))
        attributes = _attributes(element)
        attributes |= {"via_bot": via[1] if via else None, "time_written": written if written != self._moment else None}
        text = element.of_class("text")
        self._flush()
        self._send(self._row, number[1], sender, text.text() if text else "", attributes)

    def _send(self, row: int, number: str, sender: str, text: str, attributes: dict[str, object]) -> None:
        values = {
            "message_id": f"chat:{self._title}/{number}",
            "sent_at": self._moment,
            "sent_at_raw": self._written,
            "sender_id": sender,
            "text": text or None,
        }
        other = next((name for name in self._pair if f"{name} in {self._title}" != sender), None)
        if other is not None:
            self._rows.add("messages", self._index, row, attributes, **values, recipient_id=self._account(other))
            return
        room = f"chat:{self._title}"
        self._rows.once("rooms", self._index, row, room_id=room, name=self._title)
        self._rows.add("messages", self._index, row, attributes, **values, room_id=room)

    def _flush(self) -> None:
        """What the application said, once a time is known."""
        for row, element in self._notices:
            number = _ID.fullmatch(element.attributes.get("id", ""))
            if self._moment is None or number is None:
                self._reject(
                    row,
                    "the notice has no time",
                    element.text(),
                    "no message stands beside it whose time it could take",
                )
            elif not self._pair:
                sender = f"Telegram in {self._title}"
                self._rows.once("accounts", self._index, row, {"weak_identity": True}, account_id=sender, role="bot")
                self._send(
                    row, number[1], sender, element.text(), {"form": "notice", "time_from": "the message beside it"}
                )
        self._notices = []

    def _account(self, name: str) -> str:
        identity = f"{name} in {self._title}"
        self._rows.once(
            "accounts", self._index, self._row, {"weak_identity": True}, account_id=identity, pseudonym=name
        )
        return identity

    def _reject(self, row: int, reason: str, raw: str, hint: str) -> None:
        self._rows.reject("messages", self._index, row, reason=reason, hint=hint, raw=raw)


def _attributes(element: Element) -> dict[str, object]:
    found: dict[str, object] = {}
    if forwarded := element.of_class("forwarded", "body"):
        name, date = forwarded.of_class("from_name"), forwarded.of_class("date", "details")
        found["forwarded_from"] = name.text(without=_BESIDE) if name else None
        found["forwarded_at"] = iso_time(date.attributes.get("title")) if date else None
    if reply := element.of_class("reply_to"):
        link = next((part for part in reply.below() if part.name == "a"), None)
        target = _REPLY.search(link.attributes.get("href", "")) if link else None
        found["reply_to"] = target[1] if target else reply.text()
    if signature := element.of_class("signature"):
        found["signed"] = signature.text()
    if wrap := element.of_class("media_wrap"):
        title, status = wrap.of_class("title"), wrap.of_class("status")
        link = next((part for part in wrap.below() if part.name == "a" and part.classes & _LINKED), None)
        kind = next((name for part in wrap.below() for name in sorted(part.classes) if name.startswith("media_")), None)
        found["media"] = {
            key: value
            for key, value in (
                ("kind", kind),
                ("title", title.text() if title else None),
                ("status", status.text() if status else None),
                ("file", base_name(link.attributes.get("href")) if link else None),
            )
            if value
        }
        if kind == "media_call":
            found["form"] = "phone_call"
    found["reactions"] = [_reaction(part) for part in element.below() if "reaction" in part.classes]
    return found


def _reaction(element: Element) -> dict[str, object]:
    emoji, count = element.of_class("emoji"), element.of_class("count")
    people = [
        part.attributes["title"]
        for part in element.below()
        if "initials" in part.classes and part.attributes.get("title")
    ]
    return {"emoji": emoji.text() if emoji else element.text(), "count": count.text() if count else None, "by": people}


def _read(rows: ChatRows, index: int, source: SourceFile, _desk: Desk) -> None:
    _Page(rows, index, source).read()


TELEGRAM_HTML = ExportFiles(
    "telegram-html", "Telegram", "Telegram Desktop export (HTML)", _taken, _read, context=_context, platform="telegram",
    VERSION="2", by_name=True,
)
"""Reader of Telegram Desktop's HTML.  The same chat as JSON tells more: ids, and the moment itself."""
