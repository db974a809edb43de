"""How are BloodHound's queries read and written again?  Three forms of JSON and one of YAML, without loss.

The list of BloodHoundQueryLibrary (``Queries.json``), a record of a Community Edition export (a zip of them is a pack),
the older ``customqueries.json`` with its ``queryList``, and the library's files (``queries.files.bloodhound_yaml``).
Each query keeps its record as it was, so what is written is the same text; where title, description or statement were
changed since, those alone differ.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from queries.errors import PackInvalid
from queries.files.bloodhound_yaml import changed_yaml, read_yaml, written_yaml
from queries.saved_query import SavedQuery

OLD, RECORD, LIST, YAML = "customqueries", "record", "list", "yaml"
FORMS = (LIST, RECORD, OLD, YAML)
_YAML_ENDINGS = (".yml", ".yaml")
ENDINGS = (".json", *_YAML_ENDINGS)
_SLUG = re.compile(r"[^a-z0-9]+")
_NO_FILE_NAME = re.compile(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|]+')
_LONGEST_NAME = 120


def from_bloodhound(text: str, *, name: str = "") -> Iterator[Callable[[], SavedQuery]]:
    """What makes each query of a file, whose ``name`` tells YAML from JSON; raises PackInvalid for another form."""
    file = name.replace("\\", "/").rpartition("/")[2]
    if name.lower().endswith(_YAML_ENDINGS):
        yield lambda: _query(YAML, read_yaml(text), {"file": file, "text": text})
        return
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        raise PackInvalid("it is no JSON") from None
    kept = {"file": file, "style": _style(text)}
    if isinstance(read, list):
        yield from (partial(_query, LIST, one, {**kept, "place": at, "record": one}) for at, one in enumerate(read))
    elif isinstance(read, Mapping) and isinstance(read.get("queries"), list):
        for at, one in enumerate(read["queries"]):
            yield partial(_query, OLD, one, {**kept, "place": at, "record": one})
    elif isinstance(read, Mapping) and "query" in read:
        yield partial(_query, RECORD, read, {**kept, "record": read})
    else:
        raise PackInvalid("it is none of BloodHound's forms: a list, a record with a query, or queries")


def to_bloodhound(queries: Iterable[SavedQuery], form: str = LIST) -> str:
    """The text of one file in that form, queries in the order they had; ``record`` and ``yaml`` hold one query."""
    origins = [(query, json.loads(query.origin or "{}")) for query in queries]
    origins.sort(key=lambda item: item[1].get("place", 0))
    if form in (RECORD, YAML) and len(origins) != 1:
        raise PackInvalid(f"{len(origins)} queries do not stand in one file of this form", fix="write a folder or zip")
    if form == YAML:
        return _yaml(origins[0][0])
    records = [_record(query, form) for query, _ in origins]
    style = origins[0][1].get("style", {}) if origins else {}
    if form == RECORD:
        return _text(records[0], style)
    return _text({"queries": records} if form == OLD else records, style)


def bloodhound_files(queries: Iterable[SavedQuery], form: str) -> dict[str, str]:
    """Names and texts of the files of a pack in which each query has its own: ``record`` or ``yaml``.

    A query that was read from such a file has that file's name again.
    """
    files: dict[str, str] = {}
    for query in queries:
        kept = json.loads(query.origin) if query.origin else {}
        name = kept.get("file") if kept.get("form") == form else None
        name = _file_name(str(name) if name else f"{query.title}{'.yml' if form == YAML else '.json'}")
        if name.casefold() in (known.casefold() for known in files):
            stem, _, ending = name.rpartition(".")
            name = f"{stem} {query.id}.{ending}"
        files[name] = to_bloodhound([query], form)
    return files


def form_of(queries: Iterable[SavedQuery]) -> str:
    """The one form that they all came in; that of the library's list where they came in several or none."""
    forms = {json.loads(query.origin).get("form", "") if query.origin else "" for query in queries}
    return forms.pop() if len(forms) == 1 and forms <= set(FORMS) else LIST


