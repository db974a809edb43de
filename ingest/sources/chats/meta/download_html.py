"""How are Facebook's and Instagram's downloads of messages read as HTML?  ``message_1.html``, a folder a chat.

The page says who, what and when in three blocks a message, whose classes changed once; times are the clock of whoever
asked for the download, in words.  Nobody has an id: a name is an account within its chat.
"""

import re
from pathlib import Path

from ingest.sources.chats.files import ExportFiles
from ingest.sources.chats.html import Element, Mark, elements, marks
from ingest.sources.chats.json_stream import base_name, first
from ingest.sources.chats.meta.download_json import place_of
from ingest.sources.chats.rows import ChatRows
from ingest.sources.chats.written_times import iso_time
from ingest.sources.reader import Desk, SourceFile

_FILE = re.compile(r"message_\d+\.html", re.IGNORECASE)
_MARK = re.compile(r'class="[^"]*(?:_a6-g|\bpam\b)[^"]*"')
_WHOLE = frozenset({"_a6-g", "pam"})
_SENDER = (("_a6-h",), ("_2pio", "_2lek"), ("_2pim",))
_CONTENT = (("_a6-p",), ("_3-96", "_2let"))
_TIME = (("_a72d",), ("_a6-o",), ("_3-94", "_2lem"))
_APART = frozenset({"ul", "_a6-q"})
_MEDIA = frozenset({"img", "video", "audio", "source"})
_PEOPLE = re.compile(r"Participants: (.*)", re.DOTALL)
_SPLIT = re.compile(r", | and ")


def _taken(path: Path) -> bool:
    return bool(_FILE.fullmatch(path.name)) and bool(_MARK.search(first(path, size=256 << 10)))


def _part(element: Element, forms: tuple[tuple[str, ...], ...]) -> Element | None:
    return next((found for form in forms if (found := element.of_class(*form)) is not None), None)


class _Chat:
    """One file.  Who takes part stands in it, or is who writes in it."""

    def __init__(self, rows: ChatRows, index: int, source: SourceFile) -> None:
        self._rows, self._index, self._path = rows, index, source.path
        self._platform, _, self._folder = source.context.partition("/")
        self._row = 0
        self._people: list[str] = []

    def read(self) -> None:
        self._title = self._named()
        self._look()
        for found in elements(self._path, classes=_WHOLE):
            self._row += 1
            if isinstance(found, Mark):
                self._reject(
                    f"the file {found.text}",
                    "the file was cut or changed: what stands before is read",
                    f"line {found.line}",
                )
            elif found.fault:
                self._reject(f"the element {found.fault}", "the download was changed", found.text()[:1000])
            else:
                self._message(found)

    def _named(self) -> str | None:
        """The page's title, which is the chat's name."""
        within = False
        for mark in marks(self._path):
            if mark.name == "title":
                within = mark.kind == "open"
            elif within and mark.kind == "text" and mark.text.strip():
                return mark.text.strip()
            elif mark.name == "body":
                break
        return None

    def _look(self) -> None:
        wrote: dict[str, None] = {}
        for found in elements(self._path, classes=_WHOLE):
            if isinstance(found, Element) and not found.fault:
                if told := _PEOPLE.fullmatch(found.text()):
                    self._people = [name.strip() for name in _SPLIT.split(told[1]) if name.strip()]
                    return
                if (sender := _part(found, _SENDER)) is not None and _part(found, _TIME) is not None:
                    wrote[sender.text()] = None
            if len(wrote) > 2:
                break
        self._people = list(wrote)
        if len(wrote) == 1 and self._title and self._title not in wrote:
            self._people.append(self._title)

    def _message(self, element: Element) -> None:
        sender, content, time = (_part(element, forms) for forms in (_SENDER, _CONTENT, _TIME))
        if _PEOPLE.fullmatch(element.text()):
            return
        if sender is None or time is None or not sender.text():
            self._reject("the message names no sender or no time", "the download was changed", element.text())
            return
        name, written = sender.text(), time.text()
        moment = iso_time(written)
        attributes: dict[str, object] = {
            "time_written": written if moment != written else None,
            "media": [
                base_name(part.attributes["src"])
                for part in element.below()
                if part.name in _MEDIA and part.attributes.get("src")
            ],
            "shared": next(
                (
                    part.attributes["href"]
                    for part in (content.below() if content else ())
                    if part.name == "a" and part.attributes.get("href", "").startswith("http")
                ),
                None,
            ),
            "reactions": [part.text() for part in element.below() if part.name == "li"],
        }
        values = {
            "sent_at": moment,
            "sender_id": self._account(name),
            "text": content.text(without=_APART) or None if content else None,
        }
        if len(self._people) == 2 and name in self._people:
            other = next(person for person in self._people if person != name)
            self._rows.add(
                "messages",
                self._index,
                self._row,
                attributes,
                platform=self._platform,
                recipient_id=self._account(other),
                **values,
            )
            return
        room = f"chat:{self._folder}"
        self._rows.once(
            "rooms", self._index, self._row, platform=self._platform, room_id=room, name=self._title or self._folder
        )
        self._rows.add("messages", self._index, self._row, attributes, platform=self._platform, room_id=room, **values)

    def _account(self, name: str) -> str:
        identity = f"{name} in {self._folder}"
        self._rows.once(
            "accounts",
            self._index,
            self._row,
            {"weak_identity": True},
            platform=self._platform,
            account_id=identity,
            pseudonym=name,
        )
        return identity

    def _reject(self, reason: str, hint: str, raw: str) -> None:
        self._rows.reject("messages", self._index, self._row, reason=reason, hint=hint, raw=raw)


def _read(rows: ChatRows, index: int, source: SourceFile, _desk: Desk) -> None:
    _Chat(rows, index, source).read()


META_HTML = ExportFiles(
    "meta-html", "Meta", "Facebook or Instagram chat (HTML)", _taken, _read, context=place_of, platform="meta",
    VERSION="2", by_name=True,
)
"""Reader of Facebook and Instagram messages as their owner downloads them as HTML."""
