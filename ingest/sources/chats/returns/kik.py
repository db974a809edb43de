"""How is a return of Kik read?  The folder ``package``: contents, logs, the legend of groups.

Source of the layout: the RLEAPP project.  JIDs are identities.  Content holds texts and media of private chats; logs
tell that somebody wrote to somebody, from which address, without what was written.  A logged message that the content
holds as well (same two, same second) is not told twice: what the log knows of it is a session at that address.
"""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from ingest.sources.chats.csv_tables import Record, header_of, records
from ingest.sources.chats.folder_export import FolderExport, below
from ingest.sources.chats.rows import ChatRows
from ingest.sources.chats.written_times import iso_time
from ingest.sources.reader import SourceFile

_LEGEND = re.compile(r"group-legend-.*\.csv", re.IGNORECASE)
_CONTENT = frozenset({"data-text.csv", "data-media.csv"})
_CHATS = frozenset(
    {"chat_sent.csv", "chat_sent_received.csv", "chat_platform_sent.csv", "chat_platform_sent_received.csv"}
)
_GROUPS = frozenset({"group_receive.csv", "group_send_msg_platform.csv"})
_PEOPLE = frozenset({"friends_added.csv", "block_user.csv"})
_NEEDED = {
    "content": {"id", "sender_id", "receiver_id", "sent_at_ts"},
    "chats": {"user_jid", "friend_user_jid", "ts"},
    "groups": {"sender", "group_jid", "ts"},
    "people": {"user_jid", "ts"},
    "binds": {"user_jid", "ip", "ts"},
    "legend": {"gid", "name"},
}


def _root(path: Path) -> Path | None:
    for folder in (path, below(path, "package")):
        if folder is not None and (
            below(folder, "content", "data-text.csv")
            or below(folder, "logs", "binds.csv")
            or below(folder, "logs", "chat_sent.csv")
            or below(folder, "content", "data-media.csv")
        ):
            return folder
    return None


def _kind(path: Path) -> str | None:
    name = path.name.lower()
    kinds = (
        ("content", _CONTENT),
        ("chats", _CHATS),
        ("groups", _GROUPS),
        ("people", _PEOPLE),
        ("binds", {"binds.csv"}),
    )
    if _LEGEND.fullmatch(name):
        return "legend"
    return next((kind for kind, names in kinds if name in names), None)


def _contexts(_root: Path, entries: Sequence[Path]) -> dict[Path, str]:
    """Kinds in the order they are read in: content first, so that logs know what stands there."""
    order = ("content", "legend", "groups", "chats", "people", "binds")
    found = {}
    for entry in entries:
        kind = _kind(entry)
        if kind is not None and {name.strip() for name in header_of(entry)} >= _NEEDED[kind]:
            found[entry] = f"{order.index(kind)}:{entry.name.lower()}"
    return found


