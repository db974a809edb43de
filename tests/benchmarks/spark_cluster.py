"""Which cluster is Spark measured on?  A standalone one of one master and two workers, all on the loopback."""

import os
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

_DEPLOY = "org.apache.spark.deploy"
_URL = re.compile(r"Starting Spark master at (spark://127\.0\.0\.1:\d+)")
_START_S = 90.0


@contextmanager
def standalone_cluster(folder: Path, *, workers: int = 2) -> Iterator[str]:
    """The master's address, once every worker is registered; every process is ended at the end."""
    spec = find_spec("pyspark")
    assert spec is not None
    assert spec.origin is not None
    home = Path(spec.origin).parent
    folder.mkdir(parents=True, exist_ok=True)
    environ = {
        **os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_LOCAL_DIRS": str(folder),
        "SPARK_WORKER_DIR": str(folder / "work"), "SPARK_DAEMON_MEMORY": "512m", "SPARK_NO_DAEMONIZE": "1",
        "SPARK_DAEMON_JAVA_OPTS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "SPARK_MASTER_OPTS": "-Dspark.master.rest.enabled=false",
    }
    started: list[subprocess.Popen[bytes]] = []

    def start(name: str, *arguments: str) -> Path:
        log = folder / f"{name}.log"
        with log.open("wb") as words:
            started.append(
                subprocess.Popen(
                    [str(home / "bin" / "spark-class"), *arguments], env=environ, stdout=words,
                    stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                )
            )
        return log

    try:
        loopback = ("--host", "127.0.0.1", "--port", "0", "--webui-port", "0")
        master_log = start("master", f"{_DEPLOY}.master.Master", *loopback)
        url = _awaited(master_log, _URL, 1)[0]
        for number in range(workers):
            start(f"worker-{number}", f"{_DEPLOY}.worker.Worker", *loopback, "--cores", "1", "--memory", "1g", url)
        _awaited(master_log, re.compile(r"Registering worker (127\.0\.0\.1:\d+)"), workers)
        yield url
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _awaited(log: Path, pattern: re.Pattern[str], times: int) -> list[str]:
    """What the pattern caught in the log, once it did so that often."""
    end = time.monotonic() + _START_S
    while time.monotonic() < end:
        found = pattern.findall(log.read_text(encoding="utf-8", errors="replace"))
        if len(found) >= times:
            return [str(match) for match in found]
        time.sleep(0.2)
    raise AssertionError(log.read_text(encoding="utf-8", errors="replace")[-2000:])
