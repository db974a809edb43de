"""How is a Cellebrite report of any size read?  Model by model, with what real reports get wrong repaired.

Source of the format: UFED Physical Analyzer's ``report.xml`` (namespace ``http://pa.cellebrite.com/report/2.0``), as
IPED's UfedXmlReader and SEilers' UFEDLib read it.  Repaired in passing: bytes that are no UTF-8, control characters
and references to them, which XML forbids and these reports hold.  A document type is refused: entities are not needed.
"""

import base64
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from ingest.sources.xml_text import mended

_DEEPEST = 120
_LONGEST = 8 << 20
"""Characters of one value that are kept; no message is longer."""
_CONTAINERS = frozenset(("modelField", "multiModelField"))
_FIELDS = frozenset(("field", "multiField"))
_STREAMED = frozenset(("InstantMessage",))
"""Models that are given at once, not kept in the model around them, which may hold a million."""


@dataclass
class Model:
    """One ``model``: its fields' values and the models in it, by the name of the field.  ``number``: its place among
    all models of the report, from 1.  ``fault``: what is wrong within it.
    """

    type: str
    number: int
    attributes: dict[str, str]
    fields: dict[str, list[str]] = field(default_factory=dict)
    models: dict[str, list["Model"]] = field(default_factory=dict)
    targets: list[str] = field(default_factory=list)
    fault: str = ""

    def text(self, *names: str) -> str | None:
        """The first value of the first of these fields that has one."""
        return next((value for name in names for value in self.fields.get(name, ()) if value), None)

    def inner(self, *names: str) -> list["Model"]:
        return [model for name in names for model in self.models.get(name, ())]

    @property
    def deleted(self) -> bool:
        return self.attributes.get("deleted_state", "").lower() not in ("", "intact", "unknown")


@dataclass(frozen=True)
class Event:
    """``model`` is whole, and ``within`` the model that it stands in, as far as that was read.

    ``kind``: "model"; "file" of a tagged file, whose fields are its hashes; "project" of the report's own attributes;
    "fault" with what is wrong in ``model.type``: nothing more is read.
    """

    kind: str
    model: Model
    within: Model | None = None


def events(stream: IO[bytes]) -> Iterator[Event]:
    """Whole models in the order in which they end; those at the top, and streamed ones within them before."""
    reading = _Reading()
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.characters
    parser.StartDoctypeDeclHandler = reading.doctype
    try:
        for block in mended(stream):
            parser.Parse(block, False)
            yield from reading.taken()
        parser.Parse(b"", True)
        yield from reading.taken()
    except expat.ExpatError as error:
        yield from reading.taken()
        cut = error.code in (3, 5)  # no element, unclosed token
        cut = cut or "no element found" in str(error) or "unclosed" in str(error)
        yield _fault("ends too early" if cut else f"is no XML from line {error.lineno} on", reading.number)
    except _Refused as refusal:
        yield from reading.taken()
        yield _fault(str(refusal), reading.number)


def _fault(what: str, number: int) -> Event:
    return Event("fault", Model(what, number + 1, {}))


class _Refused(Exception):
    """The report holds what no report needs."""


class _Reading:
    """Keeps what is open while the parser walks the document."""

    def __init__(self) -> None:
        self.number = 0
        self._found: list[Event] = []
        self._depth = 0
        self._decoded = False
        self._open: list[Model] = []
        self._names: list[str] = []  # of the containers that are open
        self._field = ""
        self._value: list[str] | None = None
        self._length = 0
        self._format = ""
        self._file: Model | None = None
        self._item = ""

    def taken(self) -> list[Event]:
        found, self._found = self._found, []
        return found

    def doctype(self, *_: object) -> None:
        raise _Refused("declares a document type, which no report does")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _Refused(f"nests more than {_DEEPEST} levels deep")
        name = name.rpartition(":")[2]
        if self._depth == 1:
            self._found.append(Event("project", Model(name, 0, attributes)))
        elif name == "decodedData":
            self._decoded = True
        elif self._decoded:
            self._start_in_models(name, attributes)
        elif name == "file":
            self._file = Model("file", 0, attributes)
        elif name == "item" and self._file is not None:
            self._item = attributes.get("name", "")
            self._begin("")

    def _start_in_models(self, name: str, attributes: dict[str, str]) -> None:
        if name == "model":
            self.number += 1
            self._open.append(Model(attributes.get("type", ""), self.number, attributes))
        elif name in _CONTAINERS:
            self._names.append(attributes.get("name", ""))
        elif name in _FIELDS:
            self._field = attributes.get("name", "")
        elif name == "value":
            self._begin(attributes.get("format", ""))
        elif name == "targetid":
            self._begin("target")

    def _begin(self, form: str) -> None:
        self._value, self._length, self._format = [], 0, form

    def characters(self, text: str) -> None:
        if self._value is not None:
            self._length += len(text)
            if self._length <= _LONGEST:
                self._value.append(text)
            elif (model := self._open[-1] if self._open else self._file) is not None:
                # the rest of it is left out, and what stands behind is read
                model.fault = "holds a value of more than 8 million characters"

    def end(self, name: str) -> None:
        self._depth -= 1
        name = name.rpartition(":")[2]
        if name == "decodedData":
            self._decoded = False
        elif not self._decoded:
            self._end_outside(name)
        elif name == "model":
            self._close()
        elif name in _CONTAINERS:
            self._names.pop()
        elif name in ("value", "targetid") and self._value is not None:
            text = "".join(self._value).strip()
            self._value = None
            if self._open and name == "targetid":
                self._open[-1].targets.append(text)
            elif self._open:
                self._open[-1].fields.setdefault(self._field, []).append(_decoded(text, self._format))

    def _end_outside(self, name: str) -> None:
        if name == "item" and self._file is not None and self._value is not None:
            self._file.fields.setdefault(self._item, []).append("".join(self._value).strip())
            self._value = None
        elif name == "file" and self._file is not None:
            self._found.append(Event("file", self._file))
            self._file = None

    def _close(self) -> None:
        model = self._open.pop()
        around = self._open[-1] if self._open else None
        if around is None or model.type in _STREAMED:
            self._found.append(Event("model", model, around))
        else:
            around.fault = around.fault or model.fault
            around.models.setdefault(self._names[-1] if self._names else "", []).append(model)


def _decoded(text: str, form: str) -> str:
    if form != "Base64String":
        return text
    try:
        return base64.b64decode(text, validate=True).decode()
    except ValueError:
        return text
