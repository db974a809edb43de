"""Does Spark find what DuckDB finds?  The same findings, on a local Spark of two cores."""

import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psutil
import pytest

from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from tests.engines import missing
from workbench.sample.generate import generate
from workbench.sample.world import World

KINDS = "owner"  # all, and a standalone cluster: minutes, in tests/benchmarks/spark_findings.py
pytestmark = pytest.mark.timeout(600)

# a process of its own, as the command line is: its Java process ends with it
_DETECT = """
import sys
from pathlib import Path
from graph.detect.run import detect
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
options = {} if sys.argv[2] == "duckdb" else {"engine": "spark", "spark_master": sys.argv[2]}
with Lake(CaseFolder(Path(sys.argv[1]), "sample"), **options) as lake:
    document = detect(lake, sys.argv[4].split(","))
    refs = [ref for finding in document.findings[:5] for reason in finding.reasons for ref in reason.records[:2]]
    assert refs and {record.ref for record in lake.records(refs)} == set(refs)
Path(sys.argv[3]).write_text(document.to_json(), encoding="utf-8")
assert ("pyspark" in sys.modules) == bool(options)
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if find_spec("pyspark") is None:
        missing("Spark is not installed: pip install -e '.[spark]'")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        missing("there is no Java")
    folder = tmp_path_factory.mktemp("spark")
    generate(folder / "src", seed=1, world=World(accounts=(300, 400), days=(14, 20)))
    ingest([folder / "src"], case=CaseFolder(folder / "workspace", "sample").create(), timezone="UTC")
    return folder / "workspace"


@pytest.fixture(scope="module")
def expected(workspace: Path) -> dict[str, Any]:
    return found(workspace, "duckdb", KINDS)


def found(workspace: Path, master: str, kinds: str, *, within_s: float = 500) -> dict[str, Any]:
    answer = workspace / "answer.json"
    outcome = subprocess.run(
        [sys.executable, "-c", _DETECT, str(workspace), master, str(answer), kinds],
        capture_output=True, text=True, check=False, timeout=within_s,
    )
    assert outcome.returncode == 0, outcome.stderr[-3000:]
    document: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
    return document


def said(finding: dict[str, Any]) -> list[dict[str, Any]]:
    return [*finding["reasons"], *finding["counter_evidence"]]


def measures(finding: dict[str, Any]) -> list[float]:
    return [float(item[name] or 0.0) for item in said(finding) for name in ("observed", "expected")]


def without_figures(finding: dict[str, Any]) -> dict[str, Any]:
    words = [{**item, "observed": None, "expected": None} for item in said(finding)]
    return {**finding, "score": None, "reasons": words, "counter_evidence": []}


def assert_same(document: dict[str, Any], expected: dict[str, Any]) -> None:
    assert len(expected["findings"]) >= 5
    assert [f["finding_id"] for f in document["findings"]] == [f["finding_id"] for f in expected["findings"]]
    for one, other in zip(document["findings"], expected["findings"], strict=True):
        assert one["score"] == pytest.approx(other["score"], abs=1e-9)
        assert measures(one) == pytest.approx(measures(other), rel=1e-9)
        assert without_figures(one) == without_figures(other)
    assert document["run_id"] == expected["run_id"]


def test_a_local_spark_gives_the_findings_of_duckdb(workspace: Path, expected: dict[str, Any]) -> None:
    assert_same(found(workspace, "local[2]", KINDS), expected)
    left = [
        process.pid
        for process in psutil.Process().children(recursive=True)
        if any("org.apache.spark" in word for word in process.cmdline())
    ]
    assert left == []
