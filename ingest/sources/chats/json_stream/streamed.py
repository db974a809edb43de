"""How is any JSON file walked through, broken or not?  Event by event (ijson), so that a fault's place is known."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ijson

from ingest.sources.chats.json_stream.found import DEEPEST, Found, LeftOut, Place
from ingest.sources.chats.json_stream.mended import CUT, LONGEST, MendedBytes

_SHOWN = 1000  # characters of a text that is left out
_OPENING = {"start_map", "start_array"}
_CLOSING = {"end_map", "end_array"}


def streamed(
    path: Path, *, whole: frozenset[Place], plain: frozenset[Place], begun: frozenset[Place]
) -> Iterator[Found]:
    """What ``walk`` gives; a broken file ends with a ``Found`` at the place ``()`` that tells the fault."""
    keys: list[str] = []  # the place of what comes next; the last is replaced by each key or counted by each element
    counts: list[int] = []  # elements so far of each open list, -1 for an object
    with path.open("rb") as raw:
        events = ijson.basic_parse(MendedBytes(raw))  # numbers as Decimal: none overflows
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
                        value, long = _text(value)
                        if long:
                            yield Found((), _pointer(keys, counts), fault=long)
                        yield Found(place, value=value)
                    _after(counts)
        except (ijson.JSONError, ValueError, ArithmeticError) as error:
            cut = "premature EOF" in str(error)
            yield Found((), _pointer(keys, counts), fault="ends too early" if cut else "is no JSON from here on")


def _built(event: str, value: Any, events: Iterator[tuple[str, Any]]) -> tuple[Any, str]:
    """The value that begins with this event, and what is wrong with it: a key given twice, a depth no export has."""
    if event not in _OPENING:
        return _text(value)
    here: Any = {} if event == "start_map" else []
    whole, key, fault = here, "", ""
    above: list[Any] = []  # what is open around ``here``, and the keys there
    keys: list[str] = []
    for event, value in events:
        if event == "map_key":
            key, long = _text(value)
            fault = fault or long
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
        else:
            value, long = _text(value)
            fault = fault or long
            if here.__class__ is dict:
                here[key] = value
            else:
                here.append(value)
    return whole, fault


def _text(value: Any) -> tuple[Any, str]:
    """A plain value, and what is wrong with it."""
    if value.__class__ is str and value.endswith(CUT):
        return LeftOut(f"{value[:_SHOWN]}\u2026"), f"has a text of more than {LONGEST >> 20} MB"
    return value, ""


def _after(counts: list[int]) -> None:
    if counts and counts[-1] >= 0:
        counts[-1] += 1


def _pointer(keys: list[str], counts: list[int]) -> str:
    parts = [str(count) if count >= 0 else key for key, count in zip(keys, counts, strict=True)]
    return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in parts)
