"""A real MariaDB for the suite: a data folder of its own, on loopback, one database a test.

Debian's packages ``mariadb-server-core`` and ``mariadb-client`` bring it (``tests/provide.sh``).
"""

import itertools
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pymysql
import pytest

_NUMBERS = itertools.count(1)


class MariaDBServer:
    """A running server; ``database`` makes an empty one and gives its address."""

    def __init__(self, port: int, password: str) -> None:
        self._port, self._password = port, password

    def database(self, *statements: str) -> str:
        """The address of a new database in which these were run."""
        name = f"platform_{next(_NUMBERS)}"
        with pymysql.connect(
            host="127.0.0.1", port=self._port, user="filature", password=self._password, charset="utf8mb4",
            autocommit=True,
        ) as connection, connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name} CHARACTER SET utf8mb4")
            cursor.execute(f"USE {name}")
            for statement in statements:
                cursor.execute(statement)
        return f"mysql://filature:{self._password}@127.0.0.1:{self._port}/{name}"

    def dump(self, address: str, target: Path) -> Path:
        """What ``mariadb-dump`` writes of that database."""
        with target.open("wb") as out:
            subprocess.run(
                ["mariadb-dump", "--no-defaults", "--protocol=tcp", "-h127.0.0.1", f"-P{self._port}", "-ufilature",
                 f"-p{self._password}", address.rsplit("/", 1)[1]], stdout=out, check=True,
            )
        return target


@pytest.fixture(scope="session")
def mariadb() -> Iterator[MariaDBServer]:
    """One server for the session; skipped where there is none."""
    if any(shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin") is None
           for name in ("mariadbd", "mariadb-install-db", "mariadb-dump")):
        pytest.skip("MariaDB is not on this machine: Debian's mariadb-server-core and mariadb-client bring it")
    folder = Path(tempfile.mkdtemp(prefix="filature-mariadb-"))
    try:
        yield from _serving(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _serving(folder: Path) -> Iterator[MariaDBServer]:
    owner = ["--user=root"] if os.geteuid() == 0 else []
    made = subprocess.run(
        ["mariadb-install-db", "--no-defaults", f"--datadir={folder / 'data'}", "--skip-test-db",
         "--auth-root-authentication-method=normal", *owner], capture_output=True, text=True,
    )
    assert made.returncode == 0, made.stderr
    password = secrets.token_hex(8)
    first = folder / "first.sql"
    first.write_text(
        f"CREATE USER filature@'127.0.0.1' IDENTIFIED BY '{password}';\n"
        "GRANT ALL ON *.* TO filature@'127.0.0.1';\n", encoding="utf-8",
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with (folder / "log.txt").open("w") as log:
        server = subprocess.Popen(
            [shutil.which("mariadbd", path="/usr/sbin:/usr/bin") or "mariadbd", "--no-defaults",
             f"--datadir={folder / 'data'}", f"--socket={folder / 'socket'}", f"--port={port}", "--skip-name-resolve",
             "--bind-address=127.0.0.1", f"--init-file={first}", "--innodb-flush-log-at-trx-commit=0", *owner],
            stdout=log, stderr=log,
        )
        try:
            _await(port, password, server, folder / "log.txt")
            yield MariaDBServer(port, password)
        finally:
            server.send_signal(signal.SIGKILL)  # at once: nothing of it is kept
            server.wait(30)


def _await(port: int, password: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + 60
    while True:
        assert server.poll() is None, log.read_text(encoding="utf-8")
        try:
            pymysql.connect(host="127.0.0.1", port=port, user="filature", password=password).close()
            return
        except pymysql.err.OperationalError:
            assert time.monotonic() < deadline, log.read_text(encoding="utf-8")
            time.sleep(0.1)
