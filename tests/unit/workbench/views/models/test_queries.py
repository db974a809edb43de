"""What the console asks for, marks, charts and saves."""

from datetime import UTC, datetime

import pandas as pd
import pytest

from graph.errors import StatementInvalid
from graph.subgraph import Edge, Node, Subgraph
from queries.errors import ParameterInvalid
from queries.runner import QueryResult
from queries.saved_query import Chart, Column, Parameter, SavedQuery
from queries.statement.moments_compared import moments_compared
from queries.statement.names_known import UnknownName
from workbench.canvas.editor import Draft, _draft, _units
from workbench.casebook.statements import RanStatement
from workbench.language import words
from workbench.masking.telling import HIDDEN
from workbench.views.models.names import Names
from workbench.views.models.queries import chart as charted
from workbench.views.models.queries import (
    free_identifier,
    headline,
    hint,
    history,
    identifier,
    result_rows,
    shares_names,
)
from workbench.views.models.queries.outcomes import outcome_text
from workbench.views.models.queries.statement import (
    Chosen,
    bound,
    chosen,
    is_of_before,
    marks,
    numbers_as_texts,
    parameters_in,
    to_save,
    wanted_types,
    warning_text,
)

TWO = "RETURN 1 AS x\n\nMATCH (a:Acount) RETURN a"
AGE = Parameter("age", "integer", 18, "years")


def test_a_selection_runs_alone_and_nothing_chosen_runs_all() -> None:
    assert chosen(Draft(TWO)) == Chosen(TWO)
    assert chosen(Draft(TWO, 13, 0)) == Chosen("RETURN 1 AS x", 0, part=True)
    assert chosen(Draft(TWO, 13, 15)) == Chosen(TWO), "blanks are no statement"
    assert chosen(Draft(TWO, 0, len(TWO))) == Chosen(TWO)


def test_parameters_are_as_declared_else_of_the_chosen_type() -> None:
    found = parameters_in("MATCH (a) WHERE a.x < $age AND a.y = $who // $not\nRETURN '$nor', $who", [AGE], {})
    assert found == (AGE, Parameter("who", "text"))
    assert parameters_in("RETURN $who", [], {"who": "integer"}) == (Parameter("who", "integer"),)
    assert parameters_in("RETURN $who", [], {"who": "no such type"}) == (Parameter("who", "text"),)
    assert parameters_in("RETURN 'not closed", [], {}) == ()


def test_numbers_that_were_read_as_texts_are_named() -> None:
    types = {"min": "text", "ages": "text[]", "who": "text", "top": "integer", "left": "text"}
    given = {"min": "40", "ages": "12, 13", "who": "40b", "top": "5"}
    assert numbers_as_texts(types, given) == ("min", "ages")


def test_values_are_read_by_type_and_a_wrong_one_is_said() -> None:
    assert bound([AGE, Parameter("who", "text")], {"who": "x"}) == {"age": 18, "who": "x"}
    assert bound([Parameter("who", "text")], {}) == {}
    with pytest.raises(ParameterInvalid, match="age"):
        bound([AGE], {"age": "old"})


def test_an_answer_says_whom_it_is_about_by_name_and_a_minor_by_the_mask() -> None:
    asked = (Parameter("who", "account[]"), Parameter("text", "text"))
    query = SavedQuery("q", "T", "D", "RETURN $who, $text", asked, headline="{rows} of {who}, {text}")
    names = Names({"p:1": "oak", "p:2": "elm"}, frozenset({"p:2"}))
    nothing, given = QueryResult((), [], False, Subgraph.of([], [])), {"who": "p:1,p:2,p:3", "text": "p:1"}
    said = headline(query, nothing, given, names)
    assert said == f"0 of “oak” (p:1), {names.of('p:2')}, p:3, p:1"


def test_ones_own_query_is_saved_on_and_anothers_becomes_a_new_one() -> None:
    mine = SavedQuery("q", "T", "D", "RETURN $age", (AGE,), revision=3, risk="high", headline="{rows}", owner="ann")
    kept = to_save(mine, " RETURN $age + 1 ", [AGE], revises=True)
    assert kept is not None
    assert (kept.id, kept.risk, kept.headline, kept.cypher) == ("q", "high", "{rows}", "RETURN $age + 1")
    other = to_save(mine, "RETURN $age", [AGE], revises=False)
    assert other is not None
    assert (other.id, other.owner, other.headline, other.parameters) == ("", "", "{rows}", (AGE,))
    assert to_save(None, "RETURN 1", [], revises=False) is None


