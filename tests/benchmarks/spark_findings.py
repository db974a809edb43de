"""Does Spark find what DuckDB finds, in every detection?  On a local Spark and on a standalone cluster on loopback.

Run from the checkout: ``python -m tests.benchmarks.spark_findings``: every kind on the sample case (``--small``: on a
platform of some 350 accounts; ``--kinds``, two or more); takes minutes, needs Java.
"""

import argparse
import tempfile
import time
from pathlib import Path

from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from tests.benchmarks.spark_cluster import standalone_cluster
from tests.contract.test_spark import assert_same, found
from workbench.sample.generate import generate
from workbench.sample.world import World


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kinds", default="all")
    parser.add_argument("--small", action="store_true", help="a small platform instead of the sample case")
    options = parser.parse_args()
    kinds, world = options.kinds, World(accounts=(300, 400), days=(14, 20)) if options.small else World()
    with tempfile.TemporaryDirectory(prefix="filature-spark-") as folder:
        home = Path(folder)
        generate(home / "src", seed=1, world=world)
        ingest([home / "src"], case=CaseFolder(home / "workspace", "sample").create(), timezone="UTC")
        expected = found(home / "workspace", "duckdb", kinds)
        cluster = home / "cluster"
        cluster.mkdir()
        with standalone_cluster(cluster) as standalone:
            for name, master in (("local", "local[2]"), ("cluster", standalone)):
                started = time.perf_counter()
                assert_same(found(home / "workspace", master, kinds, within_s=3_600), expected)
                seconds = time.perf_counter() - started
                assert name == "local" or len(list((cluster / "work").glob("app-*/*"))) >= 2, "both workers ran"
                print(f"{name}: the same {len(expected['findings'])} findings in {seconds:.0f} s", flush=True)


if __name__ == "__main__":
    main()
