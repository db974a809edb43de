"""A saved query is shown to whom its owner names; others edit it where they may; revisions compare and come back."""

from dataclasses import replace

import pytest

from queries.catalog import library
from queries.errors import QueryError, UnknownQuery
from queries.parameters import defaults_of
from tests.unit.workbench.casebook.conftest import ON_BOTH, Opened
from tests.unit.workbench.casebook.test_casebook import NOON, QUERY
from workbench.casebook import Casebook
from workbench.casebook.people import NotAllowed
from workbench.casebook.saved import Sharing
from workbench.casebook.saved.archived import Archived
from workbench.errors import WorkbenchError

ID = QUERY.id


@pytest.fixture
def book(opened: Opened) -> Casebook:
    """Ann's query, which bob may edit and eve may run, after a first revision that was private."""
    book = opened(clock=lambda: NOON)
    book.save_query(replace(QUERY, title="Draft"), user="ann")
    book.save_query(QUERY, user="ann")
    book.saved.share(ID, Sharing(people={"bob": "edit", "eve": "run"}), user="ann")
    return book


def test_only_who_is_named_sees_it(book: Casebook) -> None:
    assert [len(book.queries(name)) for name in ("ann", "bob", "eve", "zoe")] == [1, 1, 1, 0]
    with pytest.raises(UnknownQuery):
        book.saved.sharing(ID, "zoe")
    with pytest.raises(UnknownQuery):
        book.query(f"{ID}@ann", "zoe")
    book.saved.share(ID, Sharing(everyone=True, people={"bob": "edit"}), user="ann")
    assert book.query(f"{ID}@ann", "zoe").shared


def test_who_may_edit_adds_a_revision_in_their_own_name_and_sharing_stays(book: Casebook) -> None:
    saved = book.save_query(replace(QUERY, title="Bob's words"), user="bob")
    assert (saved.owner, saved.revision, saved.title) == ("ann", 3, "Bob's words")
    assert [one.author for one in book.saved.revisions(ID, "ann")] == ["ann", "ann", "bob"]
    assert book.saved.sharing(ID, "ann") == Sharing(people={"bob": "edit", "eve": "run"})
    assert book.query(ID, "eve").title == "Bob's words"
    with pytest.raises(QueryError, match="ann shares a query of that id"):
        book.save_query(QUERY, user="eve")
    with pytest.raises(NotAllowed, match="only ann says who sees it"):
        book.save_query(QUERY, user="bob", shared=True)
    with pytest.raises(NotAllowed, match="only ann"):
        book.saved.share(ID, Sharing(everyone=True), user="bob")
    assert [(entry.user, entry.facts["owner"]) for entry in book.audit() if entry.action == "save query"] == [
        ("ann", "ann"), ("ann", "ann"), ("bob", "ann"),
    ]
    assert book.verify_audit() == ()


def test_what_a_colleague_saved_meanwhile_is_not_covered_up(book: Casebook) -> None:
    book.save_query(replace(QUERY, title="Bob's words"), user="bob", based_on=2)
    with pytest.raises(QueryError, match="bob has saved revision 3 meanwhile"):
        book.save_query(replace(QUERY, title="Mine"), user="ann", based_on=2)
    assert book.save_query(replace(QUERY, title="Mine"), user="ann", based_on=3).revision == 4


@ON_BOTH
def test_revisions_compare_line_by_line_and_an_earlier_one_comes_back_as_the_next(book: Casebook) -> None:
    changed = replace(QUERY, cypher=QUERY.cypher + "\nORDER BY a.id")
    book.save_query(changed, user="bob")
    assert book.saved.difference(ID, 2, 3, user="eve") == (
        "--- late-openers revision 2, ann\t2024-05-01T12:00:00Z",
        "+++ late-openers revision 3, bob\t2024-05-01T12:00:00Z",
        "@@ -7,3 +7,4 @@", " // headline: Rows: {rows}", " ", " MATCH (a {id: $account}) RETURN a", "+ORDER BY a.id",
    )
    back = book.saved.restore(ID, 2, user="bob")
    assert (back.owner, back.revision, back.cypher) == ("ann", 4, QUERY.cypher)
    assert book.saved.difference(ID, 2, 4, user="ann") == ()
    with pytest.raises(QueryError):
        book.saved.restore(ID, 2, user="eve")


