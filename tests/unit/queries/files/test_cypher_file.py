"""A query file parses to a query, a query renders to its file, and every fault is told at once."""

import json
import re
import string
from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries.catalog import find, library, merge
from queries.errors import HeaderInvalid, UnknownQuery
from queries.files.cypher_file import parse, render
from queries.headline import headline_faults, render_headline
from queries.saved_query import CATEGORIES, Chart, Column, Example, Parameter, SavedQuery, Wording
from queries.value_types import BY_ID, COLUMN_TYPES, PARAMETER_TYPES, is_list, item_type

FILE = """// id: who-wrote
// category: contacts
// tags: first contact, both
// title: Who wrote
// description: "Two lines:\\nthis is the second"
// not-shown: What was written
// param: account account -- The account's id
// param: kinds choice[] = ["a", "b"] of ["a", "b", "c"]
// param: age integer = 18 [1..120] -- Below this
// param: since instant = "2024-01-01T00:00:00Z" -- From when
// column: who account -- Account
// column: messages integer -- Messages
// chart: bars who messages
// example: {"account": "p:1"} -> 3
// revision: 3
// risk: medium
// headline: {rows} wrote to {account}
// fr.title: Qui a écrit
// fr.param: account -- Le compte
// fr.column: who -- Compte

// a comment of the body
MATCH (a {id: $account}) WHERE a.kind IN $kinds AND a.at > datetime($since) AND a.age < $age
RETURN a.id AS who, a.messages AS messages
"""


def test_a_file_is_read() -> None:
    query = parse(FILE, source="who-wrote.cypher")
    assert query == SavedQuery(
        id="who-wrote", title="Who wrote", description="Two lines:\nthis is the second",
        cypher="// a comment of the body\nMATCH (a {id: $account}) WHERE a.kind IN $kinds AND a.at > datetime($since)"
        " AND a.age < $age\nRETURN a.id AS who, a.messages AS messages",
        parameters=(
            Parameter("account", "account", None, "The account's id"),
            Parameter("kinds", "choice[]", ["a", "b"], choices=("a", "b", "c")),
            Parameter("age", "integer", 18, "Below this", 1, 120),
            Parameter("since", "instant", "2024-01-01T00:00:00Z", "From when"),
        ),
        revision=3, risk="medium", headline="{rows} wrote to {account}", category="contacts",
        tags=("first contact", "both"), columns=(
            Column("who", "account", "Account"), Column("messages", "integer", "Messages"),
        ),
        not_shown="What was written", chart=Chart("bars", "who", "messages"), example=Example({"account": "p:1"}, 3),
        french=Wording("Qui a écrit", parameters={"account": "Le compte"}, columns={"who": "Compte"}),
    )
    assert parse(FILE.replace("\n", "\r\n"), source="x") == query


def test_a_query_says_in_french_what_it_can_and_the_rest_in_english() -> None:
    query = parse(FILE, source="x")
    french = query.in_language("fr")
    assert (french.title, french.headline) == ("Qui a écrit", query.headline)
    assert [one.description for one in french.parameters[:2]] == ["Le compte", ""]
    assert [column.title for column in french.columns] == ["Compte", "Messages"]
    assert query.in_language("en") == query


def test_a_file_of_an_earlier_version_is_read() -> None:
    old = "// id: a\n// title: A\n// param: who string\n// param: kinds strings = [\"x\"]\n\nRETURN $who, $kinds"
    assert [one.type for one in parse(old, source="x").parameters] == ["text", "text[]"]


