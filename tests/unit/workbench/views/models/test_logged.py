"""What the details of an entry of the log say: labelled, in one order, and nothing of what a run quotes."""

from workbench.casebook import AuditEntry
from workbench.language import words
from workbench.masking.telling import NOBODY
from workbench.views.models import logged
from workbench.views.models.names import Names


def details(detail: str, language: str = "en", *, action: str = "run statement") -> str:
    entry = AuditEntry(1, "2024-03-01T10:00:00Z", "ann", "c", action, detail, "", "")
    return str(logged.table([entry], Names(), NOBODY, words(language)).iloc[0, -1])


def test_what_was_looked_for_and_why_are_told_apart_in_one_order() -> None:
    assert details('{"reason": "again", "phrase": "code cadeau"}') == "Words looked for: code cadeau · Reason: again"
    assert details('{"account": "p:1", "reason": "again"}') == "p:1 · Reason: again"


def test_of_a_statement_its_digest_and_how_it_ended_are_told() -> None:
    ran = '{"statement": "ab12", "outcome": "%s", "table": "statements", "seq": 3}'
    assert details(ran % "21 rows") == "Statement (digest): ab12 · Outcome: 21 rows"
    assert details(ran % "no answer") == "Statement (digest): ab12 · Outcome: no answer"
    assert "Résultat\u00a0: 21 lignes" in details(ran % "21 rows", "fr")


def test_an_assignment_says_to_whom_and_one_that_was_taken_back_that_it_is_nobody_s() -> None:
    assert details('{"text": "eve", "on": "finding:hub-1"}', action="assign") == "eve · hub-1"
    assert details('{"on": "finding:hub-1"}', action="assign") == "nobody · hub-1"
    assert details('{"on": "finding:hub-1"}', "fr", action="assign") == "personne · hub-1"
