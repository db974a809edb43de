"""Which database does an address mean, and how is it opened for reading only?"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from ingest.errors import SourceUnreadable

PASSWORD = "FILATURE_SOURCE_PASSWORD"  # noqa: S105 (the name of a variable)
"""The variable that holds the password, so that it stands in no address and no history of commands."""
_DRIVERS = {
    "postgresql": "postgresql+pg8000", "postgres": "postgresql+pg8000", "mysql": "mysql+pymysql",
    "mariadb": "mysql+pymysql",
}
_SCHEME = re.compile(r"(?:postgres(?:ql)?|mysql|mariadb)://", re.IGNORECASE)


def is_address(text: str) -> bool:
    return bool(_SCHEME.match(text))


def parsed(text: str) -> URL:
    """The address with its driver and password; SourceUnreadable if it is none that can be read."""
    try:
        url = make_url(text)
    except ArgumentError:
        raise _unknown() from None
    if url.drivername not in _DRIVERS or not url.database:
        raise _unknown()
    url = url.set(drivername=_DRIVERS[url.drivername])
    return url if url.password else url.set(password=os.environ.get(PASSWORD))


def with_password(text: str, password: str) -> str:
    """The address with that password in it; as it is where none is given.  SourceUnreadable as ``parsed``."""
    parsed(text)
    return make_url(text).set(password=password).render_as_string(hide_password=False) if password else text


def _unknown() -> SourceUnreadable:
    return SourceUnreadable(
        "is no address of a database", where="the database",
        fix="write postgresql://USER@HOST/DATABASE or mysql://USER@HOST/DATABASE",
    )


def shown(url: URL) -> str:
    """The address as it is told and kept: without driver and password."""
    return url.set(drivername=url.get_backend_name(), password=None).render_as_string()


@contextmanager
def connected(url: URL) -> Iterator[Any]:
    """A driver's connection in one transaction that reads and sees one state of the database; rolled back at the end.

    SourceUnreadable if it cannot be reached, refuses, or ends on the way.
    """
    engine = create_engine(url, connect_args={"timeout": 20} if is_postgresql(url) else {"connect_timeout": 20})
    try:
        held = engine.raw_connection()
        try:
            connection = held.driver_connection
            for statement in _BEGIN[url.get_backend_name()]:
                with _cursor(connection) as cursor:
                    cursor.execute(statement)
            yield connection
        finally:
            held.invalidate()  # whatever was set in it goes with it
    except _faults() as error:
        raise SourceUnreadable(f"cannot be read ({_reason(error)})", where=shown(url), fix=(
            f"check address, user and rights; the password is taken from {PASSWORD}"
        )) from error
    finally:
        engine.dispose()


def is_postgresql(url: URL) -> bool:
    return url.get_backend_name() == "postgresql"


_BEGIN = {
    "postgresql": (
        "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",  # the driver has begun one
        "SET LOCAL TIME ZONE 'UTC'", "SET LOCAL datestyle TO 'ISO'", "SET LOCAL bytea_output TO 'hex'",
    ),
    "mysql": (
        "SET SESSION sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT'", "SET SESSION time_zone = '+00:00'",
        "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
        "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY",
    ),
}


@contextmanager
def _cursor(connection: Any) -> Iterator[Any]:
    cursor = connection.cursor()
    try:
        yield cursor
    finally:
        cursor.close()


def _faults() -> tuple[type[Exception], ...]:
    import pg8000.exceptions
    import pymysql.err

    return SQLAlchemyError, OSError, pg8000.exceptions.Error, pymysql.err.Error


def _reason(error: Exception) -> str:
    """The server's own words, without the statement."""
    told = error.args[0] if error.args else error
    if isinstance(told, dict):  # pg8000 gives the fields of the server's message
        told = told.get("M", told)
    elif isinstance(told, int) and len(error.args) > 1:
        told = error.args[1]
    return " ".join(str(told).split())[:200]
