"""How does a screen say that something could not be done?  What, where and how to mend it, in the person's language.

Stages below the screens write errors once, in English, for whoever calls them; here each is a message of the screen,
which names its controls instead of options and commands.  What a graph engine says itself is quoted.  An error that is
not known here is said by its class, with its own words quoted: nothing of it is lost.
"""

import re

from graph.errors import (
    DetectionError,
    EngineUnavailable,
    GraphError,
    StatementFailed,
    StatementInvalid,
    StatementStopped,
    StatementTimeout,
    StatementTooLarge,
    UnknownEntity,
    WrongCase,
)
from graph.search.hit import SearchUnavailable
from ingest.errors import FilatureError
from queries.errors import HeaderInvalid, ParameterInvalid, QueryError, RefusedStatement, UnknownQuery
from workbench.errors import ExportError, SettingsInvalid, UnknownCase
from workbench.language import Words
from workbench.plain_text import plain_text
from workbench.views.models.faults import engine_words, parameters, sources, statements, team
from workbench.views.models.faults.known import said


def _(message: str) -> str:
    return message


_WHAT = {
    # the engine and its server
    r"the embedded graph engine did not start(?P<said>.*)": _("the graph engine did not start{said}"),
    r"the embedded graph engine went away": _("the graph engine went away"),
    r"another process holds the embedded engine": _("another program holds the graph engine"),
    r"the graph server refuses this user or password": _("the graph server refuses this user or password"),
    r"not the address of a graph server": _("this is not the address of a graph server"),
    r"no graph server answers \((?P<said>.*)\)": _("no graph server answers ({said})"),
    r"the graph is being loaded": _("the graph is being loaded"),
    r"the graph server refuses: (?P<said>.*)": _("the graph server refuses: “{said}”"),
    r"a parameter cannot be sent to the graph: (?P<said>.*)": _("a value cannot be sent to the graph: “{said}”"),
    r"another process is writing the case's graph": _("another program is writing the case's graph"),
    r"the process that builds the graph died": _("the program that builds the graph ended; it may lack memory"),
    r"the database holds several cases": _("the database holds several cases"),
    r"the database holds the case (?P<other>.*), not (?P<case>.*): one case, one database": _(
        "the database holds the case {other}, not {case}; each needs a database of its own"),
    r"the database holds a graph that is no case of ours": _("the database holds a graph that is none of ours"),
    r"the graph of (?P<case>.*) is empty": _("the graph of {case} is empty"),
    r"the case's mark was not written": _("the graph could not be marked as this case's"),
    r"(?P<number>\d+) rows of (?P<table>\S+) found no node to stand at": _(
        "{number} rows of {table} do not fit the graph"),
    # what is drawn and found
    r"no such account in the graph": _("the graph holds no such account"),
    r"no such \w+ in the graph": _("the graph holds nothing of this id"),
    r"no such finding in the graph": _("the graph holds no such lead"),
    r"the picture of this address is not in this case": _("the picture of this address is not in this case"),
    r"(?:the limit is a positive number|the longest length and the limit are positive numbers"
    r"|depth and limit are positive numbers)": _("a limit must be above zero"),
    r"paths are looked for among 2 to (?P<most>\d+) nodes, not (?P<number>\d+)": _(
        "paths are looked for among 2 to {most} nodes, not {number}"),
    r"a path needs a relationship to go along": _("a path needs a type of link to go along"),
    r"no comparison '.*'|no colour .* or no shape .*|a node is .* pixels, not .*|the rules of a style are a list": _(
        "this style cannot be used"),
    r"unknown relationship types (?P<names>.*)": _("there are no links of the types {names}"),
    r"no order '.*', or no limit .*|no such way between nodes": _("this cannot be drawn so"),
    r"a lead has somebody it is about and a reason": _("a lead has somebody it is about and a reason"),
    r"no tier '.*'": _("there is no such tier"),
    r"unknown measures (?P<names>.*)": _("there are no measures {names}"),
    r"the case has no search index": _("the case has no search index"),
    r"the search index cannot be read \((?P<said>.*)\)": _("the search index cannot be read ({said})"),
    r"this Python's SQLite (?P<version>\S+) cannot hold the search index \(.*\)": _(
        "SQLite {version} of this machine cannot hold the search index"),
    r"no such case|no case '.*?'; .*|no case was named.*": _("there is no such case"),
    # detections
    r"no detection was named": _("no detection was named"),
    r"no detection (?P<kind>'.*')": _("there is no detection {kind}"),
    r"no detection takes parameters (?P<names>.*)": _("no detection takes the parameters {names}"),
    r"no parameter (?P<names>.*)": _("it has no parameter {names}"),
    r"parameters are a mapping of field to value": _("its parameters are no table of names and values"),
    r"the word lists cannot be read: (?P<said>.*)": _("the word lists cannot be read: “{said}”"),
    r"(?P<name>\S+) is not a list of words": _("{name} is no list of words"),
    # queries and casework
    r"no saved query (?P<query>'.*?')(?: of yours or shared)?": _("there is no saved query {query}"),
    r"the shipped library has a query of that id": _("the library has a query of that name"),
    r"(?P<owner>.*) shares a query of that id": _("{owner} shares a query of that name"),
    r"no value for (?P<names>.*)": _("no value is given for {names}"),
    r"it came in a pack, and nobody here has read it yet": _("it came in a pack, and nobody here has read it yet"),
    r"casework needs a named person": _("casework needs to know who works here"),
    r"no status (?P<status>'.*')": _("there is no status {status}"),
    r"no subject '.*'|only a case has a (?P<kind>\S+)|no remark '.*'": _("this cannot be noted here"),
    r"a .* of (?P<number>\d+) characters": _("it is {number} characters long"),
    r"the casework database refused: (?P<said>.*)": _("the casework database refuses: “{said}”"),
    r"the casework database has schema version (?P<found>.*), this Filature reads version (?P<version>.*)": _(
        "the casework database was written by another version of Filature ({found}; this one reads {version})"),
    r"the database URL cannot be read": _("the address of the casework database cannot be read"),
    r"no driver for (?P<driver>\S+) \(.*\)": _("the driver {driver} of the casework database is not installed"),
    r"the audit log, or what it recorded, or a seal is not as it was": _(
        "the audit log, or what it recorded, or a seal is not as it was"),
    r"a database needs a mapping": _("a database needs a mapping"),
    r"a database is read alone": _("a database is read alone"),
    r"unexpected (?P<said>.*)": _("something unexpected happened: “{said}”"),
    r"the worker process ended unexpectedly": _("the worker process ended unexpectedly"),
    # reports and exports
    r"no account (?P<account>.*)": _("the case holds no account {account}"),
    r"no private messages between (?P<one>.*) and (?P<other>.*)": _("{one} and {other} wrote nothing to each other"),
    r"no saved view '(?P<name>.*)'": _("the case has no saved view {name}"),
    r"the saved view '(?P<name>.*)' cannot be read": _("the saved view {name} cannot be read"),
    r"a report needs its leads": _("no lead was chosen for the report"),
    r"no finding (?P<ids>.*)": _("the case has no lead {ids}"),
    r"the case has no findings": _("no detection has run on this case yet"),
    r"no (?:export|table|report) format (?P<format>'.*')": _("there is no format {format}"),
    r"the folder holds other files": _("the folder holds other files"),
    r"cannot be written \((?P<said>.*)\)": _("cannot be written ({said})"),
    r"a text of (?P<number>[\d,]+) characters is longer than a cell holds \((?P<most>[\d,]+)\)": _(
        "a text of {number} characters is longer than a cell of that format holds ({most})"),
    r"(?P<number>[\d,]+) (?P<what>.+) are more than a sheet holds \((?P<most>[\d,]+)\)": _(
        "{number} rows are more than a sheet of that format holds ({most})"),
    r"the .* is not built": _("a part of the screens is missing from this installation"),
    # a setting of the server, by its variable
    r"(?P<said>.*FILATURE_.*)": "{said}",
}
_FIX = {
    r"begin with a search or with the leads": _("begin with a search or with the leads"),
    r"see its log, or name a Neo4j server with --graph": _("the file named here tells why"),
    r"see engine/log/engine\.log; it may lack memory": _("try again; the engine's log tells why"),
    r"try again": _("try again"),
    r"what it had not committed is not in the evidence; try again": _(
        "what it had not committed is not in the evidence; try again"),
    r"(?:wait for it(?: to finish)?(?:, or end it)?(?: and try again)?)": _("wait for it and try again"),
    r"check FILATURE_GRAPH_USER and FILATURE_GRAPH_PASSWORD": _(
        "whoever runs the workbench checks its user and password for the graph"),
    r"check (?:that it runs and its address|the address of the graph server)": _(
        "whoever runs the workbench checks the server and its address"),
    r"(?:use one database a case|name a database that exists|use bolt:|give each case|drop it|name another).*": _(
        "whoever runs the workbench names a database of its own for this case"),
    r"only reading is allowed here": _("only reading is allowed here"),
    r"search for it first": _("find it by the search"),
    r"run filature detect (?:first|all)": _("run the detections under Leads"),
    r"what was read is in the case: .* run filature rebuild": _(
        "what was read is in the case; whoever runs the workbench makes room for its graph and has it built anew"),
    r"(?:project the case first|run filature rebuild)": _(
        "whoever runs the workbench has the graph and the index built anew"),
    r"use a Python whose SQLite.*": _("whoever runs the workbench installs a newer one"),
    r"(?:ingest a source into it first|run filature ingest SOURCE --case NAME first|add --case NAME)": _(
        "make it under Sources"),
    r"did you mean (?P<names>.*)": _("did you mean {names}?"),
    r"`filature query list` shows them all": _("the list of queries shows all"),
    r"(?:give|save it under|choose|take) another (?:id|name).*": _("give it another name"),
    r"give each parameter a value": _("give each one a value"),
    r"read its statement, then say that you have": _("read its statement, then say that you have"),
    r"(?:set FILATURE_USER|say who works here)": _("whoever runs the workbench says who works here"),
    r"check that it is reachable, writable and not damaged": _("check that it can be reached and written to"),
    r"use the Filature version that wrote it, or another database": _("use the version that wrote it"),
    r"(?:write sqlite:|install filature\[).*": _("whoever runs the workbench corrects it"),
    r"filature verify names what differs": _("whoever runs the workbench has the case verified"),
    r"filature search finds the ids": _("find it by the search"),
    r"name others": _("choose others"),
    r"the case has: (?P<names>.*)": _("the case has: {names}"),
    r"choose one of the views that are listed": _("choose one of the views that are listed"),
    r"open it in Explore and save it again": _("open it in Explore and save it again"),
    r"choose fewer": _("choose fewer"),
    r"read files in another ingest": _("read the files apart from it"),
    r"choose one and write why": _("choose one and write why"),
    r"choose (?:another size|the style anew)": _("choose another one"),
    r"name some, or how many of the best": _("choose some, or how many of the best"),
    r"filature detect prints the ids of the findings there are": _("choose among the leads that are listed"),
    r"choose another place": _("choose another place"),
    r"choose less, or another format \((?P<formats>.*)\)": _("choose less, or another format ({formats})"),
    r"write 1 to (?P<most>\d+)": _("write at most {most} characters"),
    r"correct options or FILATURE_\* variables": _("whoever runs the workbench corrects its settings"),
    r"run python -m workbench\.canvas\.build": _("whoever runs the workbench installs it again"),
    r"correct the statement": _("correct the statement"),
    r"leave such values out, or convert them": _(
        "leave such values out, or convert them with toInteger(…), toFloat(…) or toString(…)"),
    r"narrow it, or allow it more time": _("narrow it"),
    r"narrow it: fewer rows to sort, group or collect": _("narrow it: fewer rows to sort, group or collect"),
    r"docs/queries\.md shows how a file looks": _("a query of the library shows how it is written"),
}
_CHOICES = {
    r"(?:use|choose from|choose among|write|types are|colours are|use minors or one of|use one of|name one of) "
    r"(?P<choices>.*)": _("possible: {choices}"),
}
"""What is left of fixes once every other has been looked for."""
_CLASSES: tuple[tuple[type[FilatureError], str], ...] = (
    (StatementFailed, _("The statement was read, but stopped at a value that it cannot work with")),
    (StatementInvalid, _("The graph engine cannot read the statement")),
    (StatementTimeout, _("The statement took longer than it may, and was ended")),
    (StatementTooLarge, _("The statement needs more memory than there is, and was ended")),
    (StatementStopped, _("The statement was ended because somebody asked for it")),
    (EngineUnavailable, _("The graph engine does not answer")),
    (WrongCase, _("The graph is not that of this case")),
    (UnknownEntity, _("The graph does not hold it")),
    (DetectionError, _("The detection cannot run so")),
    (SearchUnavailable, _("The search does not answer")),
    (GraphError, _("The graph engine refused")),
    (RefusedStatement, _("The statement is refused")),
    (ParameterInvalid, _("A value does not fit its parameter")),
    (UnknownQuery, _("There is no such query")),
    (HeaderInvalid, _("The query cannot be saved so")),
    (QueryError, _("The query cannot be used so")),
    (ExportError, _("The export cannot be written")),
    (SettingsInvalid, _("The settings of the workbench are faulty")),
    (UnknownCase, _("There is no such case")),
    (FilatureError, _("This could not be done")),
)
_PLACES = {
    r"character (?P<number>\d+)": _("Character {number}"),
    r"line (?P<line>\d+), column (?P<column>\d+)": _("Line {line}, column {column}"),
    r"parameter (?P<name>.*)": _("Parameter {name}"),
    r"query (?P<name>.*)": _("Query {name}"),
    r"graph of (?P<case>.*)": _("Graph of {case}"),
}
_NO_PLACE = re.compile(
    r"|read|write|statement|search|settings|user|report|casebook|sqlite3|open_workbench|FILATURE_\w+"
    r"|(?:case |mapping |--).*"
)
QUOTES_ITSELF = (StatementInvalid,)
"""Errors whose text is an engine's own, whatever its words."""


