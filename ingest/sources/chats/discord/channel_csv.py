"""How are Discord channels read that DiscordChatExporter wrote as CSV?  One file a channel, thread or private chat.

Source of the format: Tyrrrz/DiscordChatExporter, CsvMessageWriter.  The rows tell who, when and what; the file's name
tells where (``SERVER - CATEGORY - CHANNEL [ID].csv``).  No message has an id, nothing tells edits, replies or members.
"""

import re
from pathlib import Path

from ingest.sources.chats.csv_tables import header_of, plain_records, records
from ingest.sources.chats.discord.unanswered import DiscordRows
from ingest.sources.chats.files import ExportFiles
from ingest.sources.chats.json_stream import base_name
from ingest.sources.chats.private_chat import PrivateChat
from ingest.sources.chats.rows import ChatRows
from ingest.sources.chats.written_times import iso_time
from ingest.sources.reader import Desk, SourceFile

_HEADER = ["AuthorID", "Author", "Date", "Content", "Attachments", "Reactions"]
_NAME = re.compile(r"(?P<server>.+?) - (?P<category>.+?) - (?P<channel>.+) \[(?P<id>\d{15,20})\]")
_PLACE = re.compile(r"\[(?P<id>\d{15,20})\]")
_REACTION = re.compile(r"([^,]+?) \((\d+)\)")
_URLS = re.compile(r",(?=https?://|[A-Za-z]:\\|/)")
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/\d{4}")


def _taken(path: Path) -> bool:
    head = header_of(path)
    return head == _HEADER or head[:1] == [";".join(_HEADER)]


def _delimiter(path: Path) -> str:
    return ";" if header_of(path)[:1] == [";".join(_HEADER)] else ","


def _order(source: SourceFile, delimiter: str) -> str:
    """The order of day and month in dates with slashes, where the whole file tells it."""
    found: set[str] = set()
    for _, record in plain_records(source, delimiter=delimiter, header=_HEADER):
        if isinstance(record, dict) and (date := _SLASHES.match(record["Date"] or "")):
            found |= {"dmy"} if int(date[1]) > 12 else {"mdy"} if int(date[2]) > 12 else set()
    return found.pop() if len(found) == 1 else ""


def _read(rows: ChatRows, index: int, source: SourceFile, _desk: Desk) -> None:
    assert isinstance(rows, DiscordRows)  # as the reader below says
    named, place = _NAME.search(source.context), _PLACE.search(source.context)
    channel = place["id"] if place else f"channel-of-{source.context}"
    private = named is not None and (named["server"], named["category"]) == ("Direct Messages", "Private")

    def send(row: int, values: dict[str, str | None], attributes: dict[str, object], recipient: str | None) -> None:
        rows.add("messages", index, row, attributes, **values, recipient_id=recipient)

    pair, stub = PrivateChat(send), f"other-of-{channel}"
    delimiter = _delimiter(source.path)
    order = _order(source, delimiter)
    for row, record in records(rows, index, source, delimiter=delimiter, header=_HEADER):
        sender, moment = record["AuthorID"], iso_time(record["Date"], order=order)
        if sender:
            pseudonym = (record["Author"] or "").removesuffix("#0000")
            rows.shown(sender, pseudonym)
            rows.once("accounts", index, row, account_id=sender, pseudonym=pseudonym)
        attributes: dict[str, object] = {
            "time_written": record["Date"] if moment != record["Date"] else None,
            "attachments": [{"name": _file(url)} for url in _URLS.split(record["Attachments"] or "") if url],
            "reactions": [
                {"emoji": found[1], "count": int(found[2])} for found in _REACTION.finditer(record["Reactions"] or "")
            ],
        }
        values = {"sent_at": moment, "sender_id": sender, "text": record["Content"]}
        if private:
            rows.wrote(stub, sender)
            pair.take(row, values, attributes)
            continue
        rows.once(
            "rooms",
            index,
            row,
            {"guild": named["server"], "category": named["category"]} if named else None,
            room_id=channel,
            name=named["channel"] if named else source.context,
            kind="GuildTextChat" if named and named["server"] != "Direct Messages" else None,
        )
        rows.add("messages", index, row, attributes, **values, room_id=channel)
    if named and (begun := pair.unanswered) is not None:
        rows.unanswered(index, begun[0], stub, begun[1], named["channel"] if named["channel"] != channel else None)
    pair.settle(stub)


def _file(url: str) -> str | None:
    """The file's own name, without the address it could be fetched from."""
    return base_name(url.split("?", 1)[0])


DISCORD_CSV = ExportFiles(
    "discord-csv",
    "Discord",
    "DiscordChatExporter file (CSV)",
    _taken,
    _read,
    context=lambda path: path.stem,
    platform="discord",
    VERSION="3",
    rows=DiscordRows,
    by_name=True,
)
"""Reader of DiscordChatExporter's CSV.  Ids are Discord's own."""
