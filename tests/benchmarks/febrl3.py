"""How well does the pair model find the persons of the Febrl data again, beside recordlinkage and Splink?

    python -m tests.benchmarks.febrl3 [--without soc_sec_id,date_of_birth] [--peers PYTHON | --no-peers]

Nobody sees a label.  The peers get the same records and blocks in the same run, each in a process of its own in an
environment made for them: recordlinkage's ECM classifier the compared pairs with 1 where a field agrees exactly or on
its first near level, Splink the same levels as its own comparisons.  A pair counts from a posterior of one half; groups
are average linkage here, connected sets of links there.  ``blocks alone`` are our pairs without those that only a
connected set brought together.  Febrl 3 holds the bar; 1, 2 and 4 (two files taken as one)
are told beside it.
``--without`` leaves fields out, with the blocks that need them.  Exits 1 where F1 of pairs or of groups on Febrl 3 is
below 0.99.
"""

import argparse
import csv
import json
import re
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from graph.linkage import Declaration, Linkage, link
from graph.linkage.outcomes import outcomes
from tests.febrl import PERSONS, SETS, Pair, pairs_of, quality, rows, table, true_pairs

LEAST = 0.99
PEERS = ("recordlinkage==0.16", "splink==5.0.0")

_ECM = """
import sys, time, csv
import pandas, recordlinkage
if __name__ == "__main__":
    features = pandas.read_csv(sys.argv[1], index_col=["a", "b"])
    started = time.process_time()
    found = recordlinkage.ECMClassifier(init="jaro").fit_predict(features)
    print("result", time.process_time() - started)
    csv.writer(open(sys.argv[2], "w", newline="")).writerows(found)
"""
_SPLINK = """
import sys, time, csv, json, logging
import pandas
import splink.comparison_library as library
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI
if __name__ == "__main__":
    frame, declared = pandas.read_csv(sys.argv[1], dtype=str), json.loads(sys.argv[2])
    started = time.process_time()
    comparisons = []
    for name, (test, bounds) in declared["fields"].items():
        kind = library.JaroWinklerAtThresholds if test == "alike" else library.DamerauLevenshteinAtThresholds
        comparisons.append(kind(name, bounds).configure(term_frequency_adjustments=True))
    rules = [block_on(*rule) for rule in declared["blocks"]]
    settings = SettingsCreator(
        link_type="dedupe_only", unique_id_column_name="id", comparisons=comparisons,
        blocking_rules_to_generate_predictions=rules,
    )
    linker = Linker(DuckDBAPI().register(frame), settings, log_level=logging.ERROR)
    train = linker.training
    train.estimate_probability_two_random_records_match(rules, recall=0.99)
    train.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in rules:
        train.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict(threshold_match_probability=0.5)
    pairs = found.as_pandas_dataframe()
    print("result", time.process_time() - started)
    csv.writer(open(sys.argv[3], "w", newline="")).writerows(zip(pairs.id_l, pairs.id_r))
"""


def left_out(declaration: Declaration, names: Sequence[str]) -> Declaration:
    """Without those fields, and without the blocks that need them."""
    return replace(
        declaration, fields=tuple(field for field in declaration.fields if field.name not in names),
        blocks=tuple(rule for rule in declaration.blocks if not set(rule) & set(names)),
    )


def installed(folder: Path) -> str:
    """The interpreter of a new environment that holds the peers."""
    venv.create(folder, with_pip=True)
    python = str(folder / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "--quiet", *PEERS], check=True)
    return python


def run(python: str, code: str, arguments: Sequence[str], answer: Path) -> tuple[set[Pair], float]:
    """The pairs a peer finds, and its processor seconds."""
    script = answer.with_name(f"{answer.stem}_peer.py")
    script.write_text(code, encoding="utf-8")
    done = subprocess.run([python, str(script), *arguments, str(answer)], check=False, capture_output=True, text=True)
    told = re.search(r"^result (\S+)$", done.stdout, re.MULTILINE)
    if done.returncode or told is None:
        raise SystemExit(f"no result: {done.stdout}{done.stderr}")
    with answer.open(newline="", encoding="utf-8") as file:
        return {(min(pair), max(pair)) for pair in csv.reader(file)}, float(told[1])


