"""How are mails read?  ``.eml``, one a file, and ``.mbox``, one after the other.

An address is the account.  A mail to one address goes from one to the other, one to several to the room of all who are
on it.  Of attachments name, size and SHA-256 are kept.  Parsed by Python's own ``email``, one mail at a time.
"""

import email
import email.message
import email.policy
import hashlib
import re
from collections.abc import Iterator
from email.header import decode_header, make_header
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path

from ingest.sources.chats.files import ExportFiles
from ingest.sources.chats.html import text_of_html
from ingest.sources.chats.json_stream import base_name, first
from ingest.sources.chats.rows import ChatRows
from ingest.sources.reader import Desk, SourceFile

_LARGEST = 64 << 20
_HEADER = re.compile(
    r"(?:From|Date|Message-ID|Received|Return-Path|Delivered-To|Subject|To|MIME-Version):", re.IGNORECASE
)
_NEEDED = re.compile(r"^From:", re.IGNORECASE | re.MULTILINE)
_FROM = b"From "
_ADDRESS = re.compile(r"[^@\s<>]+@[^@\s<>]+")
_ORIGIN = re.compile(r"\[?((?:\d{1,3}\.){3}\d{1,3}|[0-9a-f:]{3,39})\]?", re.IGNORECASE)
_BROKEN = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError, MemoryError)


def _taken(path: Path) -> bool:
    ending = path.suffix.lower()
    if ending not in (".eml", ".mbox", ".mbx"):
        return False
    head = first(path)
    if ending in (".mbox", ".mbx"):
        return head.startswith("From ") and bool(_NEEDED.search(head))
    return bool(_HEADER.match(head)) and bool(_NEEDED.search(head))


def _mails(path: Path, *, many: bool) -> Iterator[tuple[int, bytes | None]]:
    """(line it begins on, its bytes) of every mail; None for one that is too large.

    A mail begins with a line ``From `` at the beginning or after a blank line, as writers of mbox have it.
    """
    held: list[bytes] = []
    begun, size, blank = 1, 0, True
    with path.open("rb") as stream:
        for number, line in enumerate(iter(lambda: stream.readline(1 << 20), b""), start=1):
            if many and blank and line.startswith(_FROM):
                if size:
                    yield begun, b"".join(held) if size <= _LARGEST else None
                begun, held, size, blank = number, [], 0, False
                continue
            blank = not line.strip()
            size += len(line)
            if size <= _LARGEST:
                held.append(line[1:] if many and re.match(rb">+From ", line) else line)
            else:
                held = []
    if size:
        yield begun, b"".join(held) if size <= _LARGEST else None


def _read(rows: ChatRows, index: int, source: SourceFile, _desk: Desk) -> None:
    many = source.path.suffix.lower() in (".mbox", ".mbx")
    for row, (line, data) in enumerate(_mails(source.readable, many=many), start=1):
        if data is None:
            rows.reject(
                "messages",
                index,
                row,
                reason=f"the mail is larger than {_LARGEST >> 20} MB",
                hint="take it out and read it by itself",
                raw=f"line {line}",
            )
            continue
        try:
            _mail(rows, index, row, line, email.message_from_bytes(data, policy=email.policy.compat32))
        except _BROKEN as error:
            rows.reject(
                "messages",
                index,
                row,
                reason=f"the mail cannot be taken apart ({type(error).__name__})",
                hint="it is damaged, or made to be; the others are read",
                raw=data[:100_000].decode("utf-8", "backslashreplace"),
            )


def _mail(rows: ChatRows, index: int, row: int, line: int, mail: email.message.Message) -> None:
    senders = _addresses(mail, "From") or _addresses(mail, "Sender")
    people = {kind: _addresses(mail, kind) for kind in ("To", "Cc", "Bcc")}
    recipients = list(dict.fromkeys(address for found in people.values() for _, address in found))
    for name, address in (*senders, *(one for found in people.values() for one in found)):
        rows.once("accounts", index, row, account_id=address, pseudonym=name or address)
        rows.once("identifiers", index, row, account_id=address, kind="email", value=address)
    sender = senders[0][1] if senders else None
    written = _text(mail.get("Date"))
    texts, files = _parts(mail)
    attributes: dict[str, object] = {
        "subject": _text(mail.get("Subject")),
        "time_written": written,
        "line": line,
        "reply_to": _text(mail.get("In-Reply-To")),
        "references": (_text(mail.get("References")) or "").split(),
        "copied": [address for _, address in people["Cc"]],
        "blind": [address for _, address in people["Bcc"]],
        "attachments": files,
        "origin": _origin(mail),
        "mailer": _text(mail.get("X-Mailer") or mail.get("User-Agent")),
    }
    values = {
        "message_id": (_text(mail.get("Message-ID")) or "").strip("<> ") or None,
        "sent_at": _moment(written),
        "sender_id": sender,
        "text": "\n".join(texts).strip() or None,
    }
    others = [address for address in recipients if address != sender] or recipients
    if len(others) == 1:
        rows.add("messages", index, row, attributes, **values, recipient_id=others[0])
        return
    room = None
    if others:
        everybody = sorted({*others, *([sender] if sender else [])})
        room = "mail:" + hashlib.sha256("\n".join(everybody).encode("utf-8", "replace")).hexdigest()[:16]
        rows.once(
            "rooms", index, row, {"members": everybody}, room_id=room, name=_text(mail.get("Subject")), kind="mail"
        )
    rows.add("messages", index, row, attributes, **values, room_id=room)


def _parts(mail: email.message.Message) -> tuple[list[str], list[dict[str, object]]]:
    """Texts of the body (plain ones, else what HTML shows) and what is attached."""
    plain: list[str] = []
    shown: list[str] = []
    files: list[dict[str, object]] = []
    for part in mail.walk():
        if part.is_multipart():
            continue
        kind, name = part.get_content_type(), part.get_filename()
        payload = part.get_payload(decode=True)
        data = payload if isinstance(payload, bytes) else b""
        if name or part.get_content_disposition() == "attachment" or not kind.startswith("text/"):
            files.append(
                {
                    "name": base_name(_text(name)),
                    "kind": kind,
                    "bytes": len(data),
                    "sha256": hashlib.sha256(data).hexdigest() if data else None,
                }
            )
        elif kind == "text/html":
            shown.append(text_of_html(_decoded(part, data)))
        else:
            plain.append(_decoded(part, data))
    return plain if any(text.strip() for text in plain) else shown, files


def _decoded(part: email.message.Message, data: bytes) -> str:
    try:
        return data.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        return data.decode("utf-8", "replace")


def _addresses(mail: email.message.Message, name: str) -> list[tuple[str, str]]:
    """(name, address in lower case) of a header that lists people."""
    found = getaddresses([str(value) for value in mail.get_all(name, [])])
    return [(_text(shown) or "", address.lower()) for shown, address in found if _ADDRESS.fullmatch(address)]


def _text(value: object) -> str | None:
    """A header as text, encoded words decoded where they can be."""
    if value is None:
        return None
    try:
        text = str(make_header(decode_header(str(value))))
    except _BROKEN:
        text = str(value)
    return " ".join(text.split()) or None


def _moment(written: str | None) -> str | None:
    try:
        return parsedate_to_datetime(written).isoformat() if written else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return written


def _origin(mail: email.message.Message) -> str | None:
    found = _ORIGIN.fullmatch((_text(mail.get("X-Originating-IP")) or "").strip())
    return found[1] if found else None


MAIL = ExportFiles("mail", "mail", "mail (mbox, eml)", _taken, _read, VERSION="2")
"""Reader of mails.  The first address under ``From`` is who sent it, as the mail says."""
