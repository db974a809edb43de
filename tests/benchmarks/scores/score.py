"""What is one measurement of quality?  Values to be averaged over platforms, and shares to be pooled over them."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from graph.detect.finding import Finding
from workbench.sample.truth import Group, Truth

PLACES = ("carrier", "household", "family adult", "school")  # where people live is no behaviour


@dataclass(frozen=True)
class Score:
    """One platform's figures for one kind: ``values`` in [0, 1], ``shares`` as (part, whole) counts."""

    values: Mapping[str, float] = field(default_factory=dict)
    shares: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def average_precision(order: Sequence[str], right: Collection[str], *, neutral: Collection[str] = ()) -> float:
    """Mean of the precision at each right answer; answers never given count as 0, ``neutral`` ones are skipped."""
    hits, total = 0, 0.0
    for place, answer in enumerate((a for a in order if a in right or a not in neutral), start=1):
        if answer in right:
            hits += 1
            total += hits / place
    return total / len(right) if right else 1.0


def parts_of(truth: Truth) -> dict[str, str]:
    """The part each account plays; planted parts go before look-alikes."""
    parts: dict[str, str] = {}
    for group in sorted(truth.groups, key=lambda g: (not g.planted, g.kind)):
        if group.kind not in PLACES:
            for member in group.members:
                parts.setdefault(member, group.kind)
    return parts


def mostly(finding: Finding, groups: Iterable[Group]) -> bool:
    """More than half of the finding's members belong to one of the groups."""
    return any(2 * len(set(finding.members) & set(group.members)) > len(finding.members) for group in groups)


def accused(truth: Truth, strong: Sequence[Finding], right: Sequence[Finding]) -> dict[str, tuple[int, int]]:
    """Strong findings that are wrong, of all strong ones, by the part most of their members play."""
    parts = parts_of(truth)
    wrong = [finding for finding in strong if finding not in right]
    names = Counter(Counter(parts.get(m, "nobody planted") for m in f.members).most_common(1)[0][0] for f in wrong)
    told = {f"strong but wrong: {name}": (count, len(strong)) for name, count in sorted(names.items())}
    return {"strong but wrong": (len(wrong), len(strong)), **told}


def by_style(groups: Iterable[Group], found: Iterable[Group], label: str) -> dict[str, tuple[int, int]]:
    """How many groups of each style are among ``found``."""
    wanted, seen = Counter(group.style for group in groups), Counter(group.style for group in found)
    return {f"{label}: {style}": (seen[style], count) for style, count in sorted(wanted.items()) if style}


def pooled(scores: Sequence[Score]) -> Score:
    """Mean of the values and sums of the shares; names keep the order of their first appearance."""
    names = dict.fromkeys(chain.from_iterable(score.values for score in scores))
    values = {}
    for name in names:
        given = [score.values[name] for score in scores if name in score.values]
        values[name] = sum(given) / len(given)
    shares: dict[str, tuple[int, int]] = {}
    for score in scores:
        for name, (part, whole) in score.shares.items():
            before = shares.get(name, (0, 0))
            shares[name] = (before[0] + part, before[1] + whole)
    for name in [name for name in shares if name.startswith("strong but wrong")]:
        shares[name] = (shares[name][0], shares["strong but wrong"][1])
    return Score(values, shares)
