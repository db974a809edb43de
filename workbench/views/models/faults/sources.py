"""How does a screen say what ingest found wrong?  Reasons, hints and errors by their texts, in the person's language.

Ingest writes for the command line: its texts name options and whole paths.  Here each is a message of the screen, which
names its controls, and files by their own names.  What is not known here is shown as ingest wrote it.
"""

import re
from collections.abc import Mapping

from ingest.errors import FilatureError
from workbench.language import Words
from workbench.plain_text import plain_text
from workbench.views.models.faults import chats, extractions
from workbench.views.models.faults.known import said
from workbench.views.models.words.contract import column_word, table_word


def _(message: str) -> str:
    return message


_REASONS = {
    r"is empty": _("is empty"),
    r"is empty, as is (?P<other>\w+)": _("is empty, as is {other}"),
    r"is filled, as is (?P<other>\w+)": _("is filled, as is {other}"),
    r"holds a control character": _("holds a control character"),
    r"holds a colon": _("holds a colon"),
    r"is a time without a zone": _("is a time without a zone"),
    r"is far outside of any plausible time": _("is far outside of any plausible time"),
    r"is a date that does not exist": _("is a date that does not exist"),
    r"is a local time that never was in (?P<zone>\S+)": _("is a local time that never was in {zone}"),
    r"is a date without a time": _("is a date without a time"),
    r"is no time": _("is no time"),
    r"may be a date, or seconds since 1970": _("may be a date, or seconds since 1970"),
    r"is none of the allowed values": _("is none of the allowed values"),
    r"is no age": _("is no age"),
    r"is no share": _("is no share"),
    r"lies before (?P<other>\w+)": _("lies before {other}"),
    r"is the header again": _("is the header again"),
    r"opens a quote that does not close(?: on its line)?": _("opens a quote that does not close"),
    r"has text after its closing quote": _("has text after its closing quote"),
    r"is longer than (?P<size>[\d,]+) bytes": _("is longer than {size} bytes"),
    r"has (?P<found>\d+) columns, the header (?P<wanted>\d+)": _(
        "columns here: {found}, in the header: {wanted}"),
    r"is missing: the record has (?P<found>\d+) columns, the header (?P<wanted>\d+)": _(
        "is missing: columns here: {found}, in the header: {wanted}"),
    r"has (?P<found>\d+) columns, the mapping (?P<wanted>\d+)": _(
        "columns here: {found}, in the mapping: {wanted}"),
    r"is not UTF-8": _("is not UTF-8"),
    r"is no JSON object": _("is no JSON object"),
    r"has a key twice": _("has a key twice"),
    r"holds a list or an object": _("holds a list or an object"),
    r"is a (?:fractional|floating-point) number, its exact digits are lost": _(
        "is a number whose exact digits are lost"),
    r"is no line of this IRC log": _("is no line of this IRC log"),
    r"has no date": _("has no date"),
    r"is no object": _("is no JSON object"),
    r"is no list": _("is no list"),
    r"is none of .*": _("is none of the allowed values"),
    r"names no record": _("names no record"),
    r"holds an interest that is no object, or a share outside 0 to 100": _("holds an interest that cannot be read"),
    **chats.REASONS, **extractions.REASONS,
}
_HINTS = {
    r".*--timezone.*": _("choose the zone that its clock showed"),
    r"write ISO 8601 with an offset.*": _(
        "mend it at its source, or let a mapping say how such times are written"),
    r"write a date with its dashes, as in 1999-01-31": _("write a date with its dashes, as in 1999-01-31"),
    r"check it at its source: no calendar has that day": _("check it at its source: no calendar has that day"),
    r"check day and month": _("check day and month: they may be exchanged"),
    r"the clocks were set forward over it: check the zone": _("the clocks were set forward over it: check the zone"),
    r"epoch times are seconds or milliseconds since 1970": _("counted times are seconds or milliseconds since 1970"),
    r"say the format with --format, or take the line out.*": _(
        "it may belong to another format; choose it under Format"),
    r"every line needs the columns of the mapping.*": _(
        "check what separates the columns; values that hold it need quotes"),
    r"quote values that hold (?:the delimiter|commas)": _("values that hold the separator need quotes"),
    r"quote the whole value and double the quotes in it": _(
        "the whole value needs quotes, and quotes in it are doubled"),
    r"(?P<table>\w+) needs (?P<column>\w+)": _("{table} need {column}"),
    r"fill exactly one of (?P<one>\w+) and (?P<other>\w+)": _("exactly one of {one} and {other} may be filled"),
    r"one of (?P<values>[a-z, ]+)(?:; a mapping translates others \(values\))?": _("one of: {values}"),
    r"a whole number of years from 0 to 120": _("a whole number of years from 0 to 120"),
    r"a number from 0 to 1: 25 % is 0\.25": _("a number from 0 to 1: 25 % is 0.25"),
    r"remove it at the source: ids are compared exactly": _("ids are compared exactly: mend it at its source"),
    r"mend (?P<one>\w+) or (?P<other>\w+): one of them is wrong, or they are exchanged": _(
        "{one} or {other} is wrong, or they are exchanged"),
    r"put the date into the file's name, as in 2024-05-01\.log": _("put the date into the file's name: 2024-05-01.log"),
    r"a quote may be missing, or the value does not belong here": _("a quote may be missing before it"),
    r"convert (?:the file|it) to UTF-8": _("convert the file to UTF-8"),
    r"write ids as (?:texts|text or integers)": _("ids must be texts"),
    r"write one object a line": _("one object a line"),
    r"give every key once": _("every key once"),
    r"write a text or a number": _("a text or a number"),
    r"remove the second header": _("remove the second header"),
    r"a colon separates platform and id.*": _("a platform's name has no colon"),
    r"see BODS 0\.4, (?P<place>.*)": _("see the standard, {place}"),
    r"one statement an element, or a line": _("one statement an element, or a line"),
    r"every statement has its id": _("every statement has its id"),
    r"statements of one record share it": _("statements of one record share it"),
    r"an interest needs the entity it is held in": _("an interest needs the company it is held in"),
    **chats.HINTS, **extractions.HINTS,
}
_ERRORS = {
    r"cannot be read \(.*\)": _("cannot be read: it is not there, or may not be read"),
    r"is (?:a folder|a pipe|a socket|a device|no regular file), not a file": _("is no file"),
    r"may not be read by this user": _("may not be read by the workbench"),
    r"is not a full path": _("is not a full path"),
    r"is of no known format": _("is of no known format"),
    r"is damaged \(.*\)": _("is damaged or cut short"),
    r"swells to more than \d+ times its size": _("grows beyond reason when it is unpacked"),
    r"is UTF-16": _("is UTF-16"),
    r"is no table of at least two columns": _("is no table of at least two columns"),
    r"has a line of more than 64 MB": _("has a line of more than 64 MB"),
    r"is empty: not even a header": _("is empty"),
    r"has a header that is no CSV.*": _("has a header whose quotes do not match"),
    r"has a header that is not UTF-8": _("has a header that is not UTF-8"),
    r"is no readable Parquet file.*": _("is no whole Parquet file"),
    r"holds no table of the contract": _("holds no table that is known by its name"),
    r"holds no IRC log": _("holds no IRC log"),
    r"holds no BODS statements": _("holds no ownership statements"),
    r"is no whole JSON array of statements": _("is no whole list of statements"),
    r"holds no file": _("holds no file"),
    r"lacks the required column (?P<columns>[^;]*)(?:;.*)?": _("lacks the required column {columns}"),
    r"lacks one of the columns (?P<columns>[^;]*)(?:;.*)?": _("lacks one of the columns {columns}"),
    r"has a column without a name.*": _("has a column without a name"),
    r"has a column name with control characters.*": _("has a column name with control characters"),
    r"has a column twice: (?P<columns>[^;]*)(?:;.*)?": _("has a column twice: {columns}"),
    r"(?P<file>.*) has the header (?P<found>.*), not (?P<wanted>.*)": _("{file} has another header: {found}"),
    r"the file has no column (?P<columns>.*)": _("the file has no column {columns}"),
    r"a delimited file needs a mapping": _("needs a mapping"),
    r"(?:a BODS file|an IRC log|an evidence file) takes no mapping": _("takes no mapping in this format"),
    r"is no TOML \(.*\)": _("is no mapping"),
    r"another ingest is at work": _("another reading is at work in this case"),
    r"changed while it was read": _("changed while it was read"),
    r"a case name is 1 to 63 letters.*": _(
        "a case's name is 1 to 63 characters: unaccented letters, digits, dots, dashes and underscores, no space; it "
        "begins with a letter or digit"),
}
_ERRORS |= chats.ERRORS | extractions.ERRORS
_FIXES = {
    **chats.FIXES, **extractions.FIXES,
    r"check the path and its permissions": _("check the path"),
    r"check its permissions": _("check its permissions"),
    r"copy its content to a file first": _("copy its content to a file first"),
    r"write it from the root on": _("write it from the root on"),
    r"(?:say which: --format|filature map FILE|name its files|the columns of|see docs/|give a JSON array).*": _(
        "choose another format, or correct the mapping"),
    r"say what is between them.*": _("choose what separates the columns"),
    r"(?:copy or export|export|it may be torn or cut short: copy or export) it again": _("copy or export it again"),
    r"unpack it and look at it first": _("unpack it and look at it first"),
    r"convert (?:the file|it) to UTF-8": _("convert the file to UTF-8"),
    r"check that it is a text file": _("check that it is a text file"),
    r"remove the file or export it again": _("leave it out, or export it again"),
    r"correct columns or header": _("correct the mapping"),
    r"say which with --mapping.*": _("choose its columns under Mapping"),
    r"leave --mapping out": _("choose another format, or leave the mapping out"),
    r"wait for it and try again": _("wait for it and try again"),
    r"ingest a copy that rests": _("read a copy that nobody writes to"),
    r"choose another name": _("choose another name"),
}
_STAGES = {
    r"hashing (?P<file>.*)": _("hashing {file}"),
    r"unpacking (?P<file>.*)": _("unpacking {file}"),
    r"reading (?:IRC )?(?:lines|accounts|rooms|messages|identifiers|sessions)|splitting lines": _("reading lines"),
    r"reading (?P<file>.*?)(?: with care)?": _("reading {file}"),
    r"checking (?P<table>\w+)": _("checking {table}"),
    r"committing": _("writing evidence"),
}
_KEPT = re.compile(r"^.*/(?:sources|incoming/[0-9a-f]{16})/[0-9a-f]{16}/", re.DOTALL)


