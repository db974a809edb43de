"""Which messages do the conversation tables of a LAVA database hold?  One declared table at a time, read only."""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from ingest.sources.chats.json_stream import text_of
from ingest.sources.chats.rows import ChatRows
from ingest.sources.databases.sqlite_files import opened, read_only, tables_of, torn

_PARTS = {
    "room": ("conversationDiscriminatorColumn", "threadDiscriminatorColumn"),
    "label": ("conversationLabelColumn", "threadLabelColumn"),
    "text": ("textColumn",), "time": ("timeColumn",), "direction": ("directionColumn",), "sender": ("senderColumn",),
    "media": ("mediaColumn",),
}
_IDENTITY = re.compile(r"\+?\d[\d\s().-]{5,}|[^\s@]+@[^\s@]+|\d{5,}|[0-9a-f]{8}-[0-9a-f-]{27,}", re.IGNORECASE)
_TRUE = {"true": "1", "false": "0"}


@dataclass(frozen=True)
class Conversation:
    """A table and which of its columns plays which part (see ``_PARTS``); ``sent``: the direction's value for what the
    owner sent; ``owner``: what the owner is called there."""

    platform: str
    artifact: str
    table: str
    parts: dict[str, str]
    sent: str | None = None
    owner: str | None = None
    shown: dict[str, str] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """As a value for JSON."""
        return asdict(self)


def conversation_of(category: str, artifact: Mapping[str, Any]) -> Conversation | None:
    """What the manifest declares of an artifact; None where it declares no conversation with a text or a time."""
    views = artifact.get("data_views")
    view = None
    if isinstance(views, dict):
        view = views.get("conversation") or views.get("chat")
    table = text_of(artifact.get("tablename"))
    if not isinstance(view, dict) or table is None:
        return None
    columns = artifact.get("column_map")
    shown = {str(name): str(title) for name, title in columns.items()} if isinstance(columns, dict) else {}
    named = {title: name for name, title in shown.items()}
    parts = {}
    for part, keys in _PARTS.items():
        told = next((text_of(view[key]) for key in keys if key in view), None)
        if told is not None:
            parts[part] = named.get(told, told if told in shown else sanitised(told))
    if "time" not in parts or not {"room", "sender"} & set(parts):
        return None
    return Conversation(
        platform=re.sub(r"[^\w]+", "-", category.strip().lower()).strip("-") or "lava",
        artifact=text_of(artifact.get("name")) or table, table=table, parts=parts,
        sent=text_of(view.get("directionSentValue")), owner=text_of(view.get("sentMessageStaticLabel")), shown=shown,
    )


def sanitised(name: str) -> str:
    """A shown header as the column's name, by the writer's own rule."""
    plain = re.sub(r"\s+", "_", re.sub(r"[^\w\s]", "", name))
    return ("_" + plain if plain and not (plain[0].isalpha() or plain[0] == "_") else plain).lower()


