"""How is a CASE/UCO graph read?  Accounts, messages, threads and devices of a JSON-LD bundle, by their facets.

Source of the format: Unified Cyber Ontology 1.x, Cyber-investigation Analysis Standard Expression, and CASE-Examples.
Terms are known by their local names, since every tool chooses its own prefixes.  The file is walked twice: who and what
first, then the messages, one at a time.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest.sources.chats.files import ExportFiles
from ingest.sources.chats.json_stream import first, text_of, walk, written
from ingest.sources.chats.rows import ChatRows
from ingest.sources.reader import Desk, SourceFile

_NODE, _BARE = ("@graph", "item"), ("item",)
_ACCOUNTS = ("ApplicationAccount", "DigitalAccount", "EmailAccount", "PhoneAccount", "UserAccount", "Account")
_DEVICES = ("Device", "MobileDevice", "SmartDevice", "Computer", "SIMCard")
_SERIALS = ("IMEI", "ESN", "serialNumber", "bluetoothDeviceName", "ICCID")
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[A-Za-z]{2,}")


def _taken(path: Path) -> bool:
    if path.suffix.lower() not in (".json", ".jsonld"):
        return False
    head = first(path, size=64 << 10)
    return "unifiedcyberontology.org" in head and '"@' in head


def local(term: str) -> str:
    """The name of a term without its prefix or namespace."""
    return re.split(r"[/#:]", term)[-1]


@dataclass(frozen=True)
class _Thing:
    """A node with the properties of its facets taken into it, by local names."""

    place: int
    id: str
    types: tuple[str, ...]
    properties: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, place: int, node: Mapping[str, Any]) -> "_Thing":
        found: dict[str, list[Any]] = {}
        types = _listed(node.get("@type"))
        for part in (node, *(one for key in node if local(key) == "hasFacet" for one in _listed(node[key]))):
            if isinstance(part, Mapping):
                for key, value in part.items():
                    if not key.startswith("@") and local(key) != "hasFacet":
                        found.setdefault(local(key), []).extend(_listed(value))
        return cls(place, text_of(node.get("@id")) or "", tuple(local(one) for one in types if isinstance(one, str)),
                   {key: tuple(values) for key, values in found.items()})

    def text(self, *names: str) -> str | None:
        values = (_plain(value) for name in names for value in self.properties.get(name, ()))
        return next((value for value in values if value), None)

    def refs(self, *names: str) -> tuple[str, ...]:
        """Ids of the nodes that these properties point to."""
        found = (value for name in names for value in self.properties.get(name, ()))
        return tuple(text_of(one.get("@id")) or "" for one in found if isinstance(one, Mapping) and "@id" in one)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _plain(value: Any) -> str | None:
    return text_of(value.get("@value")) if isinstance(value, Mapping) else text_of(value)


class _Bundle:
    """One file."""

    def __init__(self, rows: ChatRows, index: int, path: Path) -> None:
        self._rows, self._index, self._path = rows, index, path
        self._things: dict[str, _Thing] = {}
        self._threads: dict[str, _Thing] = {}
        self._written: dict[str, tuple[str, str]] = {}  # node to (platform, account)
        self._links: list[tuple[str, str, str]] = []

    def read(self) -> None:
        for place, node, fault in self._nodes():
            if node is None:
                self._rows.reject("messages", self._index, place, reason=f"the file {fault}", raw="",
                                  hint="the file was cut or changed: what stands before is read")
                continue
            thing = _Thing.of(place, node)
            if "Message" not in thing.types:
                self._know(thing)
        for thing in list(self._things.values()):
            if set(thing.types) & set(_ACCOUNTS):
                self._account(thing.id)
        self._devices()
        for place, node, _fault in self._nodes():
            if node is not None and "Message" in (thing := _Thing.of(place, node)).types:
                self._message(thing, node)

    def _nodes(self) -> Iterator[tuple[int, Mapping[str, Any] | None, str]]:
        """(place, node, fault); the node is None where the file ends or is broken."""
        place = 0
        for found in walk(self._path, whole=frozenset((_NODE, _BARE)), plain=frozenset(), begun=frozenset()):
            if not found.place:
                yield place + 1, None, found.fault
                continue
            place += 1
            if isinstance(found.value, Mapping) and not found.fault:
                yield place, found.value, ""
            else:
                yield place, {"@id": f"odd {place}", "@type": "Message", "odd": found.fault or "is no object"}, ""

    def _know(self, thing: _Thing) -> None:
        if "Relationship" in thing.types or "ObservableRelationship" in thing.types:
            kind = thing.text("kindOfRelationship") or ""
            self._links += [
                (source, kind, target) for source in thing.refs("source") for target in thing.refs("target")
            ]
            return
        if thing.id:
            self._things[thing.id] = thing
        if "MessageThread" in thing.types:
            for inner in thing.properties.get("messageThread", ()):
                if isinstance(inner, Mapping):
                    for one in _Thing.of(thing.place, inner).refs("element"):
                        self._threads[one] = thing

    def _name(self, node: str) -> str | None:
        thing = self._things.get(node)
        return None if thing is None else thing.text("name", "applicationIdentifier", "displayName")

    def _account(self, node: str, place: int = 0) -> tuple[str, str]:
        """(platform, account id) of an account's node, written the first time it is met."""
        if node in self._written:
            return self._written[node]
        thing = self._things.get(node) or _Thing(place, node, ())
        issuer = next((name for one in thing.refs("application", "accountIssuer") if (name := self._name(one))), None)
        platform = (issuer or thing.text("accountIssuer") or "case").lower().replace(":", "-")
        address = next((self._things[one].text("addressValue") for one in thing.refs("emailAddress", "phoneNumber")
                        if one in self._things), None)
        account = thing.text("accountIdentifier") or address or thing.text("accountLogin", "phoneNumber") or local(node)
        self._written[node] = platform, account
        owners = [self._name(source) for source, kind, target in self._links
                  if target == node and kind.lower() in ("has_account", "hasaccount")]
        self._rows.once(
            "accounts", self._index, thing.place or place,
            {"node": node, "persons": [one for one in owners if one], "logins": [
                text for value in thing.properties.get("accountLogin", ()) if (text := _plain(value))]},
            platform=platform, account_id=account, pseudonym=thing.text("displayName", "accountLogin", "name"),
            created_at=thing.text("observableCreatedTime", "firstLoginTime"),
        )
        for value in {account, *([address] if address else ())}:
            kind = "email" if _MAIL.fullmatch(value) else "phone" if "PhoneAccount" in thing.types else None
            if kind is not None:
                self._rows.once("identifiers", self._index, thing.place or place, platform=platform,
                                account_id=account, kind=kind, value=value)
        return platform, account

    def _devices(self) -> None:
        """A device that a relationship joins to an account is an identifier of it."""
        for source, kind, target in self._links:
            for one, other in ((source, target), (target, source)):
                device, account = self._things.get(one), self._written.get(other)
                if device is None or account is None or not set(device.types) & set(_DEVICES):
                    continue
                value = device.text(*_SERIALS) or local(device.id)
                self._rows.once("identifiers", self._index, device.place,
                                {"relationship": kind, "model": device.text("model", "name")}, platform=account[0],
                                account_id=account[1], kind="device", value=value)

    def _message(self, thing: _Thing, node: Mapping[str, Any]) -> None:
        senders, to = thing.refs("from"), thing.refs("to")
        if not senders:
            reason = "is no object" if "odd" in node else "the message names no sender"
            self._rows.reject("messages", self._index, thing.place, reason=str(node.get("odd") or reason),
                              hint="the export was changed, or written by another program", raw=written(node))
            return
        platform, sender = self._account(senders[0], thing.place)
        thread = self._threads.get(thing.id)
        values = {"message_id": thing.id or None, "sent_at": thing.text("sentTime", "observableCreatedTime"),
                  "sender_id": sender, "text": thing.text("messageText", "body")}
        attributes: dict[str, object] = {"form": thing.text("messageType"), "thread": thread.id if thread else None,
                                         "attachments": [{"node": one} for one in thing.refs("attachment")]}
        people = set(thread.refs("participant")) if thread else set()
        if thread is not None and (len(people) != 2 or len(to) != 1):
            room = thread.text("identifier") or thread.id
            self._rows.once("rooms", self._index, thread.place, platform=platform, room_id=room,
                            name=thread.text("name"), kind="thread")
            self._rows.add("messages", self._index, thing.place, attributes, platform=platform, room_id=room, **values)
            return
        if not to:
            self._rows.reject("messages", self._index, thing.place, reason="the message names no recipient",
                              hint="it stands in no thread and says nobody it went to", raw=written(node))
        for turn, one in enumerate(to):
            recipient = self._account(one, thing.place)[1]
            number = values["message_id"] if turn == 0 else f"{thing.id}#{turn + 1}"
            self._rows.add("messages", self._index, thing.place, attributes, platform=platform, recipient_id=recipient,
                           **{**values, "message_id": number})


def _read(rows: ChatRows, index: int, source: SourceFile, _desk: Desk) -> None:
    _Bundle(rows, index, source.readable).read()


CASE = ExportFiles("case-uco", "CASE/UCO", "CASE/UCO graph (JSON-LD)", _taken, _read, platform="case")
"""Reader of CASE/UCO bundles."""