def reason_text(reason: str, words: Words) -> str:
    """Why a row was rejected, in the person's language; a column is named by its word."""
    return words.joined(_reason(piece, words) for piece in reason.split("; "))


def _reason(piece: str, words: Words) -> str:
    whole = _said(piece, _REASONS, words)
    if whole is not None:
        return whole
    column, _space, rest = piece.partition(" ")
    said = _said(rest, _REASONS, words)
    if said is None:
        return piece
    return words.gettext("{column}: {fault}", column=column_word(column, words), fault=said)


def hint_text(hint: str, words: Words) -> str:
    """How to mend a rejected row, by the controls of the screen."""
    return _said(hint, _HINTS, words) or _own(hint, words)


def stage_text(stage: str, words: Words) -> str:
    """What a reading is at; after it the graph follows."""
    return _said(stage, _STAGES, words) or words.gettext("bringing the graph up to date")


def problem_text(problem: FilatureError, words: Words) -> str:
    """An error as a line of the screen: which file, what is wrong, what to do; never an option or a hashed path."""
    what = what_text(problem.what, words) or problem.what
    fix = problem.fix and (fix_text(problem.fix, words) or problem.fix)
    place = own_path(problem.where)
    if place.startswith(("--", "mapping ", "case ")):
        place = ""
    told = words.joined(filter(None, (what, fix)))
    return plain_text(words.pair(place, told) if place else told, limit=600)


def what_text(what: str, words: Words) -> str | None:
    """What is wrong with a source or a row; None where it is none of what ingest says."""
    return _said(what, _ERRORS, words) or _said(what, _REASONS, words)


def fix_text(fix: str, words: Words) -> str | None:
    """How to mend it, by the controls of the screen; None where it is none of what ingest says."""
    return _said(fix, _FIXES, words) or _said(fix, _HINTS, words) or (_own(fix, words) if "--" in fix else None)


def own_path(path: str) -> str:
    """A path as the person knows it: an upload by its own name."""
    return _KEPT.sub("", path)


def _own(text: str, words: Words) -> str:
    """A text that is not known here: as it is, unless it names an option."""
    option = re.search(r"--[a-z]", text)
    return words.gettext("choose another format, or correct the mapping") if option else text


def _said(text: str, known: Mapping[str, str], words: Words) -> str | None:
    return said(text, known, words, values=lambda name, value: (
        table_word if name == "table" else column_word)(value, words))
