"""How is a whole new graph built beside the old one?  In this process if it is small, in one of its own if not.

GraphBatch takes heap by the rows it buffers: a large build must not take the memory of the engine that serves.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import arcadedb_embedded
import psutil
from arcadedb_embedded.jvm import start_jvm

from graph.dialect import arcadedb_indexes, arcadedb_types
from graph.embedded_server.bulk_files import EdgeFile, NodeFile
from graph.embedded_server.settings import BUILD_AGAIN, jvm_options, run, settle
from graph.errors import GraphError
from ingest.errors import FilatureError
from ingest.runtime.priority import give_way

SMALL_ROWS = 100_000
_HEAP_BYTES = 2 << 30
_HEAP_BYTES_A_ROW = 1_500

Counts = tuple[int, int]


def build(
    site: Path,
    nodes: Sequence[NodeFile],
    edges: Sequence[EdgeFile],
    *,
    case: str,
    evidence_digest: str,
    progress: Callable[[int, int], None],
) -> Counts:
    """A database with schema, mark, rows and indexes at ``site``, closed; returns its nodes and relationships."""
    from graph.embedded_server.fill import count_rows, fill  # Arrow is slow to import, and a start need not wait for it

    rows = count_rows(nodes, edges)
    if rows > SMALL_ROWS and not os.environ.get("FILATURE_BUILDER"):
        return _apart(site, nodes, edges, rows=rows, case=case, evidence_digest=evidence_digest, progress=progress)
    with arcadedb_embedded.create_database(str(site)) as database:
        settle(database)
        run(database, arcadedb_types())
        counts = fill(database, nodes, edges, case=case, evidence_digest=evidence_digest, progress=progress)
        run(database, arcadedb_indexes())
    return counts


def _apart(
    site: Path,
    nodes: Sequence[NodeFile],
    edges: Sequence[EdgeFile],
    *,
    rows: int,
    case: str,
    evidence_digest: str,
    progress: Callable[[int, int], None],
) -> Counts:
    request = {
        "site": str(site), "case": case, "evidence_digest": evidence_digest, "heap": _heap(rows),
        "nodes": [item.to_dict() for item in nodes], "edges": [item.to_dict() for item in edges],
    }
    # Its standard input stays open as long as we live: at its end the builder ends too.
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "graph.embedded_server.builder"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "FILATURE_BUILDER": "1"},
        start_new_session=True,
    ) as builder:
        if builder.stdin is None or builder.stdout is None:
            raise AssertionError("both are pipes")
        try:
            builder.stdin.write(json.dumps(request) + "\n")
            builder.stdin.flush()
            for line in builder.stdout:
                answer: dict[str, Any] = json.loads(line)
                if "error" in answer:
                    raise GraphError(answer["error"], fix=answer["fix"])
                if "nodes" in answer:
                    return answer["nodes"], answer["relationships"]
                progress(answer["done"], answer["total"])
        finally:
            builder.kill()
    raise GraphError("the process that builds the graph died", fix="see engine/log/engine.log; it may lack memory")


def _heap(rows: int) -> str:
    """2 GB and what the rows need, but no more than half of the machine's memory."""
    wanted = min(_HEAP_BYTES + rows * _HEAP_BYTES_A_ROW, psutil.virtual_memory().total // 2)
    return f"{max(wanted >> 20, 512)}m"


def main() -> None:
    """Read one request from standard input, answer on standard output; what the engine prints goes to the log."""
    give_way(own_session=True)
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def answer(message: dict[str, Any]) -> None:
        answers.write(json.dumps(message) + "\n")
        answers.flush()

    request = json.loads(sys.stdin.readline())
    threading.Thread(target=lambda: (sys.stdin.read(), os._exit(1)), daemon=True).start()
    try:
        start_jvm(heap_size=request["heap"], jvm_args=[*jvm_options(), "-XX:+UseParallelGC"])
        nodes, relationships = build(
            Path(request["site"]),
            [NodeFile.from_dict(item) for item in request["nodes"]],
            [EdgeFile.from_dict(item) for item in request["edges"]],
            case=request["case"],
            evidence_digest=request["evidence_digest"],
            progress=lambda done, total: answer({"done": done, "total": total}),
        )
        answer({"nodes": nodes, "relationships": relationships})
    except FilatureError as error:
        answer({"error": error.what, "fix": error.fix})
    except Exception as error:
        answer({"error": " ".join(str(error).split())[:500], "fix": BUILD_AGAIN})
    os._exit(0)


if __name__ == "__main__":
    main()
