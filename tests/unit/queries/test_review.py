"""What a query of the library must have: every shipped file has it, and each thing that is missing is named."""

from dataclasses import replace

import pytest

from queries.catalog import library
from queries.review import review
from queries.saved_query import Chart, Column, Example, Parameter, SavedQuery, Wording

FIT = SavedQuery(
    "q", "Accounts", "All accounts.",
    "MATCH (a:Account) WHERE a.x < $age RETURN a.id AS account, count(a) AS n, a AS graph ORDER BY n, account LIMIT 9",
    (Parameter("age", "integer", 18, "Below this", 1, 120),), headline="Accounts: {rows}", category="people",
    tags=("all",), columns=(Column("account", "account", "Account"), Column("n", "integer", "How many")),
    not_shown="Nothing.", chart=Chart("bars", "account", "n"), example=Example({}, 1),
    french=Wording(
        "Comptes", "Tous.", "Rien.", "Comptes : {rows}", {"age": "Sous"}, {"account": "Compte", "n": "Combien"}
    ),
)


@pytest.mark.parametrize("query", library(), ids=lambda query: query.id)
def test_every_query_of_the_library_is_fit(query: SavedQuery) -> None:
    assert review(query) == []


def test_what_is_fit_has_no_faults() -> None:
    assert review(FIT) == []


@pytest.mark.parametrize(
    ("unfit", "fault"),
    [
        (replace(FIT, category=""), "it has no category"), (replace(FIT, tags=()), "it has no tags"),
        (replace(FIT, not_shown=""), "it has no not-shown"), (replace(FIT, example=None), "it has no example"),
        (replace(FIT, headline="Accounts"), "the headline does not say how many {rows}"),
        (replace(FIT, columns=(Column("account", "account"), FIT.columns[1])), "column account has no title"),
        (replace(FIT, columns=FIT.columns[:1]), "it returns account, n and describes account"),
        (replace(FIT, columns=(FIT.columns[0], Column("n", "integer", "Account"))), "two columns are titled 'Account'"),
        (replace(FIT, french=replace(FIT.french, title="")), "there is no fr.title"),
        (replace(FIT, french=replace(FIT.french, parameters={})), "there is no fr.param age"),
        (replace(FIT, french=replace(FIT.french, columns={"n": "Combien"})), "there is no fr.column account"),
        (replace(FIT, french=replace(FIT.french, headline="Comptes {age}")), "the two headlines name different fields"),
        (replace(FIT, parameters=(Parameter("age", "integer", 18, "Below"),)), "parameter age has no limits"),
        (replace(FIT, parameters=(Parameter("age", "integer", 18, "", 1),)), "parameter age has no description"),
        (replace(FIT, example=Example({"age": 900}, 1)), "the example cannot be run"),
        (replace(FIT, cypher=FIT.cypher.replace("ORDER BY n, account", "")), "it has no ORDER BY"),
        (replace(FIT, cypher="MATCH (a) DELETE a"), "DELETE is not allowed"),
    ],
)
def test_each_thing_that_is_missing_is_named(unfit: SavedQuery, fault: str) -> None:
    assert any(fault in found for found in review(unfit)), review(unfit)