def test_a_revision_from_before_the_sharing_is_shown_to_who_may_edit_alone(book: Casebook) -> None:
    assert [one.query.title for one in book.saved.revisions(ID, "bob")] == ["Draft", "Late openers"]
    assert [one.query.title for one in book.saved.revisions(ID, "eve")] == ["Late openers"]
    with pytest.raises(UnknownQuery, match="no revision 1"):
        book.saved.difference(ID, 1, 2, user="eve")


@ON_BOTH
def test_an_archived_query_leaves_the_lists_of_all_and_is_found_by_its_name_until_it_comes_back(book: Casebook) -> None:
    watch = book.watches.begin("north", book.query(ID, "bob"), {"account": "p:1"}, ["a"], [], user="bob", digest="d")
    with pytest.raises(NotAllowed, match="only ann takes it out of the lists"):
        book.saved.archive(ID, user="bob")
    book.saved.archive(ID, user="ann")
    book.saved.archive(ID, user="ann")  # which it is
    assert [book.queries(name) for name in ("ann", "bob", "eve")] == [(), (), ()]
    assert [[one.id for one in book.queries(name, archived=True)] for name in ("ann", "eve", "zoe")] == [[ID], [ID], []]
    put_away = book.saved.archived("eve")
    assert put_away == {(ID, "ann"): Archived("ann", "2024-05-01T12:00:00Z")}
    assert book.saved.archived("zoe") == {}
    assert (book.query(ID, "eve").title, len(book.saved.revisions(ID, "ann"))) == ("Late openers", 2)
    assert [(one.number, seen.id) for one, seen in book.watches.all_of("north") if seen] == [(watch.number, ID)]
    with pytest.raises(QueryError, match="you have a query of that id"):
        book.saved.duplicate(QUERY, ID, user="ann")
    book.saved.archive(ID, user="ann", archived=False)
    assert [one.id for one in book.queries("bob")] == [ID]
    book.saved.archive(ID, user="ann")
    assert book.save_query(replace(QUERY, title="Bob's words"), user="bob").revision == 3
    assert [one.title for one in book.queries("eve")] == ["Bob's words"], "what is saved again is in the lists again"
    done = [(entry.user, entry.action) for entry in book.audit()]
    assert [one for one in done if one[1] in ("archive query", "bring back query")] == [
        ("ann", "archive query"), ("ann", "bring back query"), ("ann", "archive query"), ("bob", "bring back query"),
    ]
    assert book.verify_audit() == ()


def test_a_duplicate_begins_with_the_values_that_were_filled_in(book: Casebook) -> None:
    shipped = next(query for query in library() if query.id == "accounts-contacting-most-minors")
    written = {one.name: "40" if one.type == "integer" else "" for one in shipped.parameters}
    mine = book.saved.duplicate(
        shipped, "forty", user="eve", title="Forty", defaults=defaults_of(shipped.parameters, written)
    )
    kept = {one.name: one.default for one in book.query("forty", "eve").parameters}
    assert kept == {one.name: one.default for one in mine.parameters}
    assert kept == {one.name: 40 if one.type == "integer" else one.default for one in shipped.parameters}
    assert defaults_of(shipped.parameters, dict.fromkeys(kept, "no number")) == {}, "what cannot be read is none"


