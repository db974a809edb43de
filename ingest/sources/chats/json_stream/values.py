"""What do values of an export say?  Texts, parts and lists of whatever stands there, and the beginning of a file."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from ingest.source_files import first_bytes

_WRITER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=str)


def first(path: Path, *, size: int = 16 << 10) -> str:
    """The beginning of a file as text; empty if it cannot be read or is packed."""
    data = first_bytes(path, size)
    return "" if data[:2] in (b"\x1f\x8b", b"PK") else data.decode("utf-8-sig", "replace")


def text_of(value: Any) -> str | None:
    """A text, number or truth as text; None for nothing, objects and lists."""
    if value.__class__ is str:
        return value or None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float | Decimal):
        return str(value) or None
    return None


def written(value: Any) -> str:
    """Any value as JSON."""
    return _WRITER.encode(value)


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
