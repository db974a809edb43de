"""What does a walk through a JSON file give?"""

from typing import Any, NamedTuple

Place = tuple[str, ...]
DEEPEST = 64
"""Levels of an element that are kept; no export nests deeper."""


class LeftOut(str):
    """The beginning of a text that was too long to hold; the element that it stands in has a fault."""

    __slots__ = ()


class Found(NamedTuple):
    """What stands at ``place`` (keys from the root, ``item`` for an element of a list).

    ``value`` is None where an object or list only begins, or where the file is broken.  ``fault``: what is wrong, and
    ``pointer`` (RFC 6901) where.
    """

    place: Place
    pointer: str = ""
    value: Any = None
    fault: str = ""