def test_a_duplicate_is_private_and_ones_own(book: Casebook) -> None:
    shipped = next(query for query in library() if query.id == "rooms-of")
    mine = book.saved.duplicate(shipped, "rooms-of-mine", user="eve", title="Rooms, mine")
    assert (mine.owner, mine.revision, mine.shared, mine.title, mine.cypher) == (
        "eve", 1, False, "Rooms, mine", shipped.cypher
    )
    assert mine.in_language("fr").title == "Rooms, mine", "in French it was called as the one of the library"
    assert book.saved.duplicate(book.query(ID, "eve"), "night", user="eve").owner == "eve"
    assert [query.id for query in book.queries("zoe")] == []
    with pytest.raises(QueryError, match="you have a query of that id"):
        book.saved.duplicate(shipped, "night", user="eve")
    with pytest.raises(UnknownQuery):
        book.saved.duplicate(book.query(ID, "ann"), "stolen", user="zoe")


def test_who_ran_what_when_with_which_values_is_told_by_case(book: Casebook) -> None:
    query = book.query(ID, "bob")
    book.runs.add("north", query, {"account": "p:1"}, "3 rows", user="bob")
    book.runs.add("south", query, {"account": "p:2"}, "0\nrows", user="eve")
    found = book.runs.of("north", query)
    assert [(one.user, one.query, one.revision, dict(one.parameters), one.outcome, one.at) for one in found] == [
        ("bob", ID, 2, {"account": "p:1"}, "3 rows", "2024-05-01T12:00:00Z")
    ]
    assert [one.outcome for one in book.runs.of("south")] == ["0 rows"]
    assert book.verify_audit() == ()


@ON_BOTH
def test_a_watch_tells_what_is_new_since_its_person_looked(book: Casebook) -> None:
    query = book.query(ID, "bob")
    watch = book.watches.begin("north", query, {"account": "p:1"}, ["a"], ["k1", "k2"], user="bob", digest="d1")
    assert (watch.name, watch.keys, watch.user) == (f"{ID}@ann", ("a",), "bob")
    book.watches.checked(watch, ["k2", "k3", "k4"], digest="d2")
    look = book.watches.of("north", "bob")[0][1]
    assert (look.fresh, look.gone, look.digest) == (2, 1, "d2")
    failed = book.watches.checked(watch, [], digest="d3", error="it took\ntoo long")
    assert (failed.fresh, failed.error) == (2, "it took too long"), "what was found before stays"
    book.watches.looked(watch.number, user="bob")
    assert book.watches.of("north", "bob")[0][1].fresh == 0
    assert book.watches.of("north", "ann") == ()
    with pytest.raises(WorkbenchError, match="no watch"):
        book.watches.end(watch.number, user="ann")
    assert [(one.number, seen.id) for one, seen in book.watches.all_of("north") if seen] == [(watch.number, ID)]
    book.saved.share(ID, Sharing(), user="ann")
    assert [seen for _one, seen in book.watches.all_of("north")] == [None], "shown no longer, checked no longer"
    book.watches.end(watch.number, user="bob")
    assert book.watches.of("north", "bob") == ()
    with pytest.raises(WorkbenchError, match="nobody here has read"):
        book.watches.begin("north", replace(query, reviewed=False), {}, ["a"], [], user="bob", digest="d")
    assert book.verify_audit() == ()


def test_a_watch_like_one_that_stands_is_refused_and_one_of_another_value_or_person_is_not(book: Casebook) -> None:
    query = book.query(ID, "bob")
    first = book.watches.begin("north", query, {"account": "p:1"}, ["a"], [], user="bob", digest="d")
    with pytest.raises(WorkbenchError, match="with these values already"):
        book.watches.begin("north", query, {"account": "p:1"}, ["a"], [], user="bob", digest="d")
    book.watches.begin("north", query, {"account": "p:2"}, ["a"], [], user="bob", digest="d")
    book.watches.begin("north", query, {"account": "p:1"}, ["a", "b"], [], user="bob", digest="d")
    book.watches.begin("north", book.query(ID, "ann"), {"account": "p:1"}, ["a"], [], user="ann", digest="d")
    book.watches.end(first.number, user="bob")
    book.watches.begin("north", query, {"account": "p:1"}, ["a"], [], user="bob", digest="d")
    assert len(book.watches.of("north", "bob")) == 3
