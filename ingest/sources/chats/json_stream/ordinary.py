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
        self._objects = msgspec.json.Decoder(list[dict[str, Any]], float_hook=Decimal).decode
        self._written = msgspec.json.Encoder(decimal_format="number").encode

    def read(self, elements: bytes, between: bytes) -> Several[Told] | None:
        """Elements that follow each other; None where they are not plainly sound.

        ``between``: the end of one and the beginning of the next.
        """
        try:
            told, written = self._decode(b"[%b]" % elements), elements.split(between)
            odd = [
                place for place, (texts, element) in enumerate(zip(map(self._texts, told), written, strict=True))
                if not texts or element.count(b'"') != 2 * texts
            ]
            return Several(told, dict(zip(odd, self._apart(written, odd, between), strict=True)))
        except (msgspec.MsgspecError, ValueError, RecursionError, NotPlain):
            return None

    def _apart(self, written: Sequence[bytes], odd: Sequence[int], between: bytes) -> list[dict[str, Any]]:
        """The objects at these places; NotPlain where a key was given twice: its first value is not written again."""
        if not odd:
            return []
        last, rest = len(written) - 1, between[: between.index(b",")]
        whole = b",".join([
            b"%b%b%b" % (b"{" if place else b"", written[place], rest if place < last else b"") for place in odd
        ])
        objects = self._objects(b"[%b]" % whole)
        if self._written(objects).count(b'"') != whole.count(b'"') or b"\\u0022" in whole:
            raise NotPlain
        if any(written[place].count(b"[") + written[place].count(b"{") >= DEEPEST for place in odd):
            keys_of(objects)
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