def test_marks_stand_where_the_statement_stands_and_go_when_it_changes() -> None:
    unknown = (UnknownName("label", "Acount", 9, "Account"),)
    ran = chosen(Draft(TWO, 15, len(TWO)))
    found = marks(Draft(TWO), ran, None, unknown, words("en"))
    assert [(TWO[mark.start:mark.end], mark.severity, mark.message) for mark in found] == [
        ("Acount", "warning", "No label Acount in this graph: Account?")
    ]
    problem = StatementInvalid("Unexpected input", line=1, column=1)
    assert [TWO[mark.start:mark.end] for mark in marks(Draft(TWO), ran, problem, (), words("fr"))] == ["MATCH"]
    assert marks(Draft("RETURN 2"), ran, problem, unknown, words("en")) == []


def test_characters_are_counted_as_the_browser_does_and_what_it_sends_is_checked() -> None:
    text = "RETURN '😀é' AS x"
    assert _units(text, 9) == 10
    assert _draft({"text": text, "from": 0, "to": 10}) == Draft(text, 0, 9)
    for hostile in (None, "x", {"text": 1, "from": 0, "to": 0}, {"text": "x", "from": "0", "to": 0},
                    {"text": "x" * 100_001, "from": 0, "to": 0}):
        assert _draft(hostile) is None
    assert _draft({"text": "ab", "from": -5, "to": 99}) == Draft("ab", 0, 2)


def test_the_history_shows_no_id_and_no_name_of_a_masked_minor() -> None:
    names = Names({"p:kid": "Wren"}, frozenset({"p:kid"}))
    ran = (
        RanStatement(
            "MATCH (a {id: 'p:kid'})\nWHERE a.pseudonym <> \"Wren\" RETURN a", {}, {}, "1 rows", "2024-03-01T12:00:00Z"
        ),
        RanStatement("RETURN $who, 'plain'", {"who": "p:kid", "n": "3"}, {}, "1 rows", "2024-03-01T12:00:00Z"),
    )
    assert history.texts_in(ran) == {"p:kid", "Wren", "plain", "3"}
    shown = history.table(ran, names, words("en")).to_string()
    assert "p:kid" not in shown
    assert "Wren" not in shown
    assert "'plain'" in shown
    assert "n = 3" in shown
    opened = Names(names.pseudonyms, names.minors, frozenset({"p:kid"}))
    assert "p:kid" in history.table(ran, opened, words("en")).to_string()


def answer(*rows: tuple[object, ...]) -> QueryResult:
    return QueryResult(("what", "when", "n"), list(rows), False, Subgraph.of([], []))


def test_two_of_one_name_in_an_answer_are_told_apart_by_their_ids() -> None:
    people = [Node(f"p:{one}", "Account", {}) for one in "abc"]
    tie = Edge("Account/p:a", "Account/p:b", "CONTACTED", {})
    result = QueryResult(("who", "tie"), [(people[0], tie), (people[2], None)], Subgraph((), ()), False)
    names = Names({"p:a": "lea", "p:b": "lea", "p:c": "oak"})
    shown = result_rows(result, names, words("en"))
    assert list(shown["who"]) == ["Account lea (p:a)", "Account oak"]
    assert shown["tie"][0] == "lea (p:a) wrote to lea (p:b)"


def test_an_answer_is_of_before_once_the_statement_or_a_value_is_another() -> None:
    ran = Chosen(TWO)
    assert not is_of_before(Draft(TWO, 0, 5), {"age": "18"}, ran=ran, asked={"age": "18"})  # selected alone
    assert is_of_before(Draft(TWO + " LIMIT 5"), {}, ran=ran, asked={})
    assert is_of_before(Draft(TWO), {"age": "19"}, ran=ran, asked={"age": "18"})
    part = Chosen("RETURN 1 AS x", 0, part=True)
    assert not is_of_before(Draft(TWO), {}, ran=part, asked={})
    assert is_of_before(Draft("RETURN 2 AS x"), {}, ran=part, asked={})


def test_a_role_is_said_in_the_language_of_the_screens_and_a_pseudonym_is_not() -> None:
    described = (Column("role", "text"), Column("pseudonym", "text"))
    result = QueryResult(("role", "pseudonym"), [("member", "member"), (None, "x"), ("chief", "y")], False,
                         Subgraph.of([], []), described=described)
    rows = result_rows(result, Names({}, frozenset()), words("fr"))
    assert [list(row) for row in rows.fillna("-").to_numpy()] == [["membre", "member"], ["-", "x"], ["chief", "y"]]


def test_a_chart_knows_that_rows_of_several_people_stand_under_one_name() -> None:
    """The bar over *(a name that a minor bears)* was the tallest, and nobody's."""
    rows = pd.DataFrame({"writer": ["shared", "oak", "shared"], "n": [1, 2, 3]})
    assert charted.of_several(rows, 0, "shared")
    assert not charted.of_several(rows[:2], 0, "shared")
    assert not charted.of_several(rows, 1, "shared")


