"""How is ArcadeDB set?  Options of its JVM, settings of each database, and the groups its users belong to."""

import os
import shlex
from collections.abc import Sequence
from typing import Any

from graph.dialect import COMMAND_TIMEOUT_MS

BUILD_AGAIN = "what was read is in the case: make room or give more memory, then run filature rebuild"
"""What mends a graph that could not be built."""

# Read by the engine as system properties: by ALTER DATABASE it ignores all but the first without a word.
SETTINGS = {
    "arcadedb.dateTimeImplementation": "java.time.ZonedDateTime",
    "arcadedb.command.timeout": str(COMMAND_TIMEOUT_MS),
    "arcadedb.opencypher.loadCsv.allowFileUrls": "false",
    "arcadedb.opencypher.loadCsv.allowRemoteUrls": "false",
    "arcadedb.server.databaseLoadAtStartup": "false",
    "arcadedb.serverMetrics": "false",
    "arcadedb.txWalFlush": "1",
    # More than its default 500,000 elements in one ORDER BY, DISTINCT or aggregation.
    "arcadedb.queryMaxHeapElementsAllowedPerOp": "5000000",
    # The passwords are random and live as long as the process: stretching them buys nothing and costs the start.
    "arcadedb.server.saltIterations": "1000",
}
DATABASE_SETTINGS = ("arcadedb.dateTimeImplementation",)
JVM_OPTIONS = (
    *(f"-D{name}={value}" for name, value in SETTINGS.items()),
    "-Xrs", "-Xms64m", "-XX:-UsePerfData", "-XX:-CreateCoredumpOnCrash",
)

_READERS = {
    "resultSetLimit": -1, "readTimeout": COMMAND_TIMEOUT_MS, "access": [], "types": {"*": {"access": ["readRecord"]}},
}
_ADMIN = {
    "resultSetLimit": -1, "readTimeout": -1,
    "access": ["updateSecurity", "updateSchema", "updateDatabaseSettings"],
    "types": {"*": {"access": ["createRecord", "readRecord", "updateRecord", "deleteRecord"]}},
}
_NOBODY = {"resultSetLimit": -1, "readTimeout": -1, "access": [], "types": {"*": {"access": []}}}
GROUPS = {"databases": {"*": {"groups": {"admin": _ADMIN, "readers": _READERS, "*": _NOBODY}}}, "version": 2}


def jvm_options() -> list[str]:
    """Ours, then those that whoever runs the engine gives its Java."""
    return [*JVM_OPTIONS, *shlex.split(os.environ.get("FILATURE_ENGINE_JAVA", ""))]


def settle(database: Any) -> None:
    """Write the settings that a database keeps itself."""
    run(database, tuple(f"ALTER DATABASE `{name}` `{SETTINGS[name]}`" for name in DATABASE_SETTINGS))


def run(database: Any, statements: Sequence[str]) -> None:
    for statement in statements:
        database.command("sql", statement)
