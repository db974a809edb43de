"""How is a JSON file of any size read?  Element by element, with what real exports get wrong repaired.

Repaired in passing: bytes that are no UTF-8 (U+FFFD stands for them), control characters written as they
are, and ``\\x1F``, which is no JSON (Telegram Desktop writes it).  Where a file ends too early or is broken, what
stands before is read, and the place is told.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.sources.chats.json_stream.found import Found, LeftOut, Place, holds_left_out
from ingest.sources.chats.json_stream.ordinary import NotPlain, Ordinary, Several
from ingest.sources.chats.json_stream.scanned import scanned
from ingest.sources.chats.json_stream.streamed import streamed
from ingest.sources.chats.json_stream.values import base_name, first, objects, part, text_of, written

__all__ = [
    "Found", "LeftOut", "Ordinary", "Place", "Several", "base_name", "first", "holds_left_out", "objects", "part",
    "text_of", "walk", "written",
]


def walk(
    path: Path, *, whole: frozenset[Place], plain: frozenset[Place] = frozenset(),
    begun: frozenset[Place] = frozenset(), ordinary: Ordinary[Any] | None = None,
) -> Iterator[Found]:
    """In the order of the file: every value at a place of ``whole``, every text or number at one of ``plain``, the
    beginning of every object or list at one of ``begun``.

    ``ordinary``: what nearly all elements of a list are; with it many of them may come at once (``Several``), ordinary
    ones as their structure.
    A broken file ends with a ``Found`` at the place ``()`` that tells the fault.  OSError if it cannot be read.
    """
    given = 0
    try:
        for found in scanned(path, whole=whole, plain=plain, begun=begun, ordinary=ordinary):
            given += len(found.value) if found.value.__class__ is Several else 1
            yield found
    except NotPlain:  # something is odd: the slower way knows what, and gives the same up to there
        for found in streamed(path, whole=whole, plain=plain, begun=begun):
            if given and found.place:
                given -= 1
            else:  # a fault of the file is told also where the quicker way had gone on
                yield found
