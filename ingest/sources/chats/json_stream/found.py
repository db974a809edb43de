"""What does a walk through a JSON file give?"""

from typing import Any, NamedTuple

Place = tuple[str, ...]
DEEPEST = 64
"""Levels of an element that are kept; no export nests deeper."""


class LeftOut(str):
    """The beginning of a text that was too long to hold; the element that it stands in has a fault."""

    __slots__ = ()


def holds_left_out(value: Any) -> bool:
    """Does such a text stand in the value, however deep?"""
    waiting = [value]
    while waiting:
        here = waiting.pop()
        if here.__class__ is LeftOut:
            return True
        if isinstance(here, dict | list):
            waiting += here.values() if isinstance(here, dict) else here
    return False


class Found(NamedTuple):
    """What stands at ``place`` (keys from the root, ``item`` for an element of a list).

    ``value`` is None where an object or list only begins, or where the file is broken.  ``fault``: what is wrong, and
    ``pointer`` (RFC 6901) where.
    """

    place: Place
    pointer: str = ""
    value: Any = None
    fault: str = ""
