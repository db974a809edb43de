"""How is the return read that Discord gives an authority?  One CSV a channel, in ``messages/servers`` and ``…/dms``.

Source of the layout: the RLEAPP project.  Columns count by their place, and which of the first two is the message and
which the channel differs: the channel is the one that stays the same.  Times are ISO or epoch; without a zone, UTC.
"""

import re
from pathlib import Path

from ingest.sources.chats.csv_tables import header_of, plain_records, records
from ingest.sources.chats.files import ExportFiles
from ingest.sources.chats.json_stream import base_name
from ingest.sources.chats.private_chat import PrivateChat
from ingest.sources.chats.rows import ChatRows
from ingest.sources.chats.written_times import iso_time
from ingest.sources.reader import Desk, SourceFile

_PLACES = frozenset({"servers", "dms"})
_ID = re.compile(r"\d{15,20}")
_COLUMNS = ["first", "second", "author_id", "timestamp", "username", "contents", "attachments"]


def _taken(path: Path) -> bool:
    above = [folder.name.lower() for folder in path.absolute().parents[:2]]
    return len(above) == 2 and above[0] in _PLACES and above[1] == "messages" and len(header_of(path)) >= len(_COLUMNS)


def _names(path: Path) -> list[str]:
    """Seven columns by their place; what stands behind them keeps the name in the header."""
    return [*_COLUMNS, *(name or f"column {place}" for place, name in enumerate(header_of(path)[7:], start=8))]


def _read(rows: ChatRows, index: int, source: SourceFile, _desk: Desk) -> None:
    names = _names(source.path)
    ids: tuple[set[str], set[str]] = (set(), set())
    authors: dict[str, None] = {}
    for _, record in plain_records(source, header=names):
        if isinstance(record, dict) and _ID.fullmatch(record["first"] or "") and _ID.fullmatch(record["second"] or ""):
            for held, name in zip(ids, ("first", "second"), strict=True):
                if len(held) < 2:
                    held.add(str(record[name]))
            if len(authors) < 3 and record["author_id"]:
                authors[record["author_id"]] = None
    first_is_channel = len(ids[0]) < len(ids[1]) or (len(ids[0]) == len(ids[1]) == 1 and min(ids[0]) < min(ids[1]))
    private = source.context == "dms" and len(authors) < 3

    def send(row: int, values: dict[str, str | None], attributes: dict[str, object], recipient: str | None) -> None:
        rows.add("messages", index, row, attributes, **values, recipient_id=recipient)

    pair = PrivateChat(send)
    channel = None
    for row, record in records(rows, index, source, header=names):
        channel, message = record["first"], record["second"]
        if not first_is_channel:
            channel, message = message, channel
        sender, moment = record["author_id"], record["timestamp"]
        sent_at = iso_time(moment, utc=True)
        if sender:
            rows.once("accounts", index, row, account_id=sender, pseudonym=record["username"])
        attributes: dict[str, object] = {
            "time_written": moment if sent_at != moment else None,
            "attachments": [_attachment(url) for url in (record["attachments"] or "").split()],
        }
        values = {"message_id": message, "sent_at": sent_at, "sender_id": sender, "text": record["contents"]}
        if private:
            pair.take(row, values, attributes)
            continue
        rows.once("rooms", index, row, room_id=channel, kind="group" if source.context == "dms" else "GuildTextChat")
        rows.add("messages", index, row, attributes, **values, room_id=channel)
    pair.settle(f"other-of-{channel}")


def _attachment(url: str) -> dict[str, str | None]:
    """Name and id of an attachment, which is the folder its file stands in; not its address."""
    parts = url.split("?", 1)[0].split("/")
    return {"id": parts[-2] if len(parts) > 1 else None, "name": base_name(parts[-1])}


DISCORD_RETURN = ExportFiles(
    "discord-return",
    "Discord",
    "Discord return to an authority",
    _taken,
    _read,
    context=lambda path: path.absolute().parent.name.lower(),
    platform="discord",
    VERSION="2",
)
"""Reader of what Discord returns to an authority.  Ids are Discord's own."""
