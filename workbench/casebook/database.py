"""How is the casework database opened?  SQLite by default, PostgreSQL by URL; writers wait for each other."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from workbench.casebook.postgres import DRIVER, connecting
from workbench.casebook.schema import prepare
from workbench.errors import WorkbenchError

BUSY_SECONDS = 30
_DRIVERS = {"postgresql": DRIVER, "postgres": DRIVER}


class Database:
    """Transactions on the casework database; opened and prepared at first use.

    Every write transaction is alone: SQLite takes the write lock at its beginning (``BEGIN IMMEDIATE``), PostgreSQL
    an advisory lock, so that sequence numbers and the hash chain have no gaps and no forks.  A transaction that reads
    sees one state of the database, whatever is written meanwhile.
    """

    def __init__(self, url: str) -> None:
        try:
            parsed = make_url(url)
        except ArgumentError:
            raise WorkbenchError(
                "the database URL cannot be read", where="FILATURE_DATABASE", fix="write sqlite:///FILE or postgresql://…"
            ) from None
        self.url = parsed.set(drivername=_DRIVERS.get(parsed.drivername, parsed.drivername))
        self._engine: Engine | None = None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that reads."""
        with self._errors(), self._reader() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that writes, alone; rolled back on any error."""
        with self._errors(), _writer(self._opened()) as connection, connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(7251)"))
            yield connection

    def close(self) -> None:
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    def _reader(self) -> Connection:
        connection = self._opened().connect()
        if connection.dialect.name == "postgresql":
            return connection.execution_options(isolation_level="REPEATABLE READ")
        return connection

    def _opened(self) -> Engine:
        if self._engine is None:
            engine = _engine(self.url)
            try:
                with _writer(engine) as connection, connection.begin():
                    prepare(connection)
            except BaseException:
                engine.dispose()
                raise
            self._engine = engine
        return self._engine

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (SQLAlchemyError, OSError, ImportError) as error:
            raise WorkbenchError(
                f"the casework database refused: {_reason(error)}",
                where=self.url.render_as_string(hide_password=True),
                fix="check that it is reachable, writable and not damaged",
            ) from error


def _reason(error: BaseException) -> str:
    reason: Any = getattr(error, "orig", None) or error
    said = reason.args[0] if getattr(reason, "args", ()) else None
    return str(said.get("M", reason)) if isinstance(said, dict) else str(reason)  # PostgreSQL's fields by letter


def _writer(engine: Engine) -> Connection:
    return engine.connect().execution_options(filature_write=True)


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        try:
            bare, arguments = connecting(url)
            return create_engine(bare, connect_args=arguments, pool_pre_ping=True)
        except (NoSuchModuleError, ImportError) as error:
            raise WorkbenchError(
                f"no driver for {url.drivername} ({error})", where="FILATURE_DATABASE",
                fix="write sqlite:///FILE or postgresql://…",
            ) from None
    if url.database and url.database != ":memory:":
        path = Path(url.database)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    return engine


def _configure(connection: Any, _: object) -> None:
    connection.isolation_level = None  # the "begin" event opens transactions, not the driver
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("filature_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
