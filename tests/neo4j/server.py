"""How does the suite get a real Neo4j?  From its published jars, on loopback, in a folder of its own."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RECIPE = Path(__file__).with_name("pom.xml")
OPENED = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
PASSWORD = "a-password-for-tests"
START_S = 240.0
SHORT_LIVED = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""Options of a server that lives for minutes: the second compiler would take more time than it gives back."""


class Unavailable(Exception):
    """This machine cannot run a Neo4j server; the text says why."""


def jars() -> Path:
    """The folder of the server's jars, fetched once through Maven; FILATURE_NEO4J_LIB names another."""
    if "FILATURE_NEO4J_LIB" in os.environ:
        return Path(os.environ["FILATURE_NEO4J_LIB"])
    folder = ROOT / ".cache" / "neo4j"
    if not (folder / ".complete").exists():
        if shutil.which("mvn") is None:
            raise Unavailable("no Maven (mvn) to fetch the Neo4j server with")
        fetched = subprocess.run(
            ["mvn", "-q", "-B", "-f", str(RECIPE), "dependency:copy-dependencies", f"-DoutputDirectory={folder}"],
            capture_output=True, text=True, check=False, timeout=900,
        )
        if fetched.returncode != 0:
            raise Unavailable(f"Maven could not fetch the Neo4j server: {(fetched.stdout + fetched.stderr)[-500:]}")
        (folder / ".complete").touch()
    return folder


class Neo4jServer:
    """A Neo4j Community server that listens for Bolt on a free port of 127.0.0.1."""

    def __init__(self, home: Path, options: Sequence[str] = ()) -> None:
        if shutil.which("java") is None:
            raise Unavailable("no Java to run the Neo4j server with")
        self._home, self._options = home, options
        self._classpath = f"{jars()}/*"
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port: int = probe.getsockname()[1]
        self.user, self.password = "neo4j", PASSWORD
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"bolt://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process is not None else None

    def prepare(self) -> None:
        """Folders and configuration: enough for ``admin``."""
        for name in ("conf", "import", "plugins"):
            (self._home / name).mkdir(parents=True, exist_ok=True)
        (self._home / "conf" / "neo4j.conf").write_text(
            f"server.bolt.listen_address=127.0.0.1:{self.port}\n"
            "server.http.enabled=false\nserver.https.enabled=false\ndbms.usage_report.enabled=false\n"
            "server.directories.import=import\nserver.memory.pagecache.size=128m\n"
            "dbms.memory.transaction.total.max=512m\ndb.memory.transaction.max=96m\n",
            encoding="utf-8",
        )

    def start(self) -> None:
        """Start and wait until Bolt answers; raises Unavailable with the end of the server's log."""
        self.prepare()
        if not (self._home / "data" / "dbms").exists():
            self._set_password()
        with (self._home / "neo4j.log").open("wb") as log:
            self._process = subprocess.Popen(
                [
                    *self._command("-Xms256m", "-Xmx1g", *self._options), "org.neo4j.server.CommunityEntryPoint",
                    f"--home-dir={self._home}", f"--config-dir={self._home / 'conf'}",
                ],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )
        deadline = time.monotonic() + START_S
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1.0).close()
            except OSError:
                time.sleep(0.2)
            else:
                return
        self.stop()
        raise Unavailable(f"Neo4j did not start: {(self._home / 'neo4j.log').read_text(errors='replace')[-800:]}")

    def stop(self) -> None:
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def admin(self, *arguments: str) -> str:
        """Run neo4j-admin, for example ``admin("database", "import", "full", "neo4j", …)``; returns what it printed."""
        return self._java("org.neo4j.cli.AdminTool", *arguments)

    def _set_password(self) -> None:
        """By neo4j-admin once; the file that it wrote is kept and serves every later server: a Java less of each."""
        wanted, kept = self._home / "data" / "dbms" / "auth.ini", ROOT / ".cache" / f"neo4j-{self.password}.ini"
        if kept.is_file():
            wanted.parent.mkdir(parents=True)
            shutil.copy(kept, wanted)
            return
        self._java("org.neo4j.cli.AdminTool", "dbms", "set-initial-password", self.password)
        kept.parent.mkdir(exist_ok=True)
        whole = shutil.copy(wanted, kept.with_name(f"{kept.name}.{os.getpid()}"))
        whole.replace(kept)  # at once: another process may be reading it

    def _command(self, *options: str) -> list[str]:
        opens = [f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in OPENED]
        return ["java", *options, "-Dfile.encoding=UTF-8", "-cp", self._classpath, *opens]

    def _java(self, main: str, *arguments: str) -> str:
        outcome = subprocess.run(
            [*self._command(*SHORT_LIVED), main, *arguments],
            env={**os.environ, "NEO4J_HOME": str(self._home), "NEO4J_CONF": str(self._home / "conf")},
            cwd=self._home,  # the importer leaves its report where it is started
            capture_output=True, text=True, check=False, timeout=300,
        )
        if outcome.returncode != 0:
            raise Unavailable(f"{main}: {(outcome.stdout + outcome.stderr)[-500:]}")
        return outcome.stdout