def test_every_fault_is_told_at_once() -> None:
    text = (
        "// id: Not An Id\n// title: A\n// title: B\n// colour: red\nno header\n"
    )
    with pytest.raises(HeaderInvalid) as error:
        parse(text, source="bad.cypher")
    for part in ("bad.cypher", "id must be", "title stands twice", "unknown key colour"):
        assert part in str(error.value)
    text = (
        "// revision: 0\n// risk: huge\n// param: x y z\n// param: p integer = \"a\"\n// param: q whatever\n"
        "// param: p string\n// param: p text\n// headline: {nobody}\n// just a remark\n"
        "\nMATCH (n {a: $p, b: $missing}) RETURN n"
    )
    with pytest.raises(HeaderInvalid) as error:
        parse(text, source="bad.cypher")
    for part in (
        "no id", "no title", "revision must be", "risk must be", "default of p", "type must be one of",
        "p stands twice", "{nobody}", "line 9", "$missing is used and not declared",
    ):
        assert part in str(error.value), part
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("category: crimes", "category must be one of people"), ("column: who", "a column is"),
        ("column: who whom", "column type must be"), ("chart: pie who n", "a chart is"),
        ("chart: bars who n", "chart: who is no column"), ("example: 3", "an example is"),
        ('example: {"b": 1} -> 2', "example: b is no parameter"), ("fr.param: b -- Le b", "fr.param b is no parameter"),
        ("fr.column: c", "write 'fr.column: NAME -- text'"), ("param: a choice", "choices belong to"),
        ('param: a text of ["x"]', "choices belong to"), ("param: a text [1..2]", "only a number has limits"),
        ("param: a integer [9..2]", "leave no number"), ("param: a integer [x..2]", "must be numbers"),
        ("param: a integer = 5 [6..]", "default of a: 5 is not 6 or more"),
    ],
)
def test_a_faulty_line_is_told_by_what_is_wrong_in_it(line: str, fault: str) -> None:
    with pytest.raises(HeaderInvalid, match=re.escape(fault)):
        parse(f"// id: a\n// title: A\n// {line}\n\nRETURN 1 AS x", source="x")


@pytest.mark.parametrize("body", ["", "\n\n", "RETURN 'open", "RETURN $p"])
def test_a_body_that_is_missing_broken_or_undeclared_is_refused(body: str) -> None:
    with pytest.raises(HeaderInvalid):
        parse(f"// id: a\n// title: A\n\n{body}", source="x")


NAMES = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,10}", fullmatch=True)
TEXTS = st.text(max_size=40)
DEFAULTS = {
    "text": st.text(max_size=20), "integer": st.integers(-(2**63), 2**63 - 1),
    "number": st.floats(allow_nan=False, allow_infinity=False), "boolean": st.booleans(),
    "instant": st.datetimes(timezones=st.just(None)).map(lambda moment: moment.isoformat() + "+01:00"),
    "day": st.dates().map(str), "period": st.dates(max_value=date(9999, 12, 30)).map(str),
    "choice": st.sampled_from(("one", "other")), **{kind: st.text(max_size=20) for kind in BY_ID},
}


@st.composite
def parameters(draw: st.DrawFn, name: str) -> Parameter:
    kind = draw(st.sampled_from(PARAMETER_TYPES))
    default = DEFAULTS[item_type(kind)]
    value = draw(st.none() | (st.lists(default, max_size=3) if is_list(kind) else default))
    least = most = None
    if item_type(kind) == "integer":
        least, most = draw(st.none() | st.just(-(2**63))), draw(st.none() | st.just(2**63))
    return Parameter(name, kind, value, draw(TEXTS), least, most, ("one", "other") if "choice" in kind else ())


