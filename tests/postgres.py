"""A real PostgreSQL for the suite: a cluster in a folder of its own on loopback, one database a test.

Debian's package ``postgresql`` brings it (``tests/provide.sh``).  It must not run as root: where the suite does, the
server runs as the package's user.
"""

import itertools
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from tests.engines import missing

_NUMBERS = itertools.count(1)
_SETTINGS = {"listen_addresses": "127.0.0.1", "fsync": "off", "synchronous_commit": "off", "max_connections": "60"}


class PostgresServer:
    """A running server; ``database`` makes an empty one and gives its address."""

    def __init__(self, address: str) -> None:
        self._address = address

    def database(self) -> str:
        name = f"casework_{next(_NUMBERS)}"
        self._run(f"CREATE DATABASE {name}")
        return f"{self._address}/{name}"

    def emptied(self) -> str:
        """The address of one database that all share who ask for it, emptied: 950 files less than a new one."""
        self._run("DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
        return f"{self._address}/postgres"

    def _run(self, *statements: str) -> None:
        address = f"{self._address}/postgres".replace("postgresql:", "postgresql+pg8000:")
        engine = create_engine(address, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One server for the session; skipped where there is none, a failure where CI=true."""
    programs = _programs()
    if programs is None:
        missing("PostgreSQL is not on this machine: Debian's package postgresql brings it")
    with _serving(programs) as server:
        yield server


def _programs() -> Path | None:
    """The newest version's folder of programs."""
    found = shutil.which("initdb")
    folders = [*Path("/usr/lib/postgresql").glob("*/bin"), *([Path(found).resolve().parent] if found else [])]
    usable = [folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()]
    return max(usable, key=lambda folder: folder.parent.name.zfill(4), default=None)


@contextmanager
def _serving(programs: Path) -> Iterator[PostgresServer]:
    folder = Path(tempfile.mkdtemp(prefix="filature-postgres-"))
    who: dict[str, Any] = {}
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        who = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    password = secrets.token_hex(8)
    try:
        secret = folder / "password"
        secret.write_text(password, encoding="utf-8")
        secret.chmod(0o644)
        command = [programs / "initdb", "-D", folder / "data", "-U", "filature", f"--pwfile={secret}",
                   "--auth=scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        made = subprocess.run(command, cwd="/", capture_output=True, text=True, **who)
        assert made.returncode == 0, made.stderr
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        settings = {**_SETTINGS, "port": str(port), "unix_socket_directories": str(folder)}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        log = (folder / "log.txt").open("w")
        server = subprocess.Popen(
            [programs / "postgres", "-D", folder / "data", *options], cwd="/", stdout=log, stderr=log, **who
        )
        try:
            _await(port, server, folder / "log.txt")
            yield PostgresServer(f"postgresql://filature:{password}@127.0.0.1:{port}")
        finally:
            server.send_signal(signal.SIGQUIT)  # at once: nothing of it is kept
            server.wait(30)
            log.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _await(port: int, server: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + 60
    while "ready to accept connections" not in log.read_text(encoding="utf-8"):
        assert server.poll() is None, log.read_text(encoding="utf-8")
        assert time.monotonic() < deadline, "PostgreSQL did not start within 60 s"
        time.sleep(0.05)
    with socket.create_connection(("127.0.0.1", port), timeout=10):
        pass
