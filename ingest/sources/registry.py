"""Which formats can be read?  All readers, in the order in which ``--format auto`` asks them."""

from pathlib import Path

from ingest.errors import SourceUnreadable
from ingest.source_files import printable
from ingest.sources.bods import Bods
from ingest.sources.chats.discord import DiscordExport
from ingest.sources.chats.lava import LavaFolder
from ingest.sources.chats.telegram import TelegramExport
from ingest.sources.chats.whatsapp import WHATSAPP
from ingest.sources.delimited import Delimited
from ingest.sources.evidence import EvidenceFolder
from ingest.sources.irc import IrcLogs
from ingest.sources.reader import Reader

READERS: tuple[Reader, ...] = (
    EvidenceFolder(), Bods(), DiscordExport(), TelegramExport(), *WHATSAPP, LavaFolder(), IrcLogs(), Delimited(),
)


def reader_for(path: Path, *, format: str = "auto") -> Reader:
    """The reader of that name, for ``auto`` the first that recognises the path; SourceUnreadable if there is none."""
    names = ", ".join(reader.NAME for reader in READERS)
    for reader in READERS:
        if format == reader.NAME or (format == "auto" and reader.recognises(path)):
            return reader
    if format == "auto":
        raise SourceUnreadable("is of no known format", where=printable(path), fix=f"say which: --format {names}")
    raise SourceUnreadable(f"there is no format {format!r}", where="--format", fix=f"it is one of auto, {names}")