def test_rows_know_that_a_cell_stands_for_several_people() -> None:
    rows = pd.DataFrame({"writer": ["oak", "shared"], "n": [1, 2]})
    assert shares_names(rows, "shared")
    assert not shares_names(rows[:1], "shared")
    assert not shares_names(rows[:0], "shared")


def test_a_chart_measures_numbers_along_texts_or_moments_and_says_what_it_leaves_out() -> None:
    day = [datetime(2024, 3, number, tzinfo=UTC) for number in (2, 1)]
    result = answer(("b", day[0], 5), ("a", day[1], 7), ("c", None, None))
    rows = result_rows(result, Names({}, frozenset()), words("en"))
    assert charted.columns(result, rows) == charted.Columns((2,), 0, 2, "bars")
    assert charted.columns(result, rows, Chart("line", "when", "n")) == charted.Columns((2,), 1, 2, "line")
    assert charted.columns(result, rows, Chart("line", "when", "gone")) == charted.Columns((2,), 0, 2, "bars")
    bars = charted.charted(result, rows, "bars", 0, 2)
    assert (list(bars.frame["x"]), list(bars.frame["y"]), bars.along) == (["b", "a"], [5, 7], "nominal")
    line = charted.charted(result, rows, "line", 1, 2)
    assert (line.along, list(line.frame["y"]), line.total) == ("temporal", [7, 5], 2)
    many = answer(*((f"x{number}", None, number) for number in range(100)))
    cut = charted.charted(many, result_rows(many, Names({}, frozenset()), words("en")), "bars", 0, 2)
    assert (cut.shown, cut.total, cut.frame["y"].iloc[0]) == (60, 100, 99)
    text = answer(("a", None, "x"))
    assert charted.columns(text, result_rows(text, Names({}, frozenset()), words("en"))).measures == ()


def test_an_answer_that_was_cut_says_how_many_rows_there_are_at_least_in_the_language() -> None:
    query = SavedQuery("q", "T", "D", "RETURN 1", (), headline="Rows: {rows}")
    cut = QueryResult(("n",), [(1,)] * 1_200, True, Subgraph.of([], []))
    assert headline(query, cut, {}, Names({})) == "Rows: 1,200 or more"
    assert headline(query, cut, {}, Names({}), "fr") == "Rows: 1\u202f200 ou davantage"


def test_a_statement_asks_for_a_list_where_one_is_wanted() -> None:
    """*IN $ids* with a text was a fault of the engine's, though the statement was right."""
    statement = "MATCH (a) WHERE a.id IN $ids AND any(x IN $who WHERE x = a.id) AND a.age > $age AND $day IN $m.days"
    assert wanted_types(statement, {}) == {"ids": "text[]", "who": "text[]", "age": "text", "day": "text", "m": "text"}
    assert wanted_types("UNWIND $ids AS x RETURN x", {"ids": "account"}) == {"ids": "account[]"}
    assert wanted_types("RETURN $ids", {"ids": "account[]"}) == {"ids": "account"}
    assert wanted_types("RETURN 1 IN $ids", {"ids": "boolean"}) == {"ids": "text[]"}, "there is no list of that"
    assert wanted_types("RETURN 'open", {}) == {}


def test_a_moment_compared_with_a_day_is_said_with_what_to_write() -> None:
    (told,) = moments_compared("MATCH (a:Account) WHERE a.created_at > date('2024-03-01') RETURN count(a)")
    assert warning_text(told, words("en")) == (
        "a.created_at is a moment: compared with date('2024-03-01') it fits nothing. "
        "Compare it with datetime('2024-03-01')."
    )
    assert "datetime('2024-03-01')" in warning_text(told, words("fr"))


def table_of(columns: tuple[str, ...], *rows: tuple[object, ...]) -> tuple[QueryResult, pd.DataFrame]:
    result = QueryResult(columns, list(rows), False, Subgraph.of([], []))
    return result, result_rows(result, Names({}, frozenset()), words("en"))


def test_a_chart_of_counts_by_age_measures_the_counts() -> None:
    """Both axes stood at the age, kept the oldest, and said 79.0."""
    result, rows = table_of(("age", "n"), (14, 9), (None, 30), (79, 1), (13, 4))
    at = charted.columns(result, rows)
    assert (at.along, at.measure) == (0, 1)
    bars = charted.charted(result, rows, "bars", 0, 1, words("fr").figure)
    assert list(bars.frame["x"]) == ["13", "14", "79"]
    assert not bars.repeats
    first, second = table_of(("n", "age"), (1, 30), (2, 31))
    assert charted.columns(first, second).measure == 0, "a count by its name"
    first, second = table_of(("share", "age"), (0.5, 30), (0.25, 31))
    assert (charted.columns(first, second).along, charted.columns(first, second).measure) == (0, 1)
    assert charted.is_whole(rows["age"])
    assert not charted.is_whole(second["share"])


