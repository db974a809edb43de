"""Which program wrote a dump, and how does it write texts?  Told by the remarks at its beginning."""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from ingest.source_files import first_bytes

_HEAD = 1 << 16
_POSTGRESQL = re.compile(rb"^-- PostgreSQL database (?:cluster )?dump", re.M)
_MYSQL = re.compile(rb"^-- (?:MySQL|MariaDB|phpMyAdmin SQL) [Dd]ump", re.M)
_SERVER = re.compile(rb"^-- (?:Dumped from database version|Server version:?)\s+([^\r\n]{1,80})", re.M)
_ENCODING = re.compile(
    rb"^(?:SET client_encoding = '|/\*!\d+ SET NAMES |SET NAMES '?)([A-Za-z0-9_]+)", re.M
)
_CODECS = {"utf8": "utf-8", "utf8mb3": "utf-8", "utf8mb4": "utf-8", "latin1": "cp1252", "win1252": "cp1252",
           "win1251": "cp1251", "win1250": "cp1250", "sjis": "shift_jis", "euc_jp": "euc_jp"}
CUSTOM = b"PGDMP"


@dataclass(frozen=True)
class Dialect:
    """``backslash``: in a quoted text a backslash hides the next character, as MySQL writes; ``server``: its version
    as the dump says, empty where it does not; ``encoding``: a codec of Python."""

    name: str
    backslash: bool
    server: str
    encoding: str


def dialect_of(path: Path) -> Dialect | None:
    """How the dump is written; None where the file is none.  Never raises."""
    head = first_bytes(path, _HEAD)
    postgresql = bool(_POSTGRESQL.search(head, 0, 4096))
    if not postgresql and not _MYSQL.search(head, 0, 4096):
        return None
    server, encoding = _SERVER.search(head), _ENCODING.search(head)
    return Dialect(
        "PostgreSQL" if postgresql else "MySQL", not postgresql,
        server[1].decode("ascii", "replace").strip() if server else "",
        _codec(encoding[1].decode("ascii")) if encoding else "utf-8",
    )


def is_custom(path: Path) -> bool:
    """Is it PostgreSQL's packed form, which only ``pg_restore`` opens?"""
    return first_bytes(path, len(CUSTOM)) == CUSTOM


def _codec(told: str) -> str:
    """The codec of that name; UTF-8 where Python has none (MySQL's latin1 is Windows-1252)."""
    name = _CODECS.get(told.lower(), told)
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "utf-8"
