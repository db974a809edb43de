"""How is a saved query written down?  A ``.cypher`` file: a header of ``// key: value`` lines, a blank line, the body.

``docs/queries.md`` shows the header.  A value that would not survive as plain text is written as a JSON string.
``parse`` and ``render`` are inverse.
"""

import json
import re
from collections.abc import Mapping
from typing import Any, TypeVar, get_args

from queries.errors import HeaderInvalid, RefusedStatement
from queries.files.header_text import plain, written
from queries.files.parameter_line import parse_parameter, render_parameter
from queries.headline import headline_faults
from queries.saved_query import CATEGORIES, Chart, ChartKind, Column, Example, Parameter, Risk, SavedQuery, Wording
from queries.statement.tokens import tokenize
from queries.value_types import COLUMN_TYPES

Named = TypeVar("Named", Parameter, Column)

RISKS: tuple[str, ...] = get_args(Risk)
CHARTS: tuple[str, ...] = get_args(ChartKind)
REQUIRED = ("id", "title")
_TEXTS = {"title": "title", "description": "description", "not-shown": "not_shown", "headline": "headline"}
_FRENCH = "fr."
_KEYS = (
    "id", "category", "tags", *_TEXTS, "chart", "example", "revision", "risk", "reviewed", "origin",
    *(f"{_FRENCH}{key}" for key in _TEXTS),
)
ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_LINE = re.compile(r"//\s*([A-Za-z_.-]+)\s*:[ \t]*(.*)", re.DOTALL)
_COLUMN = re.compile(r"(\S+)[ \t]+(\S+)(?:[ \t]+--[ \t]+(.*))?", re.DOTALL)
_NAMED = re.compile(r"(\S+)[ \t]+--[ \t]+(.*)", re.DOTALL)


def render(query: SavedQuery) -> str:
    """The file's text; ``owner`` and ``shared`` belong to the workspace and are not written."""
    lines = [f"id: {query.id}"]
    lines += [f"category: {query.category}"] if query.category else []
    lines += [f"tags: {', '.join(query.tags)}"] if query.tags else []
    lines += _texts(query, ("title", "description", "not-shown"))
    lines += [f"param: {render_parameter(parameter)}" for parameter in query.parameters]
    lines += [f"column: {column.name} {column.type}{_about(column.title)}" for column in query.columns]
    if query.chart:
        lines.append(f"chart: {query.chart.kind} {query.chart.x} {query.chart.y}")
    if query.example:
        values = json.dumps(dict(query.example.parameters), ensure_ascii=True)
        lines.append(f"example: {values} -> {query.example.rows}")
    lines += [f"revision: {query.revision}", f"risk: {query.risk}", *_texts(query, ("headline",))]
    french = query.french
    lines += [f"{_FRENCH}{line}" for line in _texts(french, tuple(_TEXTS))]
    lines += [f"{_FRENCH}param: {name}{_about(text)}" for name, text in french.parameters.items()]
    lines += [f"{_FRENCH}column: {name}{_about(text)}" for name, text in french.columns.items()]
    lines += [] if query.reviewed else ["reviewed: no"]
    lines += [f"origin: {written(query.origin)}"] if query.origin else []
    return "\n".join(f"// {line}" for line in lines) + "\n\n" + query.cypher.strip() + "\n"


