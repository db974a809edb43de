"""The casebook keeps everything, shows each user what is theirs or shared, and shows when it was touched."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy.exc import DatabaseError

from queries.errors import HeaderInvalid, QueryError, RefusedStatement, UnknownQuery
from queries.saved_query import Parameter, SavedQuery
from tests.unit.workbench.casebook.conftest import ON_BOTH, Opened, Tamper
from workbench.casebook import STATUSES, Casebook
from workbench.casebook.book import are_opposed
from workbench.errors import Overtaken, WorkbenchError

NOON = datetime(2024, 5, 1, 14, tzinfo=timezone(timedelta(hours=2)))
QUERY = SavedQuery(
    "late-openers", "Late openers", "Who writes at night", "MATCH (a {id: $account}) RETURN a",
    (Parameter("account", "text", None, "Whose"),), risk="medium", headline="Rows: {rows}",
)


@pytest.fixture
def book(opened: Opened) -> Casebook:
    return opened(clock=lambda: NOON)


@ON_BOTH
def test_saving_again_makes_a_revision_and_keeps_the_history(book: Casebook, opened: Opened) -> None:
    first = book.save_query(QUERY, user="ann", shared=False)
    second = book.save_query(replace(QUERY, title="Later openers"), user="ann", shared=True)
    assert first == replace(QUERY, owner="ann", shared=False, revision=1)
    assert second == replace(QUERY, title="Later openers", owner="ann", shared=True, revision=2)
    book.close()
    again = opened()
    assert again.query("late-openers", "ann") == second
    assert again.history("late-openers", "ann") == (first, second)
    assert again.history("late-openers", "bob") == (second,)


def test_a_private_query_is_invisible_to_others_also_when_it_was_shared_before(book: Casebook) -> None:
    book.save_query(QUERY, user="ann", shared=True)
    assert [query.owner for query in book.queries("bob")] == ["ann"]
    book.save_query(QUERY, user="ann", shared=False)
    assert book.queries("bob") == ()
    with pytest.raises(UnknownQuery):
        book.query("late-openers", "bob")
    with pytest.raises(UnknownQuery):
        book.history("late-openers", "bob")


def test_two_people_may_have_private_queries_of_one_id_and_ones_own_comes_first(book: Casebook) -> None:
    book.save_query(replace(QUERY, title="Bob's"), user="bob", shared=False)
    book.save_query(QUERY, user="ann", shared=True)
    assert [(query.owner, query.revision) for query in book.queries("bob")] == [("bob", 1), ("ann", 1)]
    assert book.query("late-openers", "bob").title == "Bob's"
    assert book.query("late-openers", "eve").owner == "ann"


def test_names_of_the_library_and_of_shared_queries_are_taken(book: Casebook) -> None:
    with pytest.raises(QueryError, match="library"):
        book.save_query(replace(QUERY, id="rooms-of"), user="ann", shared=False)
    book.save_query(QUERY, user="ann", shared=True)
    with pytest.raises(QueryError, match="ann shares"):
        book.save_query(QUERY, user="bob", shared=False)


def test_a_query_that_could_not_run_is_not_saved(book: Casebook) -> None:
    with pytest.raises(RefusedStatement):
        book.save_query(replace(QUERY, cypher="MATCH (a {id: $account}) DETACH DELETE a"), user="ann", shared=True)
    with pytest.raises(HeaderInvalid):
        book.save_query(replace(QUERY, cypher="RETURN 1"), user="ann", shared=True)
    with pytest.raises(WorkbenchError, match="named person"):
        book.save_query(QUERY, user=" ", shared=True)
    assert book.queries("ann") == ()


def test_judgements_append_and_the_latest_is_the_status(book: Casebook) -> None:
    first = book.judge("hub-1", "in review", "looking", "ann", case="north")
    second = book.judge("hub-1", "cleared", "a teacher", "bob", case="north")
    book.judge("hub-1", "referred", "", "eve", case="south")
    assert first.at == "2024-05-01T12:00:00Z"
    assert book.judgements("north", "hub-1") == (first, second)
    assert book.status("north") == {"hub-1": second}
    assert book.judgements("north", "hub-2") == ()
    with pytest.raises(WorkbenchError, match=STATUSES[0]):
        book.judge("hub-1", "guilty", "", "ann", case="north")


@ON_BOTH
def test_an_untouched_log_has_no_faults(book: Casebook) -> None:
    assert book.verify_audit() == ()
    book.save_query(QUERY, user="ann", shared=True)
    book.judge("hub-1", "open", "note\nwith 'quotes' \u202e \x00", "ann", case="north")
    book.record("ann", "north", "export", "graphml")
    assert [entry.action for entry in book.audit()] == ["save query", "share query", "judge", "export"]
    assert [entry.seq for entry in book.audit()] == [1, 2, 3, 4]
    assert book.verify_audit() == ()


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE audit SET detail = 'other' WHERE seq = 2", "entry 2 (b) was changed"),
        ("UPDATE audit SET person = 'eve' WHERE seq = 1", "entry 1 (a) was changed"),
        ("DELETE FROM audit WHERE seq = 2", "entry 2 is missing"),
        ("DELETE FROM audit WHERE seq = 4", "ends at entry 3, 4 were written"),
        ("DELETE FROM audit", "ends at entry 0, 4 were written"),
        ("UPDATE judgements SET status = 'cleared'", "judgements row 1 was changed"),
        ("DELETE FROM judgements", "judgements row 1 is missing"),
        ("INSERT INTO judgements VALUES (9, 'c', 'f', 'open', '', 'eve', 'now')", "row 9 was never recorded"),
    ],
)
def test_verifying_names_the_entry_that_was_touched(
    book: Casebook, opened: Opened, tamper: Tamper, statement: str, fault: str
) -> None:
    for action in ("a", "b", "c"):
        book.record("ann", "north", action, "detail")
    book.judge("hub-1", "open", "", "ann", case="north")
    book.close()
    tamper(statement)
    assert any(fault in found for found in opened().verify_audit())


@pytest.mark.parametrize("change", ["UPDATE {} SET at = 'x'", "DELETE FROM {}"])
@pytest.mark.parametrize(
    ("url", "table"),
    [("sqlite", "audit"), ("sqlite", "judgements"), ("sqlite", "saved_queries"), ("sqlite", "statements"),
     ("postgresql", "audit"), ("postgresql", "statements")], indirect=["url"],
)
def test_the_database_itself_refuses_to_change_a_row(book: Casebook, tamper: Tamper, table: str, change: str) -> None:
    book.save_query(QUERY, user="ann", shared=True)
    book.judge("hub-1", "open", "", "ann", case="north")
    book.statements.add("north", "RETURN 1", {}, "1 rows", user="ann")
    with pytest.raises(DatabaseError, match="append-only"):
        tamper(change.format(table), triggers=True)


@ON_BOTH
def test_processes_write_at_once_and_the_chain_holds(url: str, opened: Opened) -> None:
    program = (
        "import sys\nfrom workbench.casebook import Casebook\n"
        "for number in range(8):\n"
        "    book = Casebook(sys.argv[1])\n"
        "    book.judge('hub-1', 'open', str(number), sys.argv[2], case='c')\n"
        "    book.close()\n"
    )
    root = Path(__file__).resolve().parents[4]
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", program, url, name],
            cwd=root,
            env={**os.environ, "PYTHONPATH": str(root)},
        )
        for name in ("ann", "bob", "eve")
    ]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0, 0]
    book = opened()
    assert [entry.seq for entry in book.audit()] == list(range(1, 25))
    for name in ("ann", "bob", "eve"):
        assert [item.note for item in book.judgements("c") if item.user == name] == [str(i) for i in range(8)]
    assert book.verify_audit() == ()


def test_the_file_is_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "workspace" / "filature.db"
    Casebook(f"sqlite:///{file}").record("ann", "c", "a")
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("url", "part"),
    [
        (lambda folder: "no url", "sqlite:///FILE"),
        (lambda folder: f"sqlite:///{folder}", "refused"),
        (lambda folder: f"sqlite:///{folder}/text.db", "not a database"),
        (lambda folder: "postgresql://u:secret@127.0.0.1:9/x", ""),
        (lambda folder: "mysql+nothing://x/y", "driver"),
    ],
)
def test_a_database_that_cannot_be_used_is_one_line_without_its_password(
    tmp_path: Path, url: Callable[[Path], str], part: str
) -> None:
    (tmp_path / "text.db").write_text("this is no database, just a text " * 20)
    with pytest.raises(WorkbenchError) as error:
        Casebook(url(tmp_path)).record("ann", "c", "a")
    assert part in str(error.value)
    assert "\n" not in str(error.value)
    assert "secret" not in str(error.value)


def test_another_schema_version_is_refused_not_guessed_at(book: Casebook, opened: Opened, tamper: Tamper) -> None:
    book.record("ann", "c", "a")
    book.close()
    tamper("UPDATE casebook_schema SET version = 99")
    with pytest.raises(WorkbenchError, match="version 99"):
        opened().record("ann", "c", "a")


def test_the_console_remembers_what_each_person_ran_the_latest_first_once_each(book: Casebook) -> None:
    ran = (("RETURN 1", {}, "1 rows"), ("RETURN $x", {"x": "2"}, "a\nfault"), ("RETURN 1", {}, "0 rows"))
    for text, given, outcome in ran:
        book.statements.add("north", text, given, outcome, user="ann")
    book.statements.add("north", "RETURN 3", {}, "1 rows", user="bob")
    book.statements.add("south", "RETURN 4", {}, "1 rows", user="ann")
    assert [(one.text, dict(one.parameters), one.outcome) for one in book.statements.of("ann", "north")] == [
        ("RETURN 1", {}, "0 rows"), ("RETURN $x", {"x": "2"}, "a fault"),
    ]
    assert [one.text for one in book.statements.of("ann", "north", most=1)] == ["RETURN 1"]
    assert book.verify_audit() == ()
    with pytest.raises(WorkbenchError):
        book.statements.add("north", "RETURN 1", {}, "", user=" ")


def test_the_clock_is_the_callers(opened: Opened) -> None:
    moments = iter([datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 1, 2, tzinfo=UTC)])
    book = opened(clock=lambda: next(moments))
    book.record("ann", "c", "a")
    book.record("ann", "c", "b")
    assert [entry.at for entry in book.audit()] == ["2024-01-01T00:00:00Z", "2024-01-02T00:00:00Z"]


def test_a_judgement_that_was_not_seen_is_not_followed_by_the_opposite_unread(book: Casebook) -> None:
    book.judge("hub-1", "substantiated", "read all", "bob", case="c")
    with pytest.raises(Overtaken, match="bob has judged it meanwhile"):
        book.judge_all(["hub-2", "hub-1"], "cleared", "a helper", "ann", case="c", seen={"hub-1": 0, "hub-2": 0})
    assert [one.user for one in book.judgements("c")] == ["bob"], "all or none"
    assert not book.status("c")["hub-1"].opposed
    with pytest.raises(Overtaken, match="bob has judged it meanwhile"):  # oneself, in another tab
        book.judge_all(["hub-1"], "in review", "", "bob", case="c", seen={"hub-1": 0})
    book.judge_all(["hub-1"], "in review", "", "bob", case="c", seen={"hub-1": 1})
    book.judge_all(["hub-1"], "cleared", "a helper", "ann", case="c", seen={"hub-1": 2})
    assert book.status("c")["hub-1"].status == "cleared"
    assert not book.status("c")["hub-1"].opposed, "the latest of each counts"
    book.judge("hub-1", "referred", "read again", "bob", case="c")
    assert (book.status("c")["hub-1"].status, book.status("c")["hub-1"].opposed) == ("referred", True)


@pytest.mark.parametrize(("statuses", "opposed"), [
    ((), False), (("cleared",), False), (("substantiated", "referred"), False), (("in review", "cleared"), False),
    (("cleared", "open", "referred"), True), (("substantiated", "cleared"), True),
])
def test_only_judgements_that_contradict_each_other_are_opposed(statuses: tuple[str, ...], opposed: bool) -> None:
    assert are_opposed(statuses) == opposed
