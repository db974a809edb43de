"""Notes, tags and assignments are added, never changed; what was open last is kept for each person."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.labels import KEY
from workbench.casebook import Casebook, Standing
from workbench.casebook.mentions import mention, mentioned, told
from workbench.errors import Overtaken, WorkbenchError


@pytest.fixture
def book(tmp_path: Path) -> Casebook:
    return Casebook(f"sqlite:///{tmp_path}/filature.db", clock=lambda: datetime(2024, 5, 1, tzinfo=UTC))


def test_several_subjects_get_one_remark_each_and_the_latest_word_stands(book: Casebook) -> None:
    both = ("finding:hub-1", "finding:hub-2")
    book.remarks.add("c", both, "tag", "urgent", user="ann")
    book.remarks.add("c", both[:1], "tag", "night", user="bob")
    book.remarks.add("c", both[:1], "untag", "urgent", user="bob")
    book.remarks.add("c", both, "assign", "eve", user="ann")
    book.remarks.add("c", both[1:], "assign", "", user="ann")
    book.remarks.add("d", both, "tag", "elsewhere", user="ann")
    assert book.remarks.tags("c") == {"finding:hub-1": ("night",), "finding:hub-2": ("urgent",)}
    assert book.remarks.assigned("c") == {"finding:hub-1": "eve"}
    assert [remark.kind for remark in book.remarks.of("c", "finding:hub-1")] == ["tag", "tag", "untag", "assign"]
    assert book.verify_audit() == ()
    assert [entry.action for entry in book.audit()][:2] == ["tag", "tag"]


@pytest.mark.parametrize(
    ("subjects", "kind", "text", "user", "says"),
    [
        (("finding:x",), "note", "  ", "ann", "a note of 0 characters"),
        (("finding:x",), "tag", "t" * 61, "ann", "write 1 to 60"),
        (("planet:x",), "note", "n", "ann", "no subject 'planet:x'"),
        (("finding:",), "note", "n", "ann", "no subject"),
        (("finding:x",), "shout", "n", "ann", "no remark 'shout'"),
        (("finding:x",), "note", "n", " ", "named person"),
    ],
)
def test_what_cannot_be_added_is_said_and_nothing_is_written(book, subjects, kind, text, user, says) -> None:
    with pytest.raises(WorkbenchError, match=says):
        book.remarks.add("c", ("finding:ok", *subjects), kind, text, user=user)
    assert book.remarks.of("c") == ()


def test_a_remark_that_was_touched_is_named(book: Casebook, tmp_path: Path) -> None:
    book.remarks.add("c", ("account:p:a",), "note", "seen", user="ann")
    book.close()
    with sqlite3.connect(tmp_path / "filature.db") as connection:
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute("UPDATE remarks SET text = 'x'")
        connection.execute("DROP TRIGGER remarks_no_update")
        connection.execute("UPDATE remarks SET text = 'x'")
    connection.close()
    assert Casebook(f"sqlite:///{tmp_path}/filature.db").verify_audit() == ("remarks row 1 was changed",)


def test_what_was_open_last_is_kept_by_person_case_and_screen(book: Casebook) -> None:
    book.places.remember("ann", "c", "Leads", {"lead": "hub-1"})
    book.places.remember("ann", "c", "Leads", {"lead": "hub-2", "tier": "strong"})
    book.places.remember("bob", "c", "Leads", {"lead": "hub-9"})
    assert book.places.remembered("ann", "c", "Leads") == {"lead": "hub-2", "tier": "strong"}
    assert book.places.remembered("ann", "d", "Leads") == {}
    assert book.audit() == ()


def test_what_is_said_of_a_case_is_the_latest_and_people_come_and_go(book: Casebook) -> None:
    for kind, text in (
        ("description", "first"), ("description", "second"), ("authority", "Order 12"), ("authority", ""),
        ("person", "A. Keel"), ("person", "B. Quay"), ("person off", "A. Keel"),
    ):
        book.remarks.add("c", ["case:c"], kind, text, user="ann")
    stands = Standing.of("c", book.remarks.of("c"))
    assert (stands.text("description"), stands.text("authority"), stands.scope) == ("second", "", None)
    assert [remark.text for remark in stands.people] == ["B. Quay"]
    assert len(book.remarks.of("c")) == 7, "added, never changed"
    assert book.verify_audit() == ()
    with pytest.raises(WorkbenchError, match="only a case has a description"):
        book.remarks.add("c", ["account:p:1"], "description", "x", user="ann")


def test_a_picture_is_kept_once_under_its_hash_and_for_its_case(book: Casebook) -> None:
    name = book.places.keep_picture("c", "{}", key=KEY)
    assert book.places.keep_picture("c", "{}", key=KEY) == name
    assert book.places.keep_picture("d", "{}", key=KEY) != name
    assert book.places.keep_picture("c", "{}", key=bytes(32)) != name, "what it shows does not lead to it"
    assert book.places.picture("c", name) == "{}"
    assert book.places.picture("d", name) is None


def test_whoever_was_picked_into_a_note_stands_in_it_by_what_the_reader_may_see() -> None:
    text = f"seen with {mention('Account/p:kid')} in {mention('Room/p:hall')}, ⟦no mention⟧"
    assert mentioned(text) == {"p:kid", "p:hall"}
    assert told(text, {"p:kid": "minor ▪▪▪ 12ab", "p:hall": "the hall"}.__getitem__) == (
        "seen with minor ▪▪▪ 12ab in the hall, ⟦no mention⟧"
    )


def test_a_colleague_s_newer_words_on_the_case_are_not_covered_up(book: Casebook) -> None:
    drawn = {"description": "", "authority": "", "scope": ""}
    book.remarks.describe("c", {"description": "A complaint of March."}, instead_of=drawn, user="ann")
    book.remarks.describe("c", {"scope": "The harbour."}, instead_of=drawn, user="bob")
    stands = Standing.of("c", book.remarks.of("c"))
    assert (stands.text("description"), stands.text("scope")) == ("A complaint of March.", "The harbour.")
    with pytest.raises(Overtaken, match="ann has written another description meanwhile"):
        book.remarks.describe("c", {"description": "Mine.", "authority": "Order 12"}, instead_of=drawn, user="bob")
    assert Standing.of("c", book.remarks.of("c")) == stands, "all or none"
    book.remarks.describe("c", {"description": "A complaint of March. "}, instead_of=drawn, user="bob")
    known = drawn | {"description": "A complaint of March."}
    book.remarks.describe("c", {"description": "Mine."}, instead_of=known, user="bob")
    told = [(remark.kind, remark.text, remark.user) for remark in book.remarks.of("c")]
    assert told[0] == ("description", "A complaint of March.", "ann")
    assert told[-1] == ("description", "Mine.", "bob")
    assert book.verify_audit() == ()