def error_text(problem: FilatureError, words: Words, *, beside: str = "") -> str:
    """An error as one line of the screen: where, what is wrong, what to do; not where if it stands ``beside`` that."""
    told, fix, place = what_text(problem, words), fix_text(problem, words), place_text(problem.where, words)
    if place and problem.where != beside:
        told = words.gettext("{place}: {told}", place=place, told=told)
    if fix:
        told = words.gettext("{told}; {fix}", told=told, fix=fix)
    return plain_text(told, limit=900)


def error_sentence(problem: FilatureError, words: Words) -> str:
    """The same as a sentence: it begins with a capital, unless with a name or a file, and ends with a stop."""
    told = error_text(problem, words)
    first = told.partition(" ")[0]
    ours = first.isalpha() and not place_text(problem.where, words)
    told = told[0].upper() + told[1:] if ours else told
    return told if told.endswith((".", "?", "!", "…")) else f"{told}."


def what_text(problem: FilatureError, words: Words) -> str:
    """What is wrong."""
    way = engine_words.what_text if isinstance(problem, QUOTES_ITSELF) else known_what
    if (known := way(problem.what, words)) is not None:
        return known
    return words.gettext("{told}: “{said}”", told=words.gettext(class_message(problem)), said=problem.what)


def known_what(what: str, words: Words) -> str | None:
    """What is wrong, by the text of its stage; None where no message says that."""
    ways = (_what, statements.what_text, sources.what_text, parameters.what_text, team.what_text)
    return next(filter(None, (way(what, words) for way in ways)), None)


def fix_text(problem: FilatureError, words: Words) -> str:
    """How to mend it; empty where nothing is known that a person at the screen could do."""
    if isinstance(problem, QUOTES_ITSELF) and (known := engine_words.fix_text(problem.what, words)) is not None:
        return known
    ways = (_fix, statements.fix_text, parameters.fix_text, team.fix_text, sources.fix_text, _choices)
    return next(filter(None, (way(problem.fix, words) for way in ways)), "")


def place_text(where: str, words: Words) -> str:
    """Where: in a statement, a file or a graph; empty where it tells a person nothing."""
    if _NO_PLACE.fullmatch(where):
        return ""
    return said(where, _PLACES, words) or sources.own_path(where)


def class_message(problem: FilatureError) -> str:
    """The message (a key of the catalogues) that tells what sort of error it is."""
    return next(message for kind, message in _CLASSES if isinstance(problem, kind))


def _what(what: str, words: Words) -> str | None:
    return said(what, _WHAT, words)


def _fix(fix: str, words: Words) -> str | None:
    return said(fix, _FIX, words)


def _choices(fix: str, words: Words) -> str | None:
    return said(fix, _CHOICES, words)