@st.composite
def saved_queries(draw: st.DrawFn) -> SavedQuery:
    asked = tuple(draw(parameters(name)) for name in draw(st.lists(NAMES, unique=True, max_size=4)))
    columns = tuple(
        Column(name, draw(st.sampled_from(COLUMN_TYPES)), draw(TEXTS))
        for name in draw(st.lists(NAMES, unique=True, max_size=3))
    )
    used = " ".join(f"AND n.x = ${parameter.name}" for parameter in asked)
    fields = "".join(f"{{{parameter.name}}}" for parameter in asked)
    headline = st.text(st.characters(exclude_characters="{}"), max_size=20).map(lambda text: text + fields)
    texts = st.text(min_size=1, max_size=20)
    french = Wording(
        draw(TEXTS), draw(TEXTS), draw(TEXTS), draw(headline), {one.name: draw(texts) for one in asked},
        {one.name: draw(texts) for one in columns},
    )
    return SavedQuery(
        id=draw(st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True)),
        title=draw(TEXTS.filter(bool)), description=draw(TEXTS),
        cypher=f"MATCH (n) WHERE true {used} RETURN {json.dumps(draw(st.text(string.ascii_letters + ' /-'))) } AS x",
        parameters=asked, revision=draw(st.integers(1, 999_999_999)),
        risk=draw(st.sampled_from(("low", "medium", "high"))), headline=draw(headline),
        category=draw(st.sampled_from(("", *CATEGORIES))), columns=columns, not_shown=draw(TEXTS), french=french,
        tags=tuple(draw(st.lists(st.text(string.ascii_letters, min_size=1, max_size=9), max_size=3))),
        chart=Chart(draw(st.sampled_from(("bars", "line", "points"))), columns[0].name, columns[-1].name)
        if columns else None,
        example=draw(st.none() | st.just(Example({one.name: [1, "x"] for one in asked}, 3))),
    )


@given(saved_queries())
@settings(deadline=None)
def test_rendering_and_parsing_are_inverse(query: SavedQuery) -> None:
    text = render(query)
    assert parse(text, source="x") == query
    assert render(parse(text, source="x")) == text


@given(st.text(max_size=200))
def test_any_text_parses_or_tells_its_faults(text: str) -> None:
    try:
        outcome = parse("// id: a\n// title: A\n" + text, source="x").id
    except HeaderInvalid as error:
        outcome = str(error)
    assert "\n" not in outcome


def test_library_files_are_in_canonical_form_and_named_by_id() -> None:
    folder = files("queries") / "library"
    for query in library():
        assert (folder / f"{query.id}.cypher").read_text(encoding="utf-8") == render(query)
    assert [query.id for query in library()] == sorted(query.id for query in library())


def test_an_own_query_stands_beside_the_library_and_never_hides_it() -> None:
    own = SavedQuery("mine", "Mine", "", "RETURN 1", owner="ann")
    shadow = SavedQuery("rooms-of", "Shadow", "", "RETURN 1", owner="eve")
    assert find("mine", [own]) == own
    assert find("rooms-of", [shadow]).owner == ""
    assert [query.id for query in merge([shadow, own])][-1] == "mine"
    with pytest.raises(UnknownQuery, match="rooms-of"):
        find("room-of")


def test_a_headline_fills_names_and_evaluates_nothing() -> None:
    values = {"a": "x", "b": ["y", "z"]}
    assert render_headline("{rows} of {a}: {b}", rows=1200, truncated=False, parameters=values) == "1,200 of x: y, z"
    assert render_headline("{rows}", rows=5, truncated=True, parameters={}) == "5 or more"
    counted = "by at least {n} {n?minor|minors}: {rows}"
    told = [render_headline(counted, rows=29, truncated=False, parameters={"n": n}) for n in (1, "1", 2)]
    assert told == ["by at least 1 minor: 29"] * 2 + ["by at least 2 minors: 29"]
    assert headline_faults("{n?minor}{rows?one|other}{m?a|b}", {"n"}) == [
        f"headline: {{{field}}} is neither rows nor a parameter" for field in ("n?minor", "rows?one|other", "m?a|b")
    ]
    hostile = "{a.__class__} {a[0]} {a!r:>9999999}"
    assert render_headline(hostile, rows=1, truncated=False, parameters={"a": "x"}) == hostile
    assert render_headline("{a}", rows=1, truncated=False, parameters={"a": "{rows}"}) == "{rows}"
