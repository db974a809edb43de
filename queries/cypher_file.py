"""How is a saved query written down?  A ``.cypher`` file: a header of ``// key: value`` lines, a blank line, the body.

``// param: NAME TYPE = DEFAULT -- description`` declares a parameter (default as JSON, optional; description
optional).  A value that would not survive as plain text is written as a JSON string.  ``parse`` and ``render`` are
inverse.
"""

import json
import re
from typing import Any, get_args

from queries.errors import HeaderInvalid, ParameterInvalid, RefusedStatement
from queries.headline import headline_faults
from queries.parameters import PARAMETER_TYPES, coerce
from queries.saved_query import Parameter, Risk, SavedQuery
from queries.tokens import tokenize

RISKS: tuple[str, ...] = get_args(Risk)
REQUIRED = ("id", "title")
KEYS = ("id", "title", "description", "param", "revision", "risk", "headline")
ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_PARAMETER_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LINE = re.compile(r"//\s*([A-Za-z_]+)\s*:[ \t]*(.*)", re.DOTALL)
_PLAIN = re.compile(r"[^\s\"\x00-\x1f\x7f-\x9f](?:[^\x00-\x1f\x7f-\x9f\u2028\u2029]*[^\s\x00-\x1f\x7f-\x9f])?")


def render(query: SavedQuery) -> str:
    """The file's text; ``owner`` and ``shared`` belong to the workspace and are not written."""
    lines = [f"// id: {query.id}", f"// title: {_written(query.title)}"]
    if query.description:
        lines.append(f"// description: {_written(query.description)}")
    for parameter in query.parameters:
        default = "" if parameter.default is None else f" = {json.dumps(parameter.default, ensure_ascii=True)}"
        about = f" -- {_written(parameter.description)}" if parameter.description else ""
        lines.append(f"// param: {parameter.name} {parameter.type}{default}{about}")
    lines += [f"// revision: {query.revision}", f"// risk: {query.risk}"]
    if query.headline:
        lines.append(f"// headline: {_written(query.headline)}")
    return "\n".join(lines) + "\n\n" + query.cypher.strip() + "\n"


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
    return SavedQuery(cypher=body, parameters=tuple(reading.parameters), **values)


class _Reading:
    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.parameters: list[Parameter] = []
        self.faults: list[str] = []

    def header(self, text: str) -> str:
        """Read the leading comment lines; return the body."""
        lines = text.split("\n")
        for number, line in enumerate(lines):
            if not line.startswith("//"):
                return "\n".join(lines[number:]).strip()
            self._line(number + 1, line)
        return ""

    def _line(self, number: int, line: str) -> None:
        match = _LINE.fullmatch(line.rstrip())
        if match is None:
            self.faults.append(f"line {number} is not '// key: value' (a blank line ends the header)")
            return
        key, value = match[1].lower(), match[2]
        if key == "param":
            self._parameter(number, value)
        elif key not in KEYS:
            self.faults.append(f"line {number}: unknown key {key}")
        elif key in self.values:
            self.faults.append(f"line {number}: {key} stands twice")
        else:
            self._value(number, key, value)

    def _value(self, number: int, key: str, value: str) -> None:
        read = self._text(number, value)
        self.values[key] = read
        if key == "id" and not ID.fullmatch(read):
            self.faults.append(f"line {number}: id must be lower-case letters, digits and dashes, at most 64")
        elif key == "risk" and read not in RISKS:
            self.faults.append(f"line {number}: risk must be one of {', '.join(RISKS)}")
        elif key == "revision":
            if re.fullmatch(r"[1-9][0-9]{0,8}", read):
                self.values[key] = int(read)
            else:
                self.faults.append(f"line {number}: revision must be a whole number from 1")

    def _text(self, number: int, value: str) -> str:
        if not value.startswith('"'):
            return value
        try:
            read = json.loads(value)
        except ValueError:
            read = None
        if not isinstance(read, str):
            self.faults.append(f"line {number}: a value that begins with a quote must be one JSON string")
            return ""
        return read

    def _parameter(self, number: int, text: str) -> None:
        head = re.match(r"(\S+)[ \t]+(\w+)[ \t]*", text)
        if head is None:
            self.faults.append(f"line {number}: a parameter is 'NAME TYPE = DEFAULT -- description'")
            return
        name, kind, rest = head[1], head[2], text[head.end():]
        if not _PARAMETER_NAME.fullmatch(name):
            self.faults.append(f"line {number}: {name!r} is no parameter name")
        if kind not in PARAMETER_TYPES:
            self.faults.append(f"line {number}: parameter type must be one of {', '.join(PARAMETER_TYPES)}")
            return
        if name in (parameter.name for parameter in self.parameters):
            self.faults.append(f"line {number}: parameter {name} stands twice")
        default: Any = None
        if rest.startswith("="):
            try:
                rest = rest[1:].lstrip(" \t")
                default, end = json.JSONDecoder().raw_decode(rest)
                rest = rest[end:].lstrip(" \t")
            except (ValueError, RecursionError):
                self.faults.append(f"line {number}: the default of {name} must be JSON (texts in quotes)")
                return
        about = ""
        if rest.startswith("--"):
            about = self._text(number, rest[2:].strip())
        elif rest:
            self.faults.append(f"line {number}: expected ' -- description' after the parameter, not {rest[:20]!r}")
        declared = Parameter(name, kind, default, about)  # type: ignore[arg-type]
        if default is not None:
            try:
                coerce(declared, default)
            except ParameterInvalid as error:
                self.faults.append(f"line {number}: default of {name}: {error.what}")
        self.parameters.append(declared)

    def finish(self, body: str) -> None:
        """Check what only the whole shows: required keys, the body's parameters, the headline's fields."""
        self.faults += [f"the header has no {key}" for key in REQUIRED if not self.values.get(key)]
        declared = {parameter.name for parameter in self.parameters}
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
        self.faults += headline_faults(self.values.get("headline", ""), declared)


def _written(value: str) -> str:
    return value if _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=True)
