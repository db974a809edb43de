"""How is evidence read by Spark?  The contract's tables as views of one session, local or on a cluster, in UTC.

A local master and a master on this machine are bound to the loopback; whoever names another host has Spark's own rules.
Settings of a cluster (memory, cores) are read from ``spark-defaults.conf`` where ``SPARK_CONF_DIR`` says.
"""

import contextlib
import importlib.util
import subprocess
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import ibis

from ingest.errors import IngestError
from ingest.lake.columns import STORED, StoredTable
from ingest.lake.engine import parquet_scan
from ingest.lake.record_ids import Naming, record_sql
from ingest.runtime.work_folder import leave_work_folder, new_work_folder

LOCAL_MASTER = "local[*]"
_FEW = 2_000_000
_PARTITION = 250_000
_TYPES = {"VARCHAR": "STRING", "TIMESTAMP": "TIMESTAMP_NTZ", "INTEGER": "INT", "BIGINT": "BIGINT", "DOUBLE": "DOUBLE"}
_LOG = """rootLogger.level = error
rootLogger.appenderRef.file.ref = file
appender.file.type = File
appender.file.name = file
appender.file.fileName = {file}
appender.file.layout.type = PatternLayout
appender.file.layout.pattern = %d %p %c{{1}}: %m%n
"""
_FIX = (
    "install the extra spark (from a checkout .venv/bin/pip install -e '.[spark]') and Java 17 or later, "
    "or use --engine duckdb"
)


class SparkFailed(IngestError):
    """Spark is missing, did not start or does not answer."""


class SparkTables:
    """A Spark session over the evidence files of one case; ``backend`` is its Ibis backend.

    ``files``: the Parquet files of each table; ``rows``: how many there are in all; ``naming``: how records are cited.
    Raises SparkFailed where Spark or Java are missing, or the master cannot be reached.
    """

    def __init__(
        self, files: Mapping[str, Sequence[Path]], *, rows: int, scratch: Path, master: str, memory_gib: int,
        naming: Naming,
    ) -> None:
        if importlib.util.find_spec("pyspark") is None:
            raise SparkFailed("Spark is not installed here", where="--engine spark", fix=_FIX)
        self._folder = new_work_folder(scratch, "spark-")
        self._session: Any = None
        try:
            self._session = _started(self._folder, _settings(self._folder, master, memory_gib, rows))
            with _calm():
                _ = ibis.pyspark  # registers its options
                from ingest.lake.spark_backend import SparkBackend

            self.backend = SparkBackend()
            self.backend.do_connect(self._session)
            for name, stored in STORED.items():
                self._view(stored, files[name], naming)
        except BaseException:
            self.close()
            raise

    def _view(self, stored: StoredTable, files: Sequence[Path], naming: Naming) -> None:
        if not files:
            empty = ", ".join(f"CAST(NULL AS {_TYPES[kind]}) AS {_quoted(name)}" for name, kind in stored.canonical)
            self._session.sql(f"SELECT {empty} WHERE false").createOrReplaceTempView(stored.name)
            return
        parquet_scan(files)  # refuses a path with glob characters: they are patterns to Spark as well
        schema = ", ".join(f"{_quoted(name)} {_TYPES[kind]}" for name, kind in stored.stored)
        read = self._session.read.schema(schema).parquet(*(f"file://{path.absolute()}" for path in files))
        columns = [_quoted(name) for name, _ in stored.canonical[1:]]
        record = record_sql(stored, naming).replace(chr(34), "`")
        read.selectExpr(f"{record} AS record_id", *columns).createOrReplaceTempView(stored.name)

    def close(self) -> None:
        """Stop the session and its Java process."""
        if self._session is not None:
            _stop(self._session)
            self._session = None
        leave_work_folder(self._folder)


def _started(folder: Path, settings: Mapping[str, str]) -> Any:
    """A session of its own Java process, whose words go into a file and not to the terminal."""
    with _calm():
        from pyspark import SparkConf, SparkContext
        from pyspark.errors import PySparkException
        from pyspark.java_gateway import launch_gateway
        from pyspark.sql import SparkSession

    if SparkContext._active_spark_context is not None:
        raise SparkFailed(
            "another Spark session is open in this process", where="--engine spark", fix="close its lake first"
        )
    master = settings["spark.master"]
    (folder / "log4j2.properties").write_text(_LOG.format(file=folder / "spark.log"), encoding="utf-8")
    conf = SparkConf(loadDefaults=False).setAll(list(settings.items()))
    try:
        with (folder / "java.log").open("wb") as words:
            gateway = launch_gateway(conf, {"stdout": words, "stderr": subprocess.STDOUT})
            SparkContext._gateway, SparkContext._jvm = gateway, gateway.jvm
            context = SparkContext(gateway=gateway, conf=conf)
    except (PySparkException, OSError) as error:
        raise SparkFailed("Spark did not start: is there Java?", where=master, fix=_FIX) from error
    except Exception as error:  # py4j hands on whatever Java threw
        raise SparkFailed(
            f"no Spark at {master}: {str(error).strip().splitlines()[-1]}", where=master,
            fix="start its master and workers, or leave FILATURE_SPARK_MASTER away for a local Spark",
        ) from error
    return SparkSession(context)


def _settings(folder: Path, master: str, memory_gib: int, rows: int) -> dict[str, str]:
    """What makes results the same as on DuckDB (UTC, ANSI, case), and what keeps Spark quiet, at home and brisk."""
    java = "-Duser.timezone=UTC"
    if rows < _FEW:  # over before Java's second compiler has paid for itself
        java += " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
    settings = {
        "spark.master": master,
        "spark.app.name": "filature",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.ansi.enabled": "true",
        "spark.sql.caseSensitive": "true",
        "spark.sql.execution.arrow.pyspark.enabled": "true",
        "spark.sql.catalogImplementation": "in-memory",
        "spark.sql.warehouse.dir": f"file://{folder}/warehouse",
        "spark.sql.shuffle.partitions": str(min(400, 2 + rows // _PARTITION)),
        "spark.sql.adaptive.enabled": "true",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.memory": f"{memory_gib}g",
        "spark.driver.maxResultSize": "0",
        "spark.driver.extraJavaOptions": f"{java} -Dlog4j2.configurationFile=file:{folder}/log4j2.properties",
        "spark.executor.extraJavaOptions": java,
        "spark.local.dir": str(folder),
    }
    if rows < _FEW:  # compiling a query would take longer than running it
        settings |= {"spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN"}
    address = urlsplit(master)
    if master.startswith("local"):
        settings["spark.authenticate"] = "true"
    if master.startswith("local") or address.hostname in ("127.0.0.1", "localhost", "::1"):
        settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    return settings


def _stop(session: Any) -> None:
    """Ends session and Java process: a Java process left behind would hold the memory it took."""
    from pyspark import SparkContext

    gateway = session.sparkContext._gateway
    process = getattr(gateway, "proc", None)
    session.stop()
    gateway.shutdown()
    SparkContext._gateway = SparkContext._jvm = None
    if process is not None:
        process.stdin.close()
        process.wait(timeout=30)


@contextlib.contextmanager
def _calm() -> Any:
    """Spark warns at import that it does not know this pandas yet; nothing here goes through pandas."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        yield


def _quoted(name: str) -> str:
    return f"`{name}`"