def features(found: Linkage, file: Path) -> None:
    """Every compared pair with 1 by field where it agrees exactly or on the first near level, else 0."""
    levels = outcomes(found.records, found.declaration, found.a, found.b).levels
    agreed = ((levels >= 0) & (levels <= 1)).astype(int).tolist()
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(["a", "b", *(field.name for field in found.declaration.fields)])
        for a, b, row in zip(found.a.tolist(), found.b.tolist(), agreed, strict=True):
            writer.writerow([found.records.ids[a], found.records.ids[b], *row])


def declared(declaration: Declaration) -> str:
    """The fields and blocks as JSON, in the words of a peer that knows two tests."""
    fields = {}
    for field in declaration.fields:
        test = "alike" if any(level.test == "alike" for level in field.levels) else "edits"
        bounds = [level.bound for level in field.levels if level.test == test]
        fields[field.name] = (test, bounds if test == "alike" else [int(bound) for bound in bounds])
    return json.dumps({"fields": fields, "blocks": declaration.blocks})


def connected(pairs: Iterable[Pair]) -> set[Pair]:
    """All pairs inside connected sets of links."""
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph(sorted(pairs))
    return pairs_of(nx.connected_components(graph))


def told(name: str, pairs: set[Pair], groups: set[Pair], true: set[Pair], seconds: float) -> float:
    """Print a line; the lower of both F1."""
    by_pair, by_group = quality(pairs, true), quality(groups, true)
    print(
        f"  {name:14} pairs P {by_pair[0]:.4f} R {by_pair[1]:.4f} F1 {by_pair[2]:.4f}   "
        f"groups P {by_group[0]:.4f} R {by_group[1]:.4f} F1 {by_group[2]:.4f}   {seconds:.1f} processor seconds",
        flush=True,
    )
    return min(by_pair[2], by_group[2])


def measure(name: str, declaration: Declaration, python: str | None, scratch: Path) -> float:
    records = rows(name)
    true = true_pairs(records)
    started, wall = time.process_time(), time.perf_counter()
    found = link(table(records), declaration)
    ids = found.records.ids
    pairs, groups = {(one, other) for one, other, _ in found.pairs()}, pairs_of(found.groups)
    seconds, wall = time.process_time() - started, time.perf_counter() - wall
    direct = {(ids[a], ids[b]) for a, b in zip(found.a.tolist(), found.b.tolist(), strict=True)}
    print(
        f"Febrl {name}: {len(records):,} records, {len(true):,} true pairs, {len(direct):,} compared, of the true ones "
        f"{len(direct & true) / len(true):.4f} (expected {found.fitted.caught:.4f}); {found.fitted.rounds} rounds, "
        f"{'converged' if found.fitted.converged else 'NOT converged'}; {wall:.1f} s"
    )
    hits = found.bits >= 0.0
    blocked = {(ids[a], ids[b]) for a, b in zip(found.a[hits].tolist(), found.b[hits].tolist(), strict=True)}
    told("blocks alone", blocked, blocked, true, seconds)
    least = told("filature", pairs, groups, true, seconds)
    if python is not None:
        features(found, scratch / "features.csv")
        theirs, seconds = run(python, _ECM, [str(scratch / "features.csv")], scratch / "ecm.csv")
        told("recordlinkage", theirs, connected(theirs), true, seconds)
        with (scratch / "records.csv").open("w", newline="", encoding="utf-8") as out:
            writer = csv.DictWriter(out, list(records[0]))
            writer.writeheader()
            writer.writerows(records)
        arguments = [str(scratch / "records.csv"), declared(declaration)]
        theirs, seconds = run(python, _SPLINK, arguments, scratch / "splink.csv")
        told("Splink", theirs, connected(theirs), true, seconds)
    return least


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--without", default="", help="fields to leave out, with commas")
    parser.add_argument("--peers", help="an interpreter that can import recordlinkage and Splink")
    parser.add_argument("--no-peers", action="store_true")
    options = parser.parse_args()
    np.seterr(all="raise", under="ignore")
    names = [name for name in options.without.split(",") if name]
    declaration = left_out(PERSONS, names)
    with tempfile.TemporaryDirectory(prefix="filature-febrl-") as scratch:
        python = None if options.no_peers else options.peers or installed(Path(scratch, "peers"))
        least = {name: measure(name, declaration, python, Path(scratch)) for name in ("3", *sorted(set(SETS) - {"3"}))}
    return 0 if names or least["3"] >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main())