class LavaTables:
    """The database, opened for reading only: nothing it holds can run or write.  SourceUnreadable if it is none."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> "LavaTables":
        self._base = opened(self._path)
        self._tables = tables_of(self._base)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._base.close()

    def write(self, told: Conversation, rows: ChatRows, *, source: int, row: int, scope: str) -> int:
        """Every row of the table as a message; ``row`` counts on from the tables before.  Returns the last number."""
        if told.table not in self._tables:
            rows.reject("messages", source, row + 1, reason=f"the table {told.table!r} is not there", raw=told.artifact,
                        hint="the manifest names a table that the database lacks: both must be of one run")
            return row + 1
        columns = self._tables[told.table]
        missing = [name for name in told.parts.values() if name not in columns]
        parts = {part: name for part, name in told.parts.items() if name in columns}
        if "time" not in parts or not {"room", "sender"} & set(parts):
            rows.reject("messages", source, row + 1, reason=f"the table {told.table!r} lacks {', '.join(missing)}",
                        hint="the manifest names columns that the table lacks: both must be of one run",
                        raw=told.artifact)
            return row + 1
        read_only(self._base)
        try:
            writer = _Messages(told, parts, rows, source, scope)
            for record in self._records(told.table, columns):
                writer.look(record)
            for record in self._records(told.table, columns):
                row += 1
                writer.take(row, record)
        except sqlite3.Error as error:
            raise torn(self._path) from error
        finally:
            self._base.set_authorizer(None)
        return row

    def _records(self, table: str, columns: list[str]) -> Iterator[dict[str, Any]]:
        names = ", ".join(_name(column) for column in columns)
        with closing(self._base.execute(f"SELECT {names} FROM {_name(table)} ORDER BY rowid")) as found:
            for values in found:
                yield dict(zip(columns, values, strict=True))


class _Messages:
    """One table.  A conversation with one other than the owner is private; with more it is a room."""

    def __init__(self, told: Conversation, parts: dict[str, str], rows: ChatRows, source: int, scope: str) -> None:
        self._told, self._parts, self._rows, self._source, self._scope = told, parts, rows, source, scope
        self._others: dict[str, set[str]] = {}
        self._labels: dict[str, str] = {}
        self._sent_as: set[str] = set()

    def _of(self, record: Mapping[str, Any], part: str) -> str | None:
        value = record.get(self._parts.get(part, ""))
        return value.hex() if isinstance(value, bytes) else text_of(value if value is not None else None)

    def _sent(self, record: Mapping[str, Any]) -> bool | None:
        """Did the owner send it?  None where the table does not tell."""
        if "direction" not in self._parts or self._told.sent is None:
            return None
        one, other = (str(value).strip() for value in (self._of(record, "direction") or "", self._told.sent))
        return _TRUE.get(one.lower(), one) == _TRUE.get(other.lower(), other)

    def look(self, record: Mapping[str, Any]) -> None:
        room, sender = self._of(record, "room") or "", self._of(record, "sender")
        known = self._others.setdefault(room, set())
        if self._sent(record):
            if sender is not None and len(self._sent_as) < 3:
                self._sent_as.add(sender)
        elif sender is not None and len(known) < 3:
            known.add(sender)

    def _owner(self) -> str:
        """What the owner is called: what the manifest says, else the one name under which everything sent stands."""
        if self._told.owner is None and len(self._sent_as) == 1:
            name = next(iter(self._sent_as))
            if all(name not in names for names in self._others.values()):
                return name
        return self._told.owner or "owner of the device"

    def take(self, row: int, record: Mapping[str, Any]) -> None:
        room, sender = self._of(record, "room") or "", self._of(record, "sender")
        sent, others = self._sent(record), self._others.get(room, set())
        label = self._of(record, "label")
        owner = self._account(row, self._owner())
        used = set(self._parts.values())
        attributes: dict[str, object] = {
            "artifact": self._told.artifact, "media": self._of(record, "media"),
            "columns": {self._told.shown.get(name, name): text for name, value in record.items() if name not in used
                        and (text := value.hex()[:200] if isinstance(value, bytes) else text_of(value))},
        }
        values = {"sent_at": self._of(record, "time"), "text": self._of(record, "text")}
        if sent is None and sender is None:
            self._rows.reject(
                "messages", self._source, row, column=self._parts.get("sender", ""), reason="is empty",
                hint="the table tells neither who wrote this nor in which direction it went", raw=str(record)[:4000],
            )
            return
        account = owner if sent else self._account(row, sender or label or room or "somebody")
        partner = self._partner(sent, sender, others, label, room)
        if partner is not None:
            to = owner if sent is False else self._account(row, partner)
            self._rows.add("messages", self._source, row, attributes, platform=self._told.platform,
                           sender_id=account, recipient_id=to, **values)
            return
        place = f"{self._told.artifact}/{room or label or 'conversation'}"
        self._rows.once("rooms", self._source, row, platform=self._told.platform, room_id=place,
                        name=label or room or None, kind="conversation")
        self._rows.add("messages", self._source, row, attributes, platform=self._told.platform, sender_id=account,
                       room_id=place, **values)

    def _partner(
        self, sent: bool | None, sender: str | None, others: set[str], label: str | None, room: str
    ) -> str | None:
        """The other of a private conversation; None where it is a room."""
        if sent is None:
            return next((name for name in others if name != sender), None) if len(others) == 2 else None
        if len(others) > 1:
            return None
        return next(iter(others), None) or label or room or None

    def _account(self, row: int, name: str) -> str:
        """A number or address is itself; a name is one device's word for somebody."""
        weak = _IDENTITY.fullmatch(name) is None
        identity = f"{name} in {self._scope}" if weak else name
        self._rows.once("accounts", self._source, row, {"weak_identity": weak}, platform=self._told.platform,
                        account_id=identity, pseudonym=name)
        return identity


def _name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'

