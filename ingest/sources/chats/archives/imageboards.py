"""How are threads of image boards read?  The JSON that 4chan and vichan serve, a file a thread.

Source of the format: 4chan's own description of its API, which vichan follows.  Nobody has an account: a trip code is
one wherever it stands on the site, a poster id one within its thread, and a post with neither is by nobody known: it
gets an account of its own, so that no two strangers become one person.  Pictures are told by name, size and MD5.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ingest.sources.chats.files import ExportFiles
from ingest.sources.chats.html import text_of_html
from ingest.sources.chats.json_stream import Found, base_name, first, objects, text_of, walk
from ingest.sources.chats.rows import ChatRows
from ingest.sources.reader import Desk, SourceFile

_BEGINS = re.compile(r'\s*\{\s*"posts"\s*:\s*\[\s*\{')
_POST: tuple[str, ...] = ("posts", "item")
_QUOTED = re.compile(r">>(\d+)")
_ROLES = {
    "mod": "moderator",
    "manager": "moderator",
    "admin": "staff",
    "admin_highlight": "staff",
    "developer": "staff",
    "founder": "staff",
}
_FOLDERS = frozenset({"thread", "threads", "res", "archive"})


def _taken(path: Path) -> bool:
    head = first(path)
    return path.suffix.lower() == ".json" and bool(_BEGINS.match(head)) and '"no"' in head


def _context(path: Path) -> str:
    """The board: the folder a thread stands in, or the one above ``thread`` or ``res``."""
    above = [folder.name for folder in path.absolute().parents]
    return next((name for name in above if name.lower() not in _FOLDERS), "")


def _read(rows: ChatRows, index: int, source: SourceFile, _desk: Desk) -> None:
    board = source.context or "board"
    for row, found in enumerate(walk(source.path, whole=frozenset({_POST})), start=1):
        _post(rows, index, row, found, board)


def _post(rows: ChatRows, index: int, row: int, found: Found, board: str) -> None:
    told = found.value
    number = text_of(told.get("no")) if isinstance(told, dict) else None
    if not found.place or found.fault or number is None:
        rows.reject_found("messages", index, row, found, what="element", lacks="has no number")
        return
    above = text_of(told.get("resto"))
    thread = f"{board}/{number if above in (None, '0') else above}"
    writer = _writer(told, thread, f"{board}/{number}")
    rows.once(
        "accounts",
        index,
        row,
        {"weak_identity": None if told.get("trip") else True},
        account_id=writer,
        pseudonym=text_of(told.get("name")),
        role=_ROLES.get(str(told.get("capcode"))),
    )
    if above in (None, "0"):
        rows.add(
            "rooms",
            index,
            row,
            {"board": board},
            room_id=thread,
            name=text_of(told.get("sub")) or thread,
            kind="thread",
            created_at=text_of(told.get("time")),
        )
    shown = text_of_html(text_of(told.get("com")) or "")
    rows.add(
        "messages",
        index,
        row,
        {
            "subject": text_of(told.get("sub")),
            "email": text_of(told.get("email")),
            "country": text_of(told.get("country")),
            "reply_to": [f"{board}/{quoted}" for quoted in dict.fromkeys(_QUOTED.findall(shown))],
            "attachments": [_file(file) for file in (told, *objects(told.get("extra_files"))) if file.get("md5")],
            "deleted_file": told.get("filedeleted") or None,
            "posters_in_thread": text_of(told.get("unique_ips")),
        },
        message_id=f"{board}/{number}",
        sent_at=text_of(told.get("time")),
        sender_id=writer,
        room_id=thread,
        text=shown or None,
    )


def _writer(told: Mapping[str, Any], thread: str, post: str) -> str:
    if trip := text_of(told.get("trip")):
        return f"trip {trip}"
    if poster := text_of(told.get("id")):
        return f"poster {poster} in {thread}"
    return f"nobody known of {post}"


def _file(told: Mapping[str, Any]) -> dict[str, object]:
    """Name, size and MD5 in hex, as lists of known media write it."""
    name = f"{text_of(told.get('filename')) or ''}{text_of(told.get('ext')) or ''}"
    digest = text_of(told.get("md5")) or ""
    try:
        md5 = base64.b64decode(digest, validate=True).hex()
    except (binascii.Error, ValueError):
        md5 = digest
    return {"name": base_name(name), "bytes": told.get("fsize"), "md5": md5}


IMAGEBOARD = ExportFiles("imageboard", "image boards", "thread of an image board", _taken, _read, context=_context)
"""Reader of threads as 4chan and vichan serve them."""