def test_rows_of_one_name_are_told_apart_by_the_next_column_or_said_to_be_summed() -> None:
    result, rows = table_of(("platform", "age", "total"), ("p", 13, 4), ("p", 14, 9), ("q", 13, 1))
    at = charted.columns(result, rows)
    assert (at.along, at.measure) == (0, 2)
    bars = charted.charted(result, rows, "bars", 0, 2, words("en").figure)
    assert (bars.repeats, bars.by, list(bars.frame["by"])) == (True, 1, ["13", "14", "13"])
    two, both = table_of(("platform", "total"), ("p", 4), ("p", 9))
    summed = charted.charted(two, both, "bars", 0, 1)
    assert (summed.repeats, summed.by) == (True, None)
    many, all_of_them = table_of(("platform", "age", "total"), *(("p", age, 1) for age in range(8)))
    assert charted.charted(many, all_of_them, "bars", 0, 2).by is None, "more than there are colours"


@pytest.mark.parametrize(
    ("outcome", "english", "french"),
    [
        ("1 rows", "1 row", "1 ligne"), ("64 rows", "64 rows", "64 lignes"),
        ("5 rows, more there", "5 rows, more there", "5 lignes, il y en a d’autres"),
        ("stopped for the next one", "stopped for the next one", "arrêté pour le suivant"),
        ("statement: ArithmeticError: / by zero; leave such values out, or convert them",
         "a number is divided by zero", "un nombre est divisé par zéro"),
        ("statement: no value for $ids; give each parameter a value", "no value is given for $ids",
         "aucune valeur n’est donnée pour $ids"),
        ("line 1, column 15: SyntaxError: Unexpected input 'x'; correct the statement",
         "line 1, column 15: SyntaxError: Unexpected input 'x'; correct the statement",
         "line 1, column 15: SyntaxError: Unexpected input 'x'; correct the statement"),
    ],
)
def test_how_a_run_ended_is_said_in_the_language(outcome: str, english: str, french: str) -> None:
    assert outcome_text(outcome, words("en")) == english
    assert outcome_text(outcome, words("fr")) == french


def test_a_hint_says_that_a_value_is_required_where_it_is_asked_for() -> None:
    assert hint(Parameter("age", "integer"), words("en")) == "whole number, required"
    assert hint(Parameter("age", "integer"), words("en"), required=False) == "whole number"
    of_leads = Parameter("kind", "choice", choices=("hub", "shell", "asc"))
    assert hint(of_leads, words("fr"), required=False) == "hub, comptes liés, asc", "kinds as everywhere on screen"


def test_a_map_of_a_masked_minor_does_not_tell_when_it_comes_of_age() -> None:
    """As exports: a map that holds its id is known for its own, whatever else stands in it."""
    spans = {"minor_from": datetime(2021, 5, 6, tzinfo=UTC), "minor_until": datetime(2027, 5, 6, tzinfo=UTC)}
    row = ({"id": "p:kid", "messages": 3, **spans}, {"id": "p:oak", **spans})
    result = QueryResult(("kid", "oak"), [row], False, Subgraph.of([], []))
    kid, oak = result_rows(result, Names({}, frozenset({"p:kid"})), words("en")).iloc[0]
    assert (kid.count(HIDDEN) >= len(spans), "20" in kid.partition("minor_from")[2]) == (True, False)
    assert "2027-05-06T00:00:00Z" in oak
    opened = Names({}, frozenset({"p:kid"}), opened=frozenset({"p:kid"}))
    assert "2027-05-06T00:00:00Z" in str(result_rows(result, opened, words("en")).iloc[0, 0])


def test_an_id_is_made_of_the_titles_letters_and_is_nobodys_yet() -> None:
    assert identifier("Très longs échanges : 2ᵉ") == "tres-longs-echanges-2e"
    assert identifier("D’un coup d’œil") == "d-un-coup-d-oeil"
    known = [SavedQuery(name, "", "", "RETURN 1") for name in ("tres-longs", "tres-longs-2")]
    assert free_identifier("Très longs", known) == "tres-longs-3"
    assert free_identifier("Très brefs", known) == "tres-brefs"
    assert len(free_identifier("x" * 90, [SavedQuery("x" * 60, "", "", "RETURN 1")])) <= 60
