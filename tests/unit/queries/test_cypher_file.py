"""A query file parses to a query, a query renders to its file, and every fault is told at once."""

import json
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.catalog import find, library, merge
from queries.cypher_file import parse, render
from queries.errors import HeaderInvalid, UnknownQuery
from queries.headline import render_headline
from queries.parameters import PARAMETER_TYPES
from queries.saved_query import ENTITIES, Parameter, SavedQuery

FILE = """// id: who-wrote
// title: Who wrote
// description: "Two lines:\\nthis is the second"
// param: account string -- The account's id
// param: kinds strings = ["a", "b"]
// param: since instant = "2024-01-01T00:00:00Z" -- From when
// revision: 3
// risk: medium
// headline: {rows} wrote to {account}

// a comment of the body
MATCH (a {id: $account}) WHERE a.kind IN $kinds AND a.at > datetime($since)
RETURN a
"""


def test_a_file_is_read() -> None:
    query = parse(FILE, source="who-wrote.cypher")
    assert query == SavedQuery(
        id="who-wrote", title="Who wrote", description="Two lines:\nthis is the second",
        cypher="// a comment of the body\nMATCH (a {id: $account}) WHERE a.kind IN $kinds AND a.at > datetime($since)\n"
        "RETURN a",
        parameters=(
            Parameter("account", "string", None, "The account's id"), Parameter("kinds", "strings", ["a", "b"]),
            Parameter("since", "instant", "2024-01-01T00:00:00Z", "From when"),
        ),
        revision=3, risk="medium", headline="{rows} wrote to {account}",
    )
    assert parse(FILE.replace("\n", "\r\n"), source="x") == query


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
        "// param: p string\n// headline: {nobody}\n// just a remark\n\nMATCH (n {a: $p, b: $missing}) RETURN n"
    )
    with pytest.raises(HeaderInvalid) as error:
        parse(text, source="bad.cypher")
    for part in (
        "no id", "no title", "revision must be", "risk must be", "default of p", "type must be one of",
        "p stands twice", "{nobody}", "line 8", "$missing is used and not declared",
    ):
        assert part in str(error.value), part
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("body", ["", "\n\n", "RETURN 'open", "RETURN $p"])
def test_a_body_that_is_missing_broken_or_undeclared_is_refused(body: str) -> None:
    with pytest.raises(HeaderInvalid):
        parse(f"// id: a\n// title: A\n\n{body}", source="x")


NAMES = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,10}", fullmatch=True)
TEXTS = st.text(max_size=40)
DEFAULTS = {
    "string": st.text(max_size=20), "integer": st.integers(-(2**63), 2**63 - 1),
    "number": st.floats(allow_nan=False, allow_infinity=False), "boolean": st.booleans(),
    "instant": st.datetimes(timezones=st.just(None)).map(lambda moment: moment.isoformat() + "+01:00"),
    "strings": st.lists(st.text(max_size=9), max_size=3),
    **{kind: st.text(max_size=20) for kind in ENTITIES},
}


@st.composite
def saved_queries(draw: st.DrawFn) -> SavedQuery:
    parameters = []
    for name in draw(st.lists(NAMES, unique=True, max_size=4)):
        kind = draw(st.sampled_from(PARAMETER_TYPES))
        default = draw(st.none() | DEFAULTS[kind])
        parameters.append(Parameter(name, kind, default, draw(TEXTS)))  # type: ignore[arg-type]
    used = " ".join(f"AND n.x = ${parameter.name}" for parameter in parameters)
    fields = "".join(f"{{{parameter.name}}}" for parameter in parameters)
    return SavedQuery(
        id=draw(st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True)),
        title=draw(TEXTS.filter(bool)), description=draw(TEXTS),
        cypher=f"MATCH (n) WHERE true {used} RETURN {json.dumps(draw(st.text(string.ascii_letters + ' /-'))) } AS x",
        parameters=tuple(parameters), revision=draw(st.integers(1, 999_999_999)),
        risk=draw(st.sampled_from(("low", "medium", "high"))),
        headline=draw(st.text(st.characters(exclude_characters="{}"), max_size=20)) + fields,
    )


@given(saved_queries())
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
    assert len(library()) >= 14
    for query in library():
        assert parse(render(query), source=query.id) == query
        assert query.headline
        assert all(parameter.description for parameter in query.parameters)
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
    assert render_headline("{rows}", rows=5, truncated=True, parameters={}) == "at least 5"
    hostile = "{a.__class__} {a[0]} {a!r:>9999999}"
    assert render_headline(hostile, rows=1, truncated=False, parameters={"a": "x"}) == hostile
    assert render_headline("{a}", rows=1, truncated=False, parameters={"a": "{rows}"}) == "{rows}"
