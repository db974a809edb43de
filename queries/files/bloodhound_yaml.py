"""How is a query of BloodHoundQueryLibrary's YAML read and written again?  One file a query, its bytes kept.

The file's text stays with the query.  Where title, description or statement were changed since, the lines of that key
alone are written anew; comments, other keys and their order stay as they were.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import yaml

from queries.errors import PackInvalid

KEYS = (
    "name", "guid", "prebuilt", "platforms", "category", "description", "query", "revision", "resources",
    "acknowledgements",
)
"""The keys of a query file, in the library's order."""
SEVERAL = ("platforms", "resources", "acknowledgements")
"""Keys whose value is a text or a list of texts; the library's JSON has lists."""
LARGEST = 200_000
"""Characters of one file; a statement has at most half of them."""
_BLOCK_FIRST = re.compile(r"[^\s\x00-\x1f]")
_IN_BLOCK = re.compile(r"[^\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]*")


class _Loader(yaml.SafeLoader):
    """Plain values only, and none that stands for another: a few lines could unfold to fill any memory."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise PackInvalid("a value stands for another (*name)", fix="write it out")
        return super().compose_node(parent, index)


def read_yaml(text: str) -> dict[str, Any]:
    """The keys of the file and their values: texts, numbers, booleans, None, and lists of these.

    Raises PackInvalid for what is no YAML, no mapping, or holds anything else.
    """
    if len(text) > LARGEST:
        raise PackInvalid(f"it is longer than {LARGEST:,} characters", fix="one query a file")
    try:
        read = yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        at = f" (line {mark.line + 1})" if mark is not None else ""
        raise PackInvalid(f"it is no YAML{at}") from None
    if not isinstance(read, Mapping):
        raise PackInvalid("it is no YAML of BloodHoundQueryLibrary: name, query and other keys")
    record = {str(key): _plain(key, value) for key, value in read.items()}
    return {**record, **{key: _listed(record[key]) for key in SEVERAL if key in record}}


def written_yaml(record: Mapping[str, Any]) -> str:
    """A file in the library's form; keys that it does not have come last."""
    values = {**dict.fromkeys(KEYS), **record}
    return "".join(_lines(key, values[key]) for key in (*KEYS, *(key for key in record if key not in KEYS)))


def changed_yaml(text: str, changes: Mapping[str, str]) -> str:
    """The file with other values of some keys; the rest of it as it is, if its form allows that."""
    wanted = {**read_yaml(text), **changes}
    after = text
    for key, value in changes.items():
        after = _replaced(after, key, value)
    try:
        kept = read_yaml(after) == wanted
    except PackInvalid:
        kept = False
    return after if kept else written_yaml(wanted)


def _replaced(text: str, key: str, value: str) -> str:
    """The key's lines, up to the next line that is not indented, written anew; added where the key is missing."""
    lines = text.splitlines(keepends=True)
    starts = [place for place, line in enumerate(lines) if re.match(rf"{key}[ \t]*:(\s|$)", line)]
    if not starts:
        return text + ("" if text.endswith("\n") or not text else "\n") + _lines(key, value)
    end = starts[0] + 1
    while end < len(lines) and (lines[end][:1] in " \t" or not lines[end].strip()):
        end += 1
    while not lines[end - 1].strip():  # blank lines behind it are not its own
        end -= 1
    return "".join((*lines[: starts[0]], _lines(key, value), *lines[end:]))


def _lines(key: str, value: Any) -> str:
    if key == "query" and isinstance(value, str) and _fits_block(value):
        return "query: |-\n" + "".join(f"  {line}\n" if line else "\n" for line in value.split("\n"))
    if key in SEVERAL and isinstance(value, list):
        value = value[0] if len(value) == 1 else value or None
    if value is None:
        return f"{key}: \n"  # as the library's own files have it
    dumped = yaml.safe_dump({key: value}, allow_unicode=True, width=float("inf"), sort_keys=False)
    return str(dumped)


def _fits_block(text: str) -> bool:
    """May the text stand in a block as it is?  Its first line begins with a sign, nothing in it needs an escape."""
    return bool(_BLOCK_FIRST.match(text)) and bool(_IN_BLOCK.fullmatch(text)) and not text.endswith("\n")


def _plain(key: Any, value: Any) -> Any:
    if isinstance(value, date):  # also an instant
        return value.isoformat()
    if isinstance(value, list):
        return [_plain(key, one) for one in value]
    if value is None or isinstance(value, str | int | float):
        return value
    raise PackInvalid(f"the value of {str(key)[:40]} is neither a text, a number nor a list of these")


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
