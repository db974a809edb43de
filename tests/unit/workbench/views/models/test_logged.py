"""What the details of an entry of the log say: labelled, in one order, and nothing of what a run quotes."""

import json

import pytest

from graph.detect.finding import Finding
from graph.detect.reason import Reason
from workbench.casebook import AuditEntry
from workbench.language import words
from workbench.masking.telling import NOBODY, Telling
from workbench.views.models import logged
from workbench.views.models.names import Names


def details(detail: str, language: str = "en", *, action: str = "run statement") -> str:
    entry = AuditEntry(1, "2024-03-01T10:00:00Z", "ann", "c", action, detail, "", "")
    return str(logged.table([entry], Names(), NOBODY, words(language)).iloc[0, -1])


LEAD = Finding("hub", ("p:kid",), "weak", 0.1, (Reason("replay"),), targets=("p:a", "p:b"))
NAMES = Names({"p:kid": "little_fox", "p:oak": "oak"}, frozenset({"p:kid"}))
KNOWN = logged.Known(
    {LEAD.finding_id: LEAD}, {7: {"account": "p:kid", "age": 15}, 8: {"account": "p:kid", "words": "of little_fox"}}
)
TELLING = Telling(frozenset({"little_fox", "p:kid"}), b"key")


def details_in_case(action: str, language: str = "en", **facts: object) -> str:
    entry = AuditEntry(1, "2024-03-01T10:00:00Z", "ann", "c", action, json.dumps(facts), "", "")
    assert {"p:kid"} <= logged.ids_in([entry], KNOWN)
    return str(logged.table([entry], NAMES, TELLING, words(language), KNOWN).iloc[0, -1])


def test_a_lead_is_told_with_whom_it_is_about_masked_where_masked() -> None:
    called = TELLING.lead(LEAD.finding_id)
    shown = f"{called} (hub: {NAMES.of('p:kid')})"
    assert details_in_case("judge", finding=LEAD.finding_id, **{"is": "cleared"}) == f"cleared · Lead: {shown}"
    assert details_in_case("note", "fr", on=f"finding:{LEAD.finding_id}") == (
        f"Piste\u00a0: {called} (hub\u00a0: {NAMES.of('p:kid')})"
    )
    gone = details_in_case("report", to="html", findings=[LEAD.finding_id, "hub-1", "hub-2", "hub-3"])
    assert gone == f"report on 4 leads · Leads: {shown}; hub-1; hub-2 and 1 more · Format: html"


def test_a_query_is_told_with_what_it_was_asked_masked_where_it_names_a_masked_person() -> None:
    run = {"table": "query_runs", "query": "contacts-of", "outcome": "8 rows"}
    assert details_in_case("run query", seq=7, **run) == (
        f"Query: contacts-of · Values: account = {NAMES.of('p:kid')}; age = 15 · Outcome: 8 rows"
    )
    within = AuditEntry(1, "2024-03-01T10:00:00Z", "ann", "c", "run query", json.dumps({**run, "seq": 8}), "", "")
    (whole,) = logged.table([within], NAMES, TELLING, words("en"), KNOWN)["Details"]
    assert whole == "Query: contacts-of · Values: (withheld: it names a minor) · Outcome: 8 rows"
    judged = json.dumps({"seq": 7, "table": "judgements"})
    other = AuditEntry(1, "2024-03-01T10:00:00Z", "ann", "c", "judge", judged, "", "")
    assert KNOWN.given(other) == {}, "whose row of the same number is another"


@pytest.mark.parametrize(("facts", "english", "french"), [
    ({"to": "disclosure", "file": "d.zip", "selection": {"findings": ["hub-1", "hub-2"]}, "texts": True},
     "disclosure package on 2 leads · with message texts · d.zip · Leads: hub-1; hub-2",
     "dossier de communication sur 2 pistes · avec les textes des messages · d.zip · Pistes\u00a0: hub-1\u00a0; hub-2"),
    ({"to": "graphml", "file": "g", "minors": "shown", "selection": {"finding": "hub-1"}},
     "evidence of a lead · minors unmasked · g · Lead: hub-1 · Format: graphml",
     "éléments d’une piste · mineurs non masqués · g · Piste\u00a0: hub-1 · Format\u00a0: graphml"),
    ({"to": "csv", "selection": {"table": "leads", "rows": 1, "of": 3}},
     "list of leads, 1 of 3 rows · Format: csv", "liste des pistes, 1 lignes sur 3 · Format\u00a0: csv"),
    ({"to": "xlsx", "selection": {"query": "contacts-of", "rows": 8}},
     "rows of an answer · Query: contacts-of · Format: xlsx",
     "lignes d’une réponse · Requête\u00a0: contacts-of · Format\u00a0: xlsx"),
    ({"to": "csv", "selection": {"accounts": ["p:a", "p:b"]}}, "2 accounts with their links · Format: csv",
     "2 comptes avec leurs liens · Format\u00a0: csv"),
    ({"to": "csv", "selection": {"all": True}}, "the whole graph · Format: csv",
     "le graphe entier · Format\u00a0: csv"),
    ({"to": "case bundle", "reason": "moved", "selection": {"all": True}},
     "the whole case in one file · Reason: moved", "l’affaire entière en un fichier · Motif\u00a0: moved"),
])
def test_what_an_export_was_is_said_in_words(facts: dict[str, object], english: str, french: str) -> None:
    """A disclosure package stood there as “Format: disclosure”."""
    assert details(json.dumps(facts), action="export") == english
    assert details(json.dumps(facts), "fr", action="export") == french


def test_what_was_looked_for_and_why_are_told_apart_in_one_order() -> None:
    assert details('{"reason": "again", "phrase": "code cadeau"}') == "Words looked for: code cadeau · Reason: again"
    assert details('{"account": "p:1", "reason": "again"}') == "p:1 · Reason: again"


def test_a_reason_that_was_given_before_is_told_to_be_so() -> None:
    """A new session that reads on by it has an entry of its own, as if the reason had been typed again."""
    opened = '{"one": "p:1", "other": "p:2", "room": "", "reason": "first look", "stated": %s}'
    assert details(opened % "true", action="open conversation") == "p:1 · p:2 · Reason: first look"
    assert details(opened % "false", action="open conversation") == "p:1 · p:2 · Reason, given earlier: first look"
    assert details(opened % "false", "fr", action="open conversation").endswith("Motif déjà donné\u00a0: first look")


def test_of_a_statement_its_digest_and_how_it_ended_are_told() -> None:
    ran = '{"statement": "ab12", "outcome": "%s", "table": "statements", "seq": 3}'
    assert details(ran % "21 rows") == "Statement (digest): ab12 · Outcome: 21 rows"
    assert details(ran % "no answer") == "Statement (digest): ab12 · Outcome: no answer"
    assert "Résultat\u00a0: 21 lignes" in details(ran % "21 rows", "fr")


def test_an_assignment_says_to_whom_and_one_that_was_taken_back_that_it_is_nobody_s() -> None:
    assert details('{"text": "eve", "on": "finding:hub-1"}', action="assign") == "eve · Lead: hub-1"
    assert details('{"on": "finding:hub-1"}', action="assign") == "nobody · Lead: hub-1"
    assert details('{"on": "finding:hub-1"}', "fr", action="assign") == "personne · Piste\u00a0: hub-1"
