"""How does a text stand in a header line?  As it is, or as a JSON string where it would not survive so."""

import json
import re

from queries.errors import HeaderInvalid

_PLAIN = re.compile(r"[^\s\"\x00-\x1f\x7f-\x9f](?:[^\x00-\x1f\x7f-\x9f\u2028\u2029]*[^\s\x00-\x1f\x7f-\x9f])?")


def written(value: str) -> str:
    return value if _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=True)


def plain(value: str) -> str:
    """The text that was written; raises HeaderInvalid where it begins with a quote and is no JSON string."""
    if not value.startswith('"'):
        return value
    try:
        read = json.loads(value)
    except ValueError:
        read = None
    if not isinstance(read, str):
        raise HeaderInvalid("a value that begins with a quote must be one JSON string")
    return read
