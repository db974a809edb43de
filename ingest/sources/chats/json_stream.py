"""How is a JSON file of any size read?  Element by element (ijson), with what real exports get wrong repaired.

Repaired in passing: bytes that are no UTF-8 (U+FFFD stands for them), control characters written as they
are, and ``\\x1F``, which is no JSON (Telegram Desktop writes it).  Where a file ends too early or is broken, what
stands before is read, and the place is told.
"""

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

import ijson

_BLOCK = 1 << 20
DEEPEST = 64
"""Levels of an element that are kept; no export nests deeper."""
_ODD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]|\\(?:x[0-9A-Fa-f]{2}|.)", re.DOTALL)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_UNQUOTED = re.compile(r"(\"document_id\": )(\([^)\"\n]*\))")
_OPENING = {"start_map", "start_array"}
_CLOSING = {"end_map", "end_array"}
Place = tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """What stands at ``place`` (keys from the root, ``item`` for an element of a list).

    ``value`` is None where an object or list only begins, or where the file is broken.  ``fault``: what is wrong, and
    ``pointer`` (RFC 6901) where.
    """

    place: Place
    pointer: str = ""
    value: Any = None
    fault: str = ""


def walk(path: Path, *, whole: frozenset[Place], plain: frozenset[Place], begun: frozenset[Place]) -> Iterator[Found]:
    """In the order of the file: every value at a place of ``whole``, every text or number at one of ``plain``, the
    beginning of every object or list at one of ``begun``.

    A broken file ends with a ``Found`` at the place ``()`` that tells the fault.  OSError if it cannot be read.
    """
    keys: list[str] = []  # the place of what comes next; the last is replaced by each key or counted by each element
    counts: list[int] = []  # elements so far of each open list, -1 for an object
    with path.open("rb") as raw:
        events = ijson.basic_parse(_Mended(raw))  # numbers as Decimal: none overflows
        try:
            for event, value in events:
                if event == "map_key":
                    keys[-1] = value
                    continue
                if event in _CLOSING:
                    counts.pop()
                    keys.pop()
                    _after(counts)
                    continue
                place = tuple(keys)
                if place in whole:
                    built, fault = _built(event, value, events)
                    yield Found(place, _pointer(keys, counts) if fault else "", built, fault)
                    _after(counts)
                elif event in _OPENING:
                    if place in begun:
                        yield Found(place)
                    counts.append(0 if event == "start_array" else -1)
                    keys.append("item" if event == "start_array" else "")
                    if len(counts) > DEEPEST:
                        yield Found((), "", fault=f"nests more than {DEEPEST} levels deep")
                        return
                else:
                    if place in plain:
                        yield Found(place, value=value)
                    _after(counts)
        except (ijson.JSONError, ValueError) as error:
            cut = "premature EOF" in str(error)
            yield Found((), _pointer(keys, counts), fault="ends too early" if cut else "is no JSON from here on")


def _built(event: str, value: Any, events: Iterator[tuple[str, Any]]) -> tuple[Any, str]:
    """The value that begins with this event, and what is wrong with it: a key given twice, a depth no export has."""
    if event not in _OPENING:
        return value, ""
    here: Any = {} if event == "start_map" else []
    whole, key, fault = here, "", ""
    above: list[Any] = []  # what is open around ``here``, and the keys there
    keys: list[str] = []
    for event, value in events:
        if event == "map_key":
            key = value
            if key in here:
                fault = f"has the key {key[:40]!r} twice"
        elif event in _CLOSING:
            if not above:
                break
            here, key = above.pop(), keys.pop()
        elif event in _OPENING:
            inner: Any = {} if event == "start_map" else []
            if len(above) < DEEPEST:
                if here.__class__ is dict:
                    here[key] = inner
                else:
                    here.append(inner)
            else:  # built, and left out of the whole
                fault = f"nests more than {DEEPEST} levels deep"
            above.append(here)
            keys.append(key)
            here = inner
        elif here.__class__ is dict:
            here[key] = value
        else:
            here.append(value)
    return whole, fault


def first(path: Path, *, size: int = 16 << 10) -> str:
    """The beginning of a file as text; empty if it cannot be read or is packed."""
    try:
        with path.open("rb") as stream:
            data = stream.read(size)
    except OSError:
        return ""
    return "" if data[:2] in (b"\x1f\x8b", b"PK") else data.decode("utf-8-sig", "replace")


def text_of(value: Any) -> str | None:
    """A text, number or truth as text; None for nothing, objects and lists."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float | Decimal):
        return str(value) or None
    return None


def written(value: Any) -> str:
    """Any value as JSON."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def part(value: Any, *keys: str) -> Any:
    """What stands below these keys; None where one is missing or holds no object."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def objects(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; none of what is no list."""
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def base_name(name: str | None) -> str | None:
    """A file's name without the folders before it."""
    return None if name is None else name.replace("\\", "/").rsplit("/", 1)[-1]


def _after(counts: list[int]) -> None:
    if counts and counts[-1] >= 0:
        counts[-1] += 1


def _pointer(keys: list[str], counts: list[int]) -> str:
    parts = [str(count) if count >= 0 else key for key, count in zip(keys, counts, strict=True)]
    return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in parts)


class _Mended:
    """A stream of bytes that is UTF-8 and escapes what JSON wants escaped."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = raw
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""
        self._begun = False
        self._more = True

    def read(self, size: int = -1) -> bytes:
        if size == 0:
            return b""
        while self._more:
            block = self._raw.read(_BLOCK)
            self._more = bool(block)
            text = self._rest + self._decoder.decode(block, final=not block)
            if not self._begun:
                text, self._begun = text.removeprefix("\ufeff"), True
            cut = len(text)
            if block:  # what is mended stands on one line
                cut = text.rfind("\n") + 1 or len(text) - _open_end(text)
            self._rest = text[cut:]
            if text[:cut]:
                return self._mend(text[:cut]).encode("utf-8", "replace")
        return b""

    def _mend(self, text: str) -> str:
        if '"document_id": (' in text:
            text = _UNQUOTED.sub(r'\1"\2"', text)
        if "\\x" not in text and not _CONTROLS.search(text):
            return text
        return _ODD.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    odd = found[0]
    if odd[:2] == "\\x" and len(odd) == 4:
        return f"\\u00{odd[2:]}"
    return f"\\u{ord(odd):04x}" if odd < " " else odd


def _open_end(text: str) -> int:
    """How many characters at the end may be the beginning of an escape that the next block goes on with."""
    tail = text[-4:]
    at = tail.rfind("\\")
    if at < 0:
        return 0
    backslashes = len(text) - len(text.rstrip("\\")) if tail.endswith("\\") else None
    if backslashes is not None:
        return backslashes % 2
    # an escape begun before the last characters: is its backslash itself escaped?
    before = text[: len(text) - len(tail) + at]
    return 0 if (len(before) - len(before.rstrip("\\"))) % 2 else len(tail) - at