class _Kik:
    def __init__(self, rows: ChatRows) -> None:
        self._rows = rows
        self._told: set[tuple[str | None, str | None, str]] = set()

    def read(self, index: int, source: SourceFile) -> None:
        kind = _kind(Path(source.context.partition(":")[2] or source.path.name)) or "content"
        taken: dict[str, Callable[[int, int, Record, str], None]] = {
            "content": self._content,
            "chats": self._chat,
            "groups": self._group,
            "people": self._person,
            "binds": self._bind,
            "legend": self._legend,
        }
        header = [name.strip() for name in header_of(source.path)]
        for row, record in records(self._rows, index, source, header=header):
            taken[kind](index, row, record, source.context.partition(":")[2])

    def _account(self, index: int, row: int, identity: str | None) -> str | None:
        if identity:
            self._rows.once("accounts", index, row, account_id=identity, pseudonym=identity.partition("@")[0])
        return identity

    def _content(self, index: int, row: int, record: Record, name: str) -> None:
        sender = self._account(index, row, record["sender_id"])
        to = self._account(index, row, record["receiver_id"])
        moment = record["sent_at_ts"] or iso_time(record.get("sent_at"), utc=True)
        self._told.add((sender, to, _second(moment, record.get("sent_at"))))
        file = record.get("filename")
        self._rows.add(
            "messages",
            index,
            row,
            {
                "form": "media" if name == "data-media.csv" else None,
                "application": record.get("app_name"),
                "reply_to": record.get("parent_id"),
                "content_id": record.get("content_id"),
                "ip": record.get("ip"),
                "port": record.get("port"),
                "attachments": [{"name": file}] if file else None,
                "time_written": record.get("sent_at"),
            },
            message_id=record["id"],
            sent_at=moment,
            sender_id=sender,
            recipient_id=to,
            text=record.get("message"),
        )

    def _chat(self, index: int, row: int, record: Record, name: str) -> None:
        sender = self._account(index, row, record["user_jid"])
        to = self._account(index, row, record["friend_user_jid"])
        written = record["ts"]
        moment = iso_time(written, utc=True)
        kept: dict[str, object] = {
            "form": "log",
            "words": record.get("words"),
            "application": record.get("app_name"),
            "content_id": record.get("cid"),
            "time_written": written,
        }
        if (sender, to, _second(moment, written)) not in self._told:
            self._rows.add(
                "messages",
                index,
                row,
                {**kept, "ip": record.get("ip")},
                sent_at=moment,
                sender_id=sender,
                recipient_id=to,
            )
        if ip := record.get("ip"):
            self._rows.add(
                "sessions",
                index,
                row,
                {**kept, "log": name, "wrote_to": to},
                account_id=sender,
                started_at=moment,
                ip=ip,
            )

    def _group(self, index: int, row: int, record: Record, name: str) -> None:
        room = record["group_jid"]
        written = record["ts"]
        moment = record.get("epoch") or iso_time(written, utc=True)
        self._rows.once("rooms", index, row, room_id=room, kind="group")
        self._rows.add(
            "messages",
            index,
            row,
            {
                "form": "log",
                "log": name,
                "content_id": record.get("cid"),
                "application": record.get("app_name"),
                "ip": record.get("sender_ip"),
                "device": record.get("sender_device_type"),
                "receiver": record.get("receiver"),
                "receiver_ip": record.get("receive_ip"),
                "time_written": written,
            },
            sent_at=moment,
            sender_id=self._account(index, row, record["sender"]),
            room_id=room,
        )

    def _person(self, index: int, row: int, record: Record, _name: str) -> None:
        """Who was added or blocked, as attributes of that account."""
        added, blocked = record.get("friend_user_jid"), record.get("block_user_jid")
        kept: dict[str, object] = {"added_by" if added else "blocked_by": record["user_jid"], "at": record["ts"]}
        self._rows.add("accounts", index, row, kept, account_id=added or blocked)

    def _bind(self, index: int, row: int, record: Record, _name: str) -> None:
        written = record["ts"]
        self._rows.add(
            "sessions",
            index,
            row,
            {"port": record.get("port"), "time_written": written},
            account_id=self._account(index, row, record["user_jid"]),
            started_at=iso_time(written, utc=True),
            ip=record["ip"],
            user_agent=record.get("device"),
        )

    def _legend(self, index: int, row: int, record: Record, _name: str) -> None:
        self._rows.add(
            "rooms",
            index,
            row,
            {name: record.get(name) for name in ("code", "public", "deleted", "last_join_ts", "last_activity")},
            room_id=record["gid"],
            name=record["name"],
            kind="group",
        )


def _second(moment: str | None, written: str | None) -> str:
    """The second a message was sent in, as the log would write it."""
    told = iso_time(written, utc=True) or moment or ""
    return told.replace("T", " ").split("+")[0].split(".")[0]


KIK = FolderExport("kik", "Kik", "Kik return", _root, _contexts, lambda rows: _Kik(rows).read, VERSION="2")
"""Reader of what Kik returns to an authority."""