def parse(text: str, *, source: str) -> SavedQuery:
    """The query in the text; ``source`` names the file in errors.

    Raises HeaderInvalid with every fault of header, parameters and body at once.
    """
    reading = _Reading()
    body = reading.header(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    reading.finish(body)
    if reading.faults:
        raise HeaderInvalid("; ".join(reading.faults), where=source, fix="docs/queries.md shows how a file looks")
    values = {"description": "", **reading.values}
    french = Wording(**reading.french, parameters=reading.named["param"], columns=reading.named["column"])
    return SavedQuery(
        cypher=body, parameters=tuple(reading.parameters), columns=tuple(reading.columns), french=french, **values
    )


def _texts(said: SavedQuery | Wording, keys: tuple[str, ...]) -> list[str]:
    texts = ((key, getattr(said, _TEXTS[key])) for key in keys)
    return [f"{key}: {written(text)}" for key, text in texts if text]


def _about(text: str) -> str:
    return f" -- {written(text)}" if text else ""


class _Reading:
    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.french: dict[str, str] = {}
        self.named: dict[str, dict[str, str]] = {"param": {}, "column": {}}
        self.parameters: list[Parameter] = []
        self.columns: list[Column] = []
        self.faults: list[str] = []
        self._seen: set[str] = set()

    def header(self, text: str) -> str:
        """Read the leading comment lines; return the body."""
        lines = text.split("\n")
        for number, line in enumerate(lines):
            if not line.startswith("//"):
                return "\n".join(lines[number:]).strip()
            try:
                self._line(line)
            except HeaderInvalid as error:
                self.faults.append(f"line {number + 1}: {error.what}")
        return ""

    def _line(self, line: str) -> None:
        match = _LINE.fullmatch(line.rstrip())
        if match is None:
            raise HeaderInvalid("not '// key: value' (a blank line ends the header)")
        key, value = match[1].lower(), match[2]
        if key == "param":
            self.parameters.append(_once(parse_parameter(value), self.parameters, "parameter"))
        elif key == "column":
            self.columns.append(_once(_column(value), self.columns, "column"))
        elif key in (f"{_FRENCH}param", f"{_FRENCH}column"):
            self._named(key.removeprefix(_FRENCH), value)
        elif key not in _KEYS:
            raise HeaderInvalid(f"unknown key {key}")
        elif key in self._seen:
            raise HeaderInvalid(f"{key} stands twice")
        else:
            self._seen.add(key)
            self._value(key, value)

    def _value(self, key: str, value: str) -> None:
        if key.startswith(_FRENCH):
            self.french[_TEXTS[key.removeprefix(_FRENCH)]] = plain(value)
        elif key in _TEXTS:
            self.values[_TEXTS[key]] = plain(value)
        else:
            self.values[key] = _READERS[key](value)

    def _named(self, key: str, value: str) -> None:
        match = _NAMED.fullmatch(value)
        if match is None:
            raise HeaderInvalid(f"write 'fr.{key}: NAME -- text'")
        if match[1] in self.named[key]:
            raise HeaderInvalid(f"fr.{key} {match[1]} stands twice")
        self.named[key][match[1]] = plain(match[2])

    def finish(self, body: str) -> None:
        """Check what only the whole shows: required keys, the body's parameters, names that nothing has."""
        self.faults += [f"the header has no {key}" for key in REQUIRED if not self.values.get(key)]
        declared = {parameter.name for parameter in self.parameters}
        columns = {column.name for column in self.columns}
        self._names(declared, columns)
        if not body:
            self.faults.append("there is no statement after the header")
            return
        try:
            used = {token.text for token in tokenize(body) if token.kind == "parameter"}
        except RefusedStatement as error:
            self.faults.append(str(error))
            return
        self.faults += [f"${name} is used and not declared" for name in sorted(used - declared)]
        self.faults += [f"parameter {name} is declared and not used" for name in sorted(declared - used)]
        for headline in (self.values.get("headline", ""), self.french.get("headline", "")):
            self.faults += headline_faults(headline, declared)

    def _names(self, parameters: set[str], columns: set[str]) -> None:
        self.faults += [f"fr.param {name} is no parameter" for name in sorted(set(self.named["param"]) - parameters)]
        self.faults += [f"fr.column {name} is no column" for name in sorted(set(self.named["column"]) - columns)]
        chart, example = self.values.get("chart"), self.values.get("example")
        if chart is not None:
            absent = [name for name in dict.fromkeys((chart.x, chart.y)) if name not in columns]
            self.faults += [f"chart: {name} is no column" for name in absent]
        if example is not None:
            absent = [name for name in example.parameters if name not in parameters]
            self.faults += [f"example: {name} is no parameter" for name in absent]


def _once(item: Named, others: list[Named], what: str) -> Named:
    if any(other.name == item.name for other in others):
        raise HeaderInvalid(f"{what} {item.name} stands twice")
    return item


def _column(value: str) -> Column:
    match = _COLUMN.fullmatch(value)
    if match is None:
        raise HeaderInvalid("a column is 'NAME TYPE -- title'")
    if match[2] not in COLUMN_TYPES:
        raise HeaderInvalid(f"column type must be one of {', '.join(COLUMN_TYPES)}")
    return Column(match[1], match[2], plain(match[3] or ""))


def _id(value: str) -> str:
    read = plain(value)
    if not ID.fullmatch(read):
        raise HeaderInvalid("id must be lower-case letters, digits and dashes, at most 64")
    return read


def _category(value: str) -> str:
    if value not in CATEGORIES:
        raise HeaderInvalid(f"category must be one of {', '.join(CATEGORIES)}")
    return value


def _tags(value: str) -> tuple[str, ...]:
    return tuple(tag for part in value.split(",") if (tag := part.strip()))


def _chart(value: str) -> Chart:
    parts = value.split()
    if len(parts) != 3 or parts[0] not in CHARTS:
        raise HeaderInvalid(f"a chart is 'KIND X Y', KIND one of {', '.join(CHARTS)}, X and Y columns")
    return Chart(parts[0], parts[1], parts[2])  # type: ignore[arg-type]


def _example(value: str) -> Example:
    values, arrow, rows = value.rpartition("->")
    try:
        read = json.loads(values)
    except (ValueError, RecursionError):
        read = None
    if not arrow or not isinstance(read, Mapping) or not re.fullmatch(r"[0-9]{1,9}", rows.strip()):
        raise HeaderInvalid('an example is \'{"name": value} -> ROWS\'')
    return Example(dict(read), int(rows))


def _revision(value: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,8}", value):
        raise HeaderInvalid("revision must be a whole number from 1")
    return int(value)


def _risk(value: str) -> str:
    if value not in RISKS:
        raise HeaderInvalid(f"risk must be one of {', '.join(RISKS)}")
    return value


def _reviewed(value: str) -> bool:
    if value not in ("yes", "no"):
        raise HeaderInvalid("reviewed is yes or no")
    return value == "yes"


_READERS = {
    "id": _id, "category": _category, "tags": _tags, "chart": _chart, "example": _example, "revision": _revision,
    "risk": _risk, "reviewed": _reviewed, "origin": plain,
}
