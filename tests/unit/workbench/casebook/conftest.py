"""On which databases does casework stand?  SQLite, and a real PostgreSQL for what its dialect could do otherwise."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

from tests.postgres import PostgresServer
from workbench.casebook import Casebook

Tamper = Callable[..., None]
Opened = Callable[..., Casebook]


ON_BOTH = pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)
"""Asks for a test on each: types, texts, locks, triggers, later versions of the tables.  Rules are proved on SQLite."""


@pytest.fixture
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database's address: on SQLite, unless the test asks for another."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return f"sqlite:///{tmp_path / 'workspace' / 'filature.db'}"
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.emptied()


@pytest.fixture
def opened(url: str) -> Iterator[Opened]:
    """Opens the casework there, as often as a test likes; all is closed at its end."""
    books: list[Casebook] = []

    def open_book(**options: Any) -> Casebook:
        books.append(Casebook(url, **options))
        return books[-1]

    yield open_book
    for book in books:
        book.close()


@pytest.fixture
def tamper(url: str) -> Tamper:
    """Runs a statement as an intruder with the database in hand would: triggers dropped first."""

    def run(statement: str, *, triggers: bool = False) -> None:
        engine = create_engine(url.replace("postgresql:", "postgresql+pg8000:"), poolclass=NullPool)
        with engine.begin() as connection:
            if not triggers:
                _drop_triggers(connection)
            connection.execute(text(statement))

    return run


def _drop_triggers(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        wanted = text("SELECT name, '' FROM sqlite_master WHERE type = 'trigger'")
    else:
        wanted = text("SELECT tgname, ' ON ' || tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal")
    for name, on in connection.execute(wanted).all():
        connection.execute(text(f"DROP TRIGGER {name}{on}"))
