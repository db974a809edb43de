"""How is a Mastodon archive read?  ``outbox.json`` with what a person posted, ``actor.json`` with who it is.

Source of the format: ActivityPub, as Mastodon writes it.  An account is its address (URI).  A post to one person and
nobody else is a message to them; all others go to the room of the person's posts, with whom they may be seen by.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ingest.sources.chats.files import ExportFiles
from ingest.sources.chats.html import text_of_html
from ingest.sources.chats.json_stream import Found, base_name, first, objects, part, text_of, walk
from ingest.sources.chats.rows import ChatRows
from ingest.sources.reader import Desk, SourceFile

_OUTBOX = re.compile(r'"type"\s*:\s*"OrderedCollection"')
_ACTOR = re.compile(r'"preferredUsername"\s*:')
_ITEMS = re.compile(r'"orderedItems"\s*:\s*\[\s*[{\]]')  # of likes and bookmarks beside it the items are addresses
_ITEM: tuple[str, ...] = ("orderedItems", "item")
_ROOT: tuple[str, ...] = ()
_PUBLIC = ("https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public")
_ADDRESS = re.compile(r"https?://(?P<host>[^/]+)/(?:users/|@)(?P<name>[^/]+)")


def _taken(path: Path) -> bool:
    if path.suffix.lower() != ".json":
        return False
    head = first(path)
    return (bool(_ACTOR.search(head)) and '"outbox"' in head) or (
        bool(_OUTBOX.search(head)) and bool(_ITEMS.search(head))
    )


def _read(rows: ChatRows, index: int, source: SourceFile, _desk: Desk) -> None:
    if source.context == "actor":
        _actor(rows, index, source)
        return
    for row, found in enumerate(walk(source.path, whole=frozenset({_ITEM})), start=1):
        _activity(rows, index, row, found)


def _actor(rows: ChatRows, index: int, source: SourceFile) -> None:
    found = next(walk(source.path, whole=frozenset({_ROOT})))
    told = found.value if isinstance(found.value, dict) and not found.fault else {}
    identity = text_of(told.get("id"))
    if identity is None:
        rows.reject(
            "accounts",
            index,
            1,
            reason=f"the file {found.fault or 'names no account'}",
            hint="the export was cut or changed: what stands before is read",
            raw="",
        )
        return
    rows.add(
        "accounts",
        index,
        1,
        {"owner_of_export": True, "display_name": text_of(told.get("name"))},
        account_id=identity,
        pseudonym=_name(identity),
        created_at=text_of(told.get("published")),
    )
    for other in told.get("alsoKnownAs") or []:
        if isinstance(other, str):
            rows.once("identifiers", index, 1, account_id=identity, kind="account_elsewhere", value=other)


def _activity(rows: ChatRows, index: int, row: int, found: Found) -> None:
    told = found.value
    actor, kind = text_of(part(told, "actor")), text_of(part(told, "type"))
    if not found.place or found.fault or actor is None or kind not in ("Create", "Announce"):
        rows.reject_found("messages", index, row, found, what="element", lacks="is no post")
        return
    _account(rows, index, row, actor)
    note = told.get("object")
    post: Mapping[str, Any] = note if isinstance(note, dict) else {}
    people = [
        str(tag["href"])
        for tag in objects(post.get("tag"))
        if tag.get("type") == "Mention" and isinstance(tag.get("href"), str)
    ]
    seen = _seen_by(told, people)
    values = {
        "message_id": text_of(post.get("id")) or text_of(told.get("id")),
        "sender_id": actor,
        "sent_at": text_of(told.get("published")) or text_of(post.get("published")),
        "text": text_of_html(text_of(post.get("content")) or "") or None,
    }
    attributes: dict[str, object] = {
        "form": "announce" if kind == "Announce" else None,
        "visible_to": seen,
        "announces": text_of(note) if kind == "Announce" else None,
        "reply_to": text_of(post.get("inReplyTo")),
        "warning": text_of(post.get("summary")),
        "edited_at": text_of(post.get("updated")),
        "mentions": people,
        "attachments": [
            {"name": base_name(text_of(file.get("url"))), "kind": text_of(file.get("mediaType"))}
            for file in objects(post.get("attachment"))
        ],
    }
    if seen == "direct" and len(people) == 1:
        _account(rows, index, row, people[0])
        rows.add("messages", index, row, attributes, **values, recipient_id=people[0])
        return
    room = f"posts:{actor}"
    rows.once("rooms", index, row, room_id=room, name=f"posts of {_name(actor) or actor}", kind="posts")
    rows.add("messages", index, row, attributes, **values, room_id=room)


def _seen_by(told: Mapping[str, Any], people: list[str]) -> str:
    """``public``, ``unlisted``, ``followers`` or ``direct``."""
    to, copied = (_listed(told.get(key)) for key in ("to", "cc"))
    if any(place in _PUBLIC for place in to):
        return "public"
    if any(place in _PUBLIC for place in copied):
        return "unlisted"
    return "direct" if all(place in people for place in (*to, *copied)) else "followers"


def _listed(value: Any) -> list[str]:
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]


def _account(rows: ChatRows, index: int, row: int, identity: str) -> None:
    rows.once("accounts", index, row, account_id=identity, pseudonym=_name(identity))


def _name(identity: str) -> str | None:
    found = _ADDRESS.match(identity)
    return f"@{found['name']}@{found['host']}" if found else None


MASTODON = ExportFiles(
    "mastodon",
    "Mastodon",
    "Mastodon archive",
    _taken,
    _read,
    context=lambda path: "actor" if _ACTOR.search(first(path)) and '"outbox"' in first(path) else "outbox",
)
"""Reader of Mastodon's archive: ids are addresses.  Only what the person posted is in it."""
