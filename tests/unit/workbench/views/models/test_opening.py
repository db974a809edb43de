"""A stated reason opens the texts that the prompt named, to one person, for a time; others are asked about anew."""

import json
from datetime import UTC, datetime, timedelta

from workbench.casebook.audit import AuditEntry
from workbench.views.models import opening
from workbench.views.models.conversation import Thread
from workbench.views.models.opening import Texts

AT = datetime(2024, 3, 1, 9, tzinfo=UTC)
FIRST = Texts.of_thread(Thread("p:hub", "p:m1"), lead="L1")
OTHER = Texts.of_thread(Thread("p:hub", "p:m2"), lead="L1")
CITED = Texts.of_cited("L1", ["messages:1", "messages:2", "accounts:p:hub"])


def logged(texts: Texts, reason: str, *, stated: bool = True, user: str = "ann", case: str = "c") -> AuditEntry:
    at = AT.isoformat().replace("+00:00", "Z")
    return AuditEntry(1, at, user, case, texts.action, texts.detail(reason, stated=stated), "", "")


def reason(texts: Texts, *entries: AuditEntry) -> str | None:
    found = opening.stated(texts, entries, user="ann", case="c")
    return found.reason if found else None


def test_a_reason_for_one_conversation_of_a_lead_opens_no_other_and_no_cited_messages() -> None:
    entry = logged(FIRST, "to judge it")
    assert reason(FIRST, entry) == "to judge it"
    assert (reason(OTHER, entry), reason(CITED, entry)) == (None, None)
    assert [opening.offered(texts, [entry], user="ann", case="c") for texts in (OTHER, CITED)] == ["to judge it"] * 2


def test_a_conversation_is_the_same_from_either_side_and_from_any_lead() -> None:
    entry = logged(FIRST, "to judge it")
    assert reason(Texts.of_thread(Thread("p:m1", "p:hub"), lead="L2"), entry) == "to judge it"
    assert reason(Texts.of_thread(Thread("p:m1", "p:hub")), entry) == "to judge it"


def test_cited_messages_are_those_of_one_reason_of_one_lead() -> None:
    entry = logged(CITED, "to judge it")
    assert CITED.messages == 2
    assert reason(Texts.of_cited("L1", ["messages:2", "messages:1"]), entry) == "to judge it"
    assert reason(Texts.of_cited("L1", ["messages:1"]), entry) is None, "the reason cites others now"
    assert reason(Texts.of_cited("L2", ["messages:1", "messages:2"]), entry) is None


def test_a_room_is_a_text_of_its_own_and_its_reason_is_offered_for_the_room_alone() -> None:
    room, entry = Texts.of_thread(Thread(room="p:lobby")), logged(Texts.of_thread(Thread(room="p:lobby")), "a word")
    assert reason(room, entry) == "a word"
    assert opening.offered(Texts.of_thread(Thread("p:hub", "p:m1")), [entry], user="ann", case="c") == ""


def test_it_opens_to_the_person_who_stated_it_in_that_case_for_twelve_hours() -> None:
    assert reason(FIRST, logged(FIRST, "x", user="bob")) is None
    assert reason(FIRST, logged(FIRST, "x", case="d")) is None
    assert reason(FIRST, logged(FIRST, "x", stated=False)) is None, "taken up again: it lasts no longer"
    found = opening.stated(FIRST, [logged(FIRST, "x")], user="ann", case="c")
    assert found is not None
    assert found.stands(AT + timedelta(hours=11, minutes=59))
    assert not found.stands(AT + timedelta(hours=12))


def test_an_opening_of_an_earlier_version_opens_nothing_but_its_reason_is_offered() -> None:
    detail = json.dumps({"one": "p:hub", "other": "p:m1", "room": "", "lead": "L1", "reason": "before"})
    entry = AuditEntry(1, AT.isoformat(), "ann", "c", "open conversation", detail, "", "")
    assert reason(FIRST, entry) is None
    assert opening.offered(OTHER, [entry], user="ann", case="c") == "before"


def test_a_reason_for_one_phrase_opens_no_other_and_no_conversation_and_is_offered_for_the_next() -> None:
    phrase, entry = Texts(phrase="see you"), logged(Texts(phrase="see you"), "who else says so")
    assert (entry.action, entry.facts) == (
        "search texts", {"phrase": "see you", "reason": "who else says so", "stated": True}
    )
    assert reason(phrase, entry) == "who else says so"
    others = (Texts(phrase="see you soon"), FIRST, CITED, Texts.of_thread(Thread(room="p:lobby")))
    assert [reason(texts, entry) for texts in others] == [None] * 4
    offers = [opening.offered(texts, [entry, logged(FIRST, "x")], user="ann", case="c") for texts in others]
    assert offers[0] == "who else says so"
    assert "who else says so" not in offers[1:]
    assert not phrase.single


def test_nothing_logged_opens_and_offers_nothing() -> None:
    assert opening.stated(FIRST, [], user="ann", case="c") is None
    assert opening.offered(FIRST, [], user="ann", case="c") == ""


def test_one_conversation_or_message_is_asked_for_in_the_singular() -> None:
    assert FIRST.single
    assert Texts.of_cited("L1", ["messages:1"]).single
    assert not CITED.single
