"""How is a return of Roblox read?  Its CSV files, each known by its columns.

Source of the layout: the RLEAPP project.  Rows of a chat stand in groups with blank rows between; some carry only time,
text, conversation and writer.  Times are UTC.  A conversation in which two write, or one beside the person the
return is about, is private unless its type says public.
"""

from collections.abc import Callable
from pathlib import Path

from ingest.sources.chats.csv_tables import Record, header_of, plain_records, records
from ingest.sources.chats.files import ExportFiles
from ingest.sources.chats.rows import ChatRows
from ingest.sources.chats.written_times import iso_time
from ingest.sources.reader import Desk, SourceFile

_KINDS = {
    "chat": {"ts", "conversation_id", "user_id", "text"},
    "messages": {"author_id", "recipient_id", "body", "created_time (UTC seconds)"},
    "addresses": {"user_id", "ip_address", "first_recorded_utc"},
    "friends": {"userid", "frienduserid"},
    "wall": {"group_wall_post_id", "group_id", "user_id", "post_text"},
    "devices": {"pii_userid", "devicename"},
    "device ids": {"pii_userid", "pii_device_id"},
}
_MOST_CONVERSATIONS = 2_000_000


def _kind(path: Path) -> str | None:
    names = set(header_of(path))
    return next((kind for kind, needed in _KINDS.items() if names >= needed), None)


def _read(rows: ChatRows, index: int, source: SourceFile, _desk: Desk) -> None:
    kind = _kind(source.path) or "chat"
    if kind == "chat":
        _Chat(rows, index, source).read()
        return
    taken: dict[str, Callable[[ChatRows, int, int, Record], None]] = {
        "messages": _message,
        "addresses": _address,
        "friends": _friend,
        "wall": _post,
        "devices": _device,
        "device ids": _device,
    }
    table = {"addresses": "sessions", "friends": "accounts", "devices": "identifiers", "device ids": "identifiers"}
    for row, record in records(rows, index, source, table=table.get(kind, "messages")):
        taken[kind](rows, index, row, record)


def _account(rows: ChatRows, index: int, row: int, identity: str | None, name: str | None = None) -> str | None:
    if identity:
        rows.once("accounts", index, row, account_id=identity, pseudonym=name)
    return identity


class _Chat:
    """One file of chats.  A first look tells who writes in each conversation."""

    def __init__(self, rows: ChatRows, index: int, source: SourceFile) -> None:
        self._rows, self._index, self._source = rows, index, source
        self._writers: dict[str, tuple[str, ...]] = {}
        self._names: dict[str, str] = {}

    def read(self) -> None:
        for _, record in plain_records(self._source):
            if isinstance(record, dict):
                self._look(record)
        for row, record in records(self._rows, self._index, self._source):
            self._line(row, record)

    def _look(self, record: Record) -> None:
        place, writer, subject = record["conversation_id"], record["user_id"], record.get("request_user_id")
        if not place or not writer:
            return
        known = self._writers.get(place, ())
        for person in (writer, subject):
            if person and person not in known and len(known) < 3:
                known = (*known, person)
        if place in self._writers or len(self._writers) < _MOST_CONVERSATIONS:
            self._writers[place] = known
        if name := record.get("name"):
            self._names.setdefault(writer, name)

    def _line(self, row: int, record: Record) -> None:
        place, writer, written = record["conversation_id"], record["user_id"], record["ts"]
        people, kind = self._writers.get(place or "", ()), record.get("convo_type")
        moment = iso_time(written, utc=True)
        sender = _account(self._rows, self._index, row, writer, self._names.get(writer or ""))
        attributes: dict[str, object] = {
            "time_written": written if moment != written else None,
            "conversation_type": kind,
            "filtered_over_13": record.get("is_filtered_o13"),
            "filtered_under_13": record.get("is_filtered_u13"),
            "rewritten": record.get("is_rewritten"),
            "return_about": record.get("request_user_id"),
        }
        values = {"sent_at": moment, "sender_id": sender, "text": record["text"]}
        if len(people) == 2 and "public" not in (kind or ""):
            other = people[1] if people[0] == writer else people[0]
            to = _account(self._rows, self._index, row, other, self._names.get(other))
            self._rows.add(
                "messages", self._index, row, {**attributes, "conversation": place}, **values, recipient_id=to
            )
            return
        self._rows.once("rooms", self._index, row, room_id=place, kind=kind)
        self._rows.add("messages", self._index, row, attributes, **values, room_id=place)


def _message(rows: ChatRows, index: int, row: int, record: Record) -> None:
    sender = _account(rows, index, row, record["author_id"], record.get("author_name"))
    to = _account(rows, index, row, record["recipient_id"], record.get("recipient_name"))
    system = (record.get("is_system_message") or "").lower() in ("true", "1")
    rows.add(
        "messages",
        index,
        row,
        {
            "form": "system" if system else None,
            "subject": record.get("subject"),
            "read": record.get("is_read"),
            "archived": record.get("is_archived"),
            "edited_at": record.get("updated_time (UTC seconds)"),
        },
        message_id=record.get("id"),
        sent_at=record["created_time (UTC seconds)"],
        sender_id=sender,
        recipient_id=to,
        text=record["body"],
    )


def _address(rows: ChatRows, index: int, row: int, record: Record) -> None:
    begun, ended = record["first_recorded_utc"], record.get("last_recorded_utc")
    rows.add(
        "sessions",
        index,
        row,
        {"port": record.get("last_observed_port"), "time_written": [begun, ended]},
        account_id=_account(rows, index, row, record["user_id"], record.get("username")),
        ip=record["ip_address"],
        started_at=iso_time(begun, utc=True),
        ended_at=iso_time(ended, utc=True),
    )


def _friend(rows: ChatRows, index: int, row: int, record: Record) -> None:
    rows.add(
        "accounts",
        index,
        row,
        {"friend_of": record["userid"], "since": record.get("createdutc")},
        account_id=record["frienduserid"],
    )


def _post(rows: ChatRows, index: int, row: int, record: Record) -> None:
    room, written = record["group_id"], record.get("createdutc")
    moment = iso_time(written, utc=True, order="mdy")
    rows.once("rooms", index, row, room_id=f"group:{room}", kind="group wall")
    rows.add(
        "messages",
        index,
        row,
        {"time_written": written if written != moment else None},
        message_id=record["group_wall_post_id"],
        sent_at=moment,
        text=record["post_text"],
        sender_id=_account(rows, index, row, record["user_id"]),
        room_id=f"group:{room}",
    )


def _device(rows: ChatRows, index: int, row: int, record: Record) -> None:
    identity = _account(rows, index, row, record["pii_userid"])
    told = {name: record.get(name) for name in ("devicename", "os", "osversion")}
    for kind, name in (("browser_tracker", "btid"), ("device", "pii_device_id")):
        if value := record.get(name):
            rows.add("identifiers", index, row, dict(told), account_id=identity, kind=kind, value=value)


ROBLOX = ExportFiles("roblox", "Roblox", "Roblox return", lambda path: _kind(path) is not None, _read, VERSION="2")
"""Reader of what Roblox returns to an authority.  Ids are Roblox's own."""
