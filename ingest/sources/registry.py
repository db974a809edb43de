"""Which formats can be read?  All readers, in the order in which ``--format auto`` asks them."""

from pathlib import Path

from ingest.archives import ARCHIVE
from ingest.archives.recognising import closed_kind
from ingest.errors import SourceUnreadable
from ingest.mapping import Mapping, read_mapping
from ingest.source_files import printable
from ingest.sources.bods.statement_files import Bods
from ingest.sources.chats.archives.google_chat import GOOGLE_CHAT
from ingest.sources.chats.archives.imageboards import IMAGEBOARD
from ingest.sources.chats.archives.mastodon import MASTODON
from ingest.sources.chats.archives.signal_backup import SIGNAL_BACKUP
from ingest.sources.chats.axiom import AXIOM
from ingest.sources.chats.discord import DISCORD, DISCORD_CSV, DISCORD_PACKAGE, DISCORD_RETURN
from ingest.sources.chats.lava import LavaFolder
from ingest.sources.chats.mail import MAIL
from ingest.sources.chats.matrix import MATRIX
from ingest.sources.chats.meta import META, META_HTML, META_RETURN
from ingest.sources.chats.returns.kik import KIK
from ingest.sources.chats.returns.roblox import ROBLOX
from ingest.sources.chats.returns.snapchat import SNAPCHAT
from ingest.sources.chats.returns.x_twitter import X_TWITTER
from ingest.sources.chats.slack import SlackExport
from ingest.sources.chats.telegram import TELEGRAM, TELEGRAM_HTML
from ingest.sources.chats.texts import TEXTS
from ingest.sources.databases.mapped_database import Database
from ingest.sources.databases.snapshot import DatabaseSnapshot
from ingest.sources.delimited import Delimited
from ingest.sources.evidence.folder import EvidenceFolder
from ingest.sources.extractions.case_uco import CASE
from ingest.sources.extractions.ufdr import UFDR
from ingest.sources.irc import IrcLogs
from ingest.sources.reader import Reader
from ingest.sources.registers.icij import OffshoreLeaks
from ingest.sources.registers.psc import PscSnapshot
from ingest.sources.structured import ENDINGS, Structured

READERS: tuple[Reader, ...] = (
    EvidenceFolder(), UFDR, CASE, Bods(), PscSnapshot(), OffshoreLeaks(), DISCORD, DISCORD_CSV, DISCORD_PACKAGE,
    DISCORD_RETURN, SlackExport(), LavaFolder(), GOOGLE_CHAT, KIK, TELEGRAM, TELEGRAM_HTML, META, META_HTML,
    META_RETURN, MATRIX, IMAGEBOARD, MASTODON, SIGNAL_BACKUP, SNAPCHAT, ROBLOX, X_TWITTER, AXIOM, MAIL, *TEXTS,
    IrcLogs(), Database(), DatabaseSnapshot(), Structured(), Delimited(),
)


def format_of_mapping(mapping: Path) -> str:
    """The name of the reader that takes this mapping; MappingInvalid where the file is none."""
    return format_for(read_mapping(mapping))


def format_for(mapping: Mapping) -> str:
    """The same of a mapping that was read."""
    form = mapping.form
    return Database.NAME if form == "database" else Structured.NAME if form in ENDINGS else Delimited.NAME


def readers_for(path: Path, *, format: str = "auto") -> tuple[Reader, ...]:
    """The readers of a source: the one of that name; for ``auto`` the first that recognises a file, all that recognise
    something in a folder, which may mix what it holds.  SourceUnreadable if there is none.
    """
    first = reader_for(path, format=format)
    if format != "auto" or not path.is_dir():
        return (first,)
    return (first, *(reader for reader in READERS if reader is not first and reader.recognises(path)))


def reader_for(path: Path, *, format: str = "auto") -> Reader:
    """The reader of that name, for ``auto`` the first that recognises the path; SourceUnreadable if there is none."""
    names = ", ".join((*(reader.NAME for reader in READERS), ARCHIVE))
    for reader in READERS:
        if format == reader.NAME or (format == "auto" and reader.recognises(path)):
            return reader
    if format == "auto" and (closed := closed_kind(path)):
        raise SourceUnreadable(
            f"is {closed}, which cannot be opened here", where=printable(path), fix="unpack it and give the folder"
        )
    if format == "auto":
        raise SourceUnreadable(
            "is of no known format", where=printable(path),
            fix=f"filature map FILE proposes how a table of its own columns is read; else say which: --format {names}"
        )
    raise SourceUnreadable(f"there is no format {format!r}", where="--format", fix=f"it is one of auto, {names}")