def _query(form: str, record: Any, kept: Mapping[str, Any] | None = None) -> SavedQuery:
    if not isinstance(record, Mapping):
        raise PackInvalid(f"{json.dumps(record)[:40]} is no query")
    name, cypher = record.get("name"), _statement(form, record)
    if not isinstance(name, str) or not name.strip() or not isinstance(cypher, str) or not cypher.strip():
        raise PackInvalid(f"{json.dumps(record)[:60]} has no name or no query")
    about = record.get("description")
    return SavedQuery(
        _id(name, record), name, about if isinstance(about, str) else "", cypher.strip(),
        origin=json.dumps({"form": form, **(kept or {})}, ensure_ascii=False),
    )


def _statement(form: str, record: Mapping[str, Any]) -> Any:
    if form != OLD:
        return record.get("query")
    steps = record.get("queryList")
    final = [step for step in steps if isinstance(step, Mapping)] if isinstance(steps, list) else []
    return next((step.get("query") for step in final if step.get("final")), None)


def _record(query: SavedQuery, form: str) -> dict[str, Any]:
    kept = json.loads(query.origin) if query.origin else {}
    if kept.get("form") == YAML and form in (LIST, RECORD):
        kept = {"form": form, "record": read_yaml(kept["text"])}
    elif kept.get("form") in (LIST, RECORD) and form in (LIST, RECORD):
        kept = {"form": form, "record": kept["record"]}
    elif kept.get("form") != form:
        kept = {"form": form, "record": _fresh(query, form)}
    record: dict[str, Any] = kept["record"]
    changes = _changes(query, _query(form, record))
    statement = changes.pop("query", None)
    record.update(changes)
    if statement is not None and form == OLD:
        next(step for step in record["queryList"] if step.get("final"))["query"] = statement
    elif statement is not None:
        record["query"] = statement
    return record


def _yaml(query: SavedQuery) -> str:
    kept = json.loads(query.origin) if query.origin else {}
    if kept.get("form") == YAML:
        text: str = kept["text"]
        changes = _changes(query, _query(YAML, read_yaml(text)))
        return changed_yaml(text, changes) if changes else text
    if kept.get("form") in (LIST, RECORD):
        return written_yaml(_record(query, kept["form"]))
    return written_yaml({
        "name": query.title, "guid": str(uuid5(NAMESPACE_URL, f"filature:query:{query.id}")), "prebuilt": False,
        "category": query.category or None, "description": query.description or None, "query": query.cypher,
        "revision": query.revision, "acknowledgements": query.owner or None,
    })


def _changes(query: SavedQuery, before: SavedQuery) -> dict[str, str]:
    """What its record does not say as the query does."""
    said = {
        "name": (query.title, before.title), "description": (query.description, before.description),
        "query": (query.cypher, before.cypher),
    }
    return {key: now for key, (now, then) in said.items() if now != then}


def _fresh(query: SavedQuery, form: str) -> dict[str, Any]:
    if form == OLD:
        return {
            "name": query.title, "category": query.category, "queryList": [{"final": True, "query": query.cypher}]
        }
    return {"name": query.title, "description": query.description, "query": query.cypher}


def _id(name: str, record: Mapping[str, Any]) -> str:
    """From its name, and what tells it from others of that name."""
    stable = record.get("guid") if isinstance(record.get("guid"), str) else json.dumps(record, sort_keys=True)
    slug = _SLUG.sub("-", name.casefold()).strip("-")[:54].strip("-") or "query"
    return f"{slug}-{sha256(str(stable).encode()).hexdigest()[:8]}"


def _file_name(name: str) -> str:
    """The name as that of a file in one folder, whatever it came as."""
    stem, dot, ending = _NO_FILE_NAME.sub(" ", name).strip(" .").rpartition(".")
    return f"{(stem or 'query')[:_LONGEST_NAME].strip(' .') or 'query'}{dot or '.'}{ending}"


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
