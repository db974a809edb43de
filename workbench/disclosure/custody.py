"""How does a package say what happened to the evidence?  The custody log in the report's language, its files by their
place within the case, any other by its name: how a workstation is laid out is nobody else's concern."""

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath, PureWindowsPath

from workbench.custody.log import CustodyEvent, place_in_case
from workbench.language import Words
from workbench.masking.telling import HIDDEN
from workbench.report.kept import PACKAGE
from workbench.report.people import People
from workbench.views.models.faults.known import said
from workbench.views.models.words.contract import table_word


def _(message: str) -> str:
    return message


CUSTODY_HEADS = tuple(CustodyEvent.__dataclass_fields__)
_EVENTS = {
    "received": _("files received"), "read": _("files read"), "detected": _("detections run"),
    "verified": _("case verified"), "reported": _("report made"), "exported": _("export"),
    "brought": _("case brought in whole"), "sealed": _("case sealed"), "time-stamped": _("seal time-stamped"),
}
_DETAILS = {
    r"batch (?P<batch>\S+): (?P<rows>.*)": _("batch {batch}: {rows}"),
    r"run (?P<run>\S+): (?P<number>\d+) leads, by Filature (?P<version>.*)":
        _("run {run}, leads: {number}, by Filature {version}"),
    r"run (?P<run>\S+): (?P<number>\d+) leads": _("run {run}, leads: {number}"),
    r"nothing differs": _("nothing differs"),
    r"(?P<number>\d+) differ": _("differing: {number}"),
    r"(?P<number>\d+) leads as (?P<format>.*)": _("leads: {number}, as {format}"),
    r"as (?P<format>.*), handed to the browser": _("as {format}, downloaded from the screens"),
    r"as (?P<format>.*)": _("as {format}"),
    r"with (?P<number>\d+) entries of another audit log, by Filature (?P<version>.*)":
        _("with {number} entries of another audit log, by Filature {version}"),
    r"signed by key (?P<key>.*)": _("signed by key {key}"),
    r"not signed": _("not signed"),
    r"(?P<at>\S+) by (?P<authority>.*)": _("{at} by {authority}"),
}
_ROWS = {
    r"(?P<table>\w+) (?P<accepted>\d+) of (?P<read>\d+) rows": _("{table}: {accepted} rows of {read}"),
    r"no rows": _("no rows"),
    r"(?P<number>\d+) left aside and not hashed": _("left aside and not hashed: {number}"),
}


def custody_rows(events: Sequence[CustodyEvent], people: People, words: Words, *, case: str) -> Iterable[Sequence[str]]:
    """A row an event, in the order given; what tells a minor is withheld, but not who acted: those are colleagues."""
    for event in events:
        shown = {name: "" if value is None else str(value) for name, value in event.to_dict().items()}
        shown |= {name: _without_folders(shown[name], case) for name in ("file", "kept")}
        if words.language != "en":  # in English as the log itself has it
            shown["event"] = words.gettext(_EVENTS.get(event.event, event.event))
            shown["detail"] = _detail(event.detail, words)
        yield tuple(
            HIDDEN if name != "by" and people.names_a_minor(shown[name]) else people.telling.leads(shown[name])
            for name in CUSTODY_HEADS
        )


def _detail(text: str, words: Words) -> str:
    def filled(name: str, value: str) -> str:
        if name == "rows":
            return words.joined(_rows(one, words) for one in value.split(", "))
        return words.gettext("disclosure package") if (name, value) == ("format", PACKAGE) else value

    return said(text, _DETAILS, words, values=filled) or text


def _without_folders(path: str, case: str) -> str:
    """A file of the case by its place in it, any other by its name."""
    within = place_in_case(path, case)
    outside = next((kind(within) for kind in (PurePosixPath, PureWindowsPath) if kind(within).is_absolute()), None)
    return within if outside is None else outside.name


def _rows(text: str, words: Words) -> str:
    told = said(text, _ROWS, words, values=lambda name, value: table_word(value, words) if name == "table" else value)
    return told or text
