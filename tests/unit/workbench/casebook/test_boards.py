"""Named views of a case: archived ones leave the lists of all, and come back."""

import pytest

from tests.unit.workbench.casebook.conftest import ON_BOTH, Opened
from tests.unit.workbench.casebook.test_casebook import NOON
from workbench.casebook import Casebook
from workbench.casebook.saved.archived import Archived
from workbench.errors import WorkbenchError

CASE = "north"


@pytest.fixture
def book(opened: Opened) -> Casebook:
    return opened(clock=lambda: NOON)


@ON_BOTH
def test_an_archived_view_stands_apart_with_its_revisions_until_it_comes_back_or_is_saved_again(book: Casebook) -> None:
    boards = book.boards
    for name, body in (("Ring", "1"), ("Ring", "2"), ("Lobby", "1")):
        boards.save(CASE, name, body, user="ann", digest="d")
    boards.save("south", "Ring", "1", user="ann", digest="d")
    for _ in range(2):  # the second time it is
        boards.archive(CASE, "Ring", user="bob")
    assert [one.name for one in boards.views(CASE)] == ["Lobby"]
    assert [(one.name, one.revision) for one in boards.views(CASE, archived=True)] == [("Lobby", 1), ("Ring", 2)]
    assert boards.archived(CASE) == {"Ring": Archived("bob", "2024-05-01T12:00:00Z")}
    assert [one.name for one in boards.views("south")] == ["Ring"], "another case's view of that name"
    assert [one.body for one in boards.revisions(CASE, "Ring")] == ["1", "2"]
    boards.archive(CASE, "Ring", user="ann", archived=False)
    assert [one.name for one in boards.views(CASE)] == ["Lobby", "Ring"]
    for body, revision in (("3", 3), ("3", 3)):  # as another revision; as it stands already
        boards.archive(CASE, "Ring", user="ann")
        assert boards.save(CASE, "Ring", body, user="bob", digest="d").revision == revision
        assert boards.archived(CASE) == {}
    done = [(entry.user, entry.action) for entry in book.audit() if entry.action != "save view"]
    assert done == [
        ("bob", "archive view"), ("ann", "bring back view"),
        *[("ann", "archive view"), ("bob", "bring back view")] * 2,
    ]
    assert book.verify_audit() == ()


def test_a_view_that_the_case_lacks_is_not_archived(book: Casebook) -> None:
    with pytest.raises(WorkbenchError, match="no saved view 'Ring'"):
        book.boards.archive(CASE, "Ring", user="ann")
