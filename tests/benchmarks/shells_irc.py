"""Do shells find the nicknames of one person in a real IRC channel?  Nick changes are the truth, and left out.

Run from the checkout: ``python -m tests.benchmarks.shells_irc FOLDER`` with the unpacked Ubuntu IRC logs.  A nick
change says that two accounts are one person; accounts joined by a chain of them count as one.  Kind ``alias`` is
left out of the features.  A pair is judged where both accounts ever changed their nick: of the others the logs do not
tell whether they are one person, so their number stands beside.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

import networkx as nx

from graph.detect.context import DetectionContext
from graph.detect.finding import TIERS, Finding
from graph.detect.shells import ShellParameters, find_shells
from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from ingest.lake import Lake

Pairs = set[tuple[str, str]]


def persons(lake: Lake) -> list[frozenset[str]]:
    """The accounts of one person each: connected by nick changes; people with one nick are not told."""
    table = lake.table("identifiers")
    held = DetectionContext.rows(table.filter(table.kind == "alias").select("record_id", "account"))
    changes: dict[str, set[str]] = {}
    for record, account in held:  # one line of the log names both nicks
        changes.setdefault(record, set()).add(account)
    graph: nx.Graph[str] = nx.Graph()
    for accounts in changes.values():
        graph.add_edges_from(combinations(sorted(accounts), 2))
    return [frozenset(component) for component in nx.connected_components(graph)]


def pairs_of(groups: Iterable[Iterable[str]]) -> Pairs:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def judged(findings: Iterable[Finding], truth: list[frozenset[str]], tiers: tuple[str, ...]) -> dict[str, float]:
    """Precision and recall over pairs of accounts that ever changed their nick, and how many pairs are not told."""
    told = frozenset(account for person in truth for account in person)
    said = pairs_of(finding.members for finding in findings if finding.tier in tiers)
    known = {pair for pair in said if told.issuperset(pair)}
    wanted = pairs_of(truth)
    right = len(known & wanted)
    return {
        "pairs judged": len(known), "right": right, "precision": right / len(known) if known else 1.0,
        "recall": right / len(wanted) if wanted else 1.0, "pairs of which the logs tell nothing": len(said - known),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the unpacked logs")
    with tempfile.TemporaryDirectory(prefix="filature-irc-") as workspace:
        case = CaseFolder(Path(workspace), "irc").create()
        ingest([parser.parse_args().folder], case=case, timezone="UTC")
        with Lake(case) as lake:
            context = DetectionContext(lake)
            findings = find_shells(context, ShellParameters(left_out="alias"))
            context.close()
            truth = persons(lake)
    print(f"{len(truth)} people with {sum(map(len, truth))} nicks", file=sys.stderr)
    for place, tier in enumerate(TIERS, start=1):
        print(f"{tier} and better: {judged(findings, truth, TIERS[:place])}")


if __name__ == "__main__":
    main()
