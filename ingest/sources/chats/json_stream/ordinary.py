"""Which elements of a list say only what nearly all of them say?  Decoded into a structure, without a dictionary each.

msgspec decodes the keys of a structure and passes over all others, so an element counts as ordinary only where its text
holds no more quotation marks than the keys and texts of its structure have: none is passed over, and none given twice.
It takes sound JSON alone: of any other the slower ways tell more.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, TypeVar

import msgspec

from ingest.sources.chats.json_stream.found import DEEPEST

Told = TypeVar("Told", bound=msgspec.Struct)


class NotPlain(Exception):
    """What was read is not sound, or not plainly so."""


@dataclass(frozen=True)
class Several(Generic[Told]):
    """Elements of one list, in their order: the structure of each, and by place the object of those not ordinary."""

    told: Sequence[Told]
    odd: Mapping[int, dict[str, Any]]

    def __len__(self) -> int:
        return len(self.told)

    def object(self, place: int) -> dict[str, Any]:
        """The element at that place as an object."""
        found = self.odd.get(place)
        return msgspec.to_builtins(self.told[place]) if found is None else found


class Ordinary(Generic[Told]):
    """``kind``: the structure of an ordinary element.  ``texts``: how many texts one holds, each key and value of it,
    with those within it; 0 where the structure shows already that something else is told there."""

    def __init__(self, kind: type[Told], texts: Callable[[Told], int]) -> None:
        self._texts = texts
        self._decode: Callable[[bytes], list[Told]] = msgspec.json.Decoder(list[kind]).decode  # type: ignore[valid-type]
        self._apart = msgspec.json.Decoder(list[msgspec.Raw]).decode
        self._objects = msgspec.json.Decoder(list[dict[str, Any]], float_hook=Decimal).decode
        self._written = msgspec.json.Encoder(decimal_format="number").encode

    def read(self, elements: bytes) -> Several[Told] | None:
        """Elements with commas between them; None where they are not plainly sound."""
        whole = b"[%b]" % elements
        try:
            told, written = self._decode(whole), list(map(bytes, self._apart(whole)))
            odd = [
                place for place, (texts, element) in enumerate(zip(map(self._texts, told), written, strict=True))
                if not texts or element.count(b'"') != 2 * texts
            ]
            return Several(told, dict(zip(odd, self._odd([written[place] for place in odd]), strict=True)))
        except (msgspec.MsgspecError, ValueError, ArithmeticError, RecursionError, NotPlain):
            return None

    def _odd(self, written: Sequence[bytes]) -> list[dict[str, Any]]:
        """The objects; NotPlain where a key was given twice: its first value is not written again."""
        if not written:
            return []
        whole = b"[%b]" % b",".join(written)
        objects = self._objects(whole)
        if self._written(objects).count(b'"') != whole.count(b'"') or b"\\u0022" in whole:
            raise NotPlain
        if any(one.count(b"[") + one.count(b"{") >= DEEPEST for one in written):
            for found in objects:
                keys_of(found)
        return objects


def keys_of(value: Any) -> int:
    """Keys of the value's objects, of those within it as well; NotPlain where it nests deeper than is kept."""
    count, depth = 0, 0
    inner: list[Any] = [value] if isinstance(value, dict | list) else []
    while inner:
        depth += 1
        below: list[Any] = []
        for one in inner:
            if one.__class__ is dict:
                count += len(one)
                one = one.values()
            below += [two for two in one if two.__class__ is dict or two.__class__ is list]
        inner = below
    if depth > DEEPEST:
        raise NotPlain
    return count
