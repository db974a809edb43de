"""A casework database of any earlier version is brought up: what it holds stays, and its audit chain holds."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from queries.errors import UnknownQuery
from tests.unit.workbench.casebook.conftest import Opened, Tamper
from workbench.casebook.saved.boards import Tab
from workbench.casebook.schema import board_views, metadata, own_leads

_WRITTEN = Path(__file__).with_name("version_4.sql")  # by the last Filature of that version, with two people's work
_LATER: dict[int, tuple[str, ...]] = {
    1: ("remarks", "places", "pictures", "statements"), 2: ("pictures", "statements"), 3: ("statements",), 4: (), 5: (),
}
"""Version to the tables that it did not have."""


_CANVAS_OF_5 = (
    "CREATE TABLE canvas_heads (person TEXT NOT NULL, case_name TEXT NOT NULL, picture TEXT NOT NULL, "
    "done INTEGER NOT NULL, PRIMARY KEY (person, case_name))",
    "CREATE TABLE canvas_steps (person TEXT NOT NULL, case_name TEXT NOT NULL, number INTEGER NOT NULL, "
    "body TEXT NOT NULL, PRIMARY KEY (person, case_name, number))",
    "INSERT INTO canvas_heads VALUES ('ann', 'c', 'p1', 1)",
    "INSERT INTO canvas_steps VALUES ('ann', 'c', 1, 'one'), ('ann', 'c', 2, 'two')",
)


def older(url: str, version: int) -> None:
    """Make the database as that version left it, on SQLite with its triggers."""
    sqlite = url.startswith("sqlite")
    if sqlite:
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True)
    statements, part = [], ""
    for line in _WRITTEN.read_text(encoding="utf-8").splitlines():
        part += line + "\n"
        if line.endswith(";"):
            statements.append(part)
            part = ""
    engine = create_engine(url.replace("postgresql:", "postgresql+pg8000:"), poolclass=NullPool)
    with engine.begin() as connection:
        for statement in statements[1:-1]:
            if not sqlite and statement.startswith("CREATE TRIGGER"):
                continue
            if not sqlite and 'INTO "saved_queries"' in statement:
                statement = statement.replace(",0,'2024", ",false,'2024").replace(",1,'2024", ",true,'2024")
            connection.exec_driver_sql(statement.replace("%", "%%") if not sqlite else statement)
        for table in _LATER[version]:
            connection.exec_driver_sql(f"DROP TABLE {table}")
        if version == 5:
            metadata.create_all(connection, tables=[board_views, own_leads])
            for statement in _CANVAS_OF_5:
                connection.exec_driver_sql(statement)
        connection.exec_driver_sql(f"UPDATE casebook_schema SET version = {version}")


@pytest.mark.parametrize(
    ("url", "version"), [*(("sqlite", version) for version in (1, 2, 3, 4, 5)), ("postgresql", 1), ("postgresql", 5)],
    indirect=["url"],
)
def test_what_it_holds_stays_and_what_is_new_can_be_used(
    url: str, opened: Opened, tamper: Tamper, version: int
) -> None:
    older(url, version)
    book = opened()
    assert [(one.title, one.revision) for one in book.history("late-openers", "ann")] == [
        ("Late openers", 1), ("Later openers", 2),
    ]
    assert [one.author for one in book.saved.revisions("late-openers", "ann")] == ["ann", "ann"]
    assert [one.title for one in book.history("late-openers", "eve")] == ["Later openers"], "the first was private"
    with pytest.raises(UnknownQuery):
        book.query("of-bob", "ann")
    assert book.status("c")["hub-1"].note == "n"
    lost = {f"{table} row 1 is missing" for table in _LATER[version] if table in ("remarks", "statements")}
    assert set(book.verify_audit()) == lost, "only what this test took out"
    drawn = ((Tab(1, "", "p1", 1),), ({1: "one", 2: "two"}, 1)) if version == 5 else ((), ({}, 0))
    assert (book.boards.tabs("ann", "c"), book.boards.steps("ann", "c")) == drawn
    book.boards.keep_steps("ann", "c", "p2", done=1, changed={1: "other"}, kept=[], tab=2, title="hub")
    assert (book.boards.head("ann", "c"), book.boards.steps("ann", "c")) == ("p2", drawn[1])
    book.roster.give_role("ann", "administrator", by="ann")
    book.roster.add_member("c", "ann", by="ann")
    book.statements.add("c", "RETURN 2", {}, "1 rows", user="ann")
    book.places.remember("ann", "c", "Leads", {"lead": "hub-2"})
    assert book.saved.restore("late-openers", 1, user="ann").revision == 3
    book.saved.archive("late-openers", user="ann")
    assert [one.id for one in book.queries("ann")] == []
    book.boards.save("c", "View", "{}", user="ann", digest="d")
    book.boards.archive("c", "View", user="ann")
    assert book.boards.views("c") == ()
    assert set(book.verify_audit()) <= lost
    new = ("roster", "query_archive", "view_archive")
    for table in ("statements", *new) if url.startswith("sqlite") else new:
        with pytest.raises(DatabaseError, match="append-only"):
            tamper(f"DELETE FROM {table}", triggers=True)
