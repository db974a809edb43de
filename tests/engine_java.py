"""How does the suite start the embedded engine's Java?  With the first compiler only, and its classes from an archive.

    python -m tests.engine_java     makes the archive where there is none, once an installed engine

An engine of the suite lives for seconds: the second compiler, and reading and checking six thousand classes, would be
half of what it costs.  Java looks itself whether the archive fits what runs; where it does not, it reads the classes.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import arcadedb_embedded
from arcadedb_embedded.jvm import get_jar_path

CACHE = Path(__file__).resolve().parents[1] / ".cache"
ONE_COMPILER = "-XX:TieredStopAtLevel=1"

_TRAINED = """
import sys
from pathlib import Path
import jpype
from graph.embedded_server.arcade import Arcade
from graph.embedded_server.folder import EngineFolder
from graph.store import Address, Store
folder = EngineFolder(Path(sys.argv[1]) / "engine")
folder.create()
arcade = Arcade(folder, heap="256m", writer_password="of-the-writer-here", reader_password="of-the-reader-here")
arcade.start()
arcade.open("one")
with Store.connect(Address(f"bolt://127.0.0.1:{arcade.bolt_port}", "root", arcade.writer_password, "one")) as store:
    store.write("MERGE (a:Account {id: 'p:a'})-[c:CONTACTED]->(b:Account {id: 'p:b'}) SET c.messages = 2")
    assert store.read("MATCH (a:Account)-[c]->(b) RETURN a, c ORDER BY b.id LIMIT 2").rows
    store.search_text("owl")
arcade.stop()
jpype.shutdownJVM()  # Java writes the archive as it ends
"""


def archive() -> Path:
    """Where the archive of the installed engine is, or will be."""
    what = f"{arcadedb_embedded.__version__} {get_jar_path()}"
    return CACHE / f"engine-{hashlib.sha256(what.encode()).hexdigest()[:12]}.aot"


def options() -> str:
    """What ``FILATURE_ENGINE_JAVA`` says while the suite runs."""
    return f"{ONE_COMPILER} -XX:AOTCache={archive()}" if archive().is_file() else ONE_COMPILER


def make() -> str:
    """Have an engine that starts, answers and ends write the archive; the end of what was said where it wrote none."""
    CACHE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as scratch:
        made = Path(scratch) / "made.aot"
        done = subprocess.run(
            [sys.executable, "-c", _TRAINED, scratch], cwd=scratch, capture_output=True, text=True, check=False,
            env={
                **os.environ, "PYTHONPATH": str(CACHE.parent),
                "FILATURE_ENGINE_JAVA": f"{ONE_COMPILER} -XX:AOTCacheOutput={made}",
            },
            timeout=300,
        )
        if done.returncode != 0 or not made.is_file():
            return (done.stdout + done.stderr)[-500:]
        made.replace(archive())
    return ""


if __name__ == "__main__" and not archive().is_file() and (said := make()):
    print(f"no archive of the engine's classes, the suite goes on without: {said}", file=sys.stderr)
