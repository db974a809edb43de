"""A query of a pack is reviewed once a named person has read that very statement; the audit log says who and when."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from queries.saved_query import SavedQuery
from workbench.casebook import Casebook
from workbench.casebook.reviews import Review
from workbench.errors import WorkbenchError

AT = datetime(2024, 5, 1, 8, 30, tzinfo=UTC)
PACKED = SavedQuery("packed", "Packed", "", "RETURN 1 AS one", reviewed=False)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    opened = Casebook(f"sqlite:///{tmp_path / 'c.db'}", clock=lambda: AT)
    yield opened
    opened.close()


def test_the_first_who_read_a_statement_is_named_and_the_query_runs_for_all(book: Casebook) -> None:
    book.save_query(PACKED, user="ann", shared=True)
    (seen,) = book.queries("ben")
    assert (seen.reviewed, book.reviews.of(seen)) == (False, None)
    book.reviews.add(seen, user="ben")
    book.reviews.add(seen, user="cid")
    assert [query.reviewed for who in ("ann", "ben") for query in book.queries(who)] == [True, True]
    assert book.query("packed", "ann").reviewed
    assert book.reviews.of(seen) == Review("ben", "2024-05-01T08:30:00Z")
    assert book.verify_audit() == ()


def test_another_statement_under_the_same_id_is_unread(book: Casebook) -> None:
    book.reviews.add(PACKED, user="ann")
    (one, other) = book.reviews.applied([PACKED, replace(PACKED, cypher="RETURN 2 AS two")])
    assert (one.reviewed, other.reviewed) == (True, False)


def test_nobody_reads_without_a_name(book: Casebook) -> None:
    with pytest.raises(WorkbenchError, match="a named person"):
        book.reviews.add(PACKED, user=" ")
