"""How are BloodHound's queries read and written again?  Three forms of JSON, without loss.

The list of BloodHoundQueryLibrary (``Queries.json``), a record of a Community Edition export (a zip of them is a pack),
and the older ``customqueries.json`` with its ``queryList``.  Each query keeps its record as it was, so what is written
is the same text; where title, description or statement were changed since, those alone differ.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from hashlib import sha256
from typing import Any

from queries.errors import PackInvalid
from queries.saved_query import SavedQuery

_OLD, _RECORD, _LIST = "customqueries", "record", "list"
_SLUG = re.compile(r"[^a-z0-9]+")


def from_bloodhound(text: str) -> Iterator[Callable[[], SavedQuery]]:
    """What makes each query of a file; raises PackInvalid for JSON of another form."""
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        raise PackInvalid("it is no JSON") from None
    style = _style(text)
    if isinstance(read, list):
        yield from (partial(_query, _LIST, record, place, style) for place, record in enumerate(read))
    elif isinstance(read, Mapping) and isinstance(read.get("queries"), list):
        yield from (partial(_query, _OLD, record, place, style) for place, record in enumerate(read["queries"]))
    elif isinstance(read, Mapping) and "query" in read:
        yield partial(_query, _RECORD, read, 0, style)
    else:
        raise PackInvalid("it is none of BloodHound's forms: a list, a record with a query, or queries")


def to_bloodhound(queries: Iterable[SavedQuery], form: str = _LIST) -> str:
    """The text of a file in that form (``list``, ``record`` for one query, ``customqueries``), in the order it had."""
    origins = [(query, json.loads(query.origin or "{}")) for query in queries]
    origins.sort(key=lambda item: item[1].get("place", 0))
    records = [_record(query, form) for query, _ in origins]
    style = origins[0][1].get("style", {}) if origins else {}
    if form == _RECORD and len(records) == 1:
        return _text(records[0], style)
    return _text({"queries": records} if form == _OLD else records, style)


def _query(form: str, record: Any, place: int = 0, style: Mapping[str, Any] | None = None) -> SavedQuery:
    if not isinstance(record, Mapping):
        raise PackInvalid(f"{json.dumps(record)[:40]} is no query")
    name, cypher = record.get("name"), _statement(form, record)
    if not isinstance(name, str) or not name.strip() or not isinstance(cypher, str) or not cypher.strip():
        raise PackInvalid(f"{json.dumps(record)[:60]} has no name or no query")
    about = record.get("description")
    return SavedQuery(
        _id(name, record), name, about if isinstance(about, str) else "", cypher.strip(),
        origin=json.dumps({"form": form, "place": place, "style": style or {}, "record": record}, ensure_ascii=False),
    )


def _statement(form: str, record: Mapping[str, Any]) -> Any:
    if form != _OLD:
        return record.get("query")
    steps = record.get("queryList")
    final = [step for step in steps if isinstance(step, Mapping)] if isinstance(steps, list) else []
    return next((step.get("query") for step in final if step.get("final")), None)


def _record(query: SavedQuery, form: str) -> dict[str, Any]:
    kept = json.loads(query.origin) if query.origin else {}
    if kept.get("form") != form:
        kept = {"form": form, "record": _fresh(query, form)}
    record: dict[str, Any] = kept["record"]
    before = _query(form, record)
    if query.title != before.title:
        record["name"] = query.title
    if query.description != before.description:
        record["description"] = query.description
    if query.cypher != before.cypher:
        if form == _OLD:
            next(step for step in record["queryList"] if step.get("final"))["query"] = query.cypher
        else:
            record["query"] = query.cypher
    return record


def _fresh(query: SavedQuery, form: str) -> dict[str, Any]:
    if form == _OLD:
        return {
            "name": query.title, "category": query.category, "queryList": [{"final": True, "query": query.cypher}]
        }
    return {"name": query.title, "description": query.description, "query": query.cypher}


def _id(name: str, record: Mapping[str, Any]) -> str:
    """From its name, and what tells it from others of that name."""
    stable = record.get("guid") if isinstance(record.get("guid"), str) else json.dumps(record, sort_keys=True)
    slug = _SLUG.sub("-", name.casefold()).strip("-")[:54].strip("-") or "query"
    return f"{slug}-{sha256(str(stable).encode()).hexdigest()[:8]}"


def _style(text: str) -> dict[str, Any]:
    """How the file is written, so that it is written so again: escapes, indent, its end."""
    indent = re.match(r"\s*[\[{]\n( +)", text)
    return {
        "ascii": text.isascii(), "indent": len(indent[1]) if indent else None,
        "end": text[len(text.rstrip()):],
    }


def _text(value: Any, style: Mapping[str, Any]) -> str:
    indent = style.get("indent", 2)
    compact = (",", ":") if indent is None else None
    text = json.dumps(value, ensure_ascii=style.get("ascii", False), indent=indent, separators=compact)
    return f"{text}{style.get('end', '')}"
