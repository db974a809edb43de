"""How does a group of accounts become a finding?  Posterior, tier, reasons and counter-evidence, in words."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from statistics import fmean

from graph.detect.finding import CounterEvidence, Finding, Reason, Tier
from graph.detect.shells.accounts import Known
from graph.detect.shells.parameters import ShellParameters
from graph.detect.shells.values import Values
from graph.detect.shells.weights import Pair, PairWeights, Weight, posterior

SOLID = ("access", "contact", "browser", "payment", "picture")  # families of things, not of conduct or names


def lead(
    members: Sequence[str],
    weighed: Mapping[Pair, PairWeights],
    nothing: float,
    known: Known,
    values: Values,
    parameters: ShellParameters,
) -> Finding:
    """The finding of one group; ``nothing``: bits of a pair without any evidence."""
    pairs = [weighed[pair] for pair in combinations(sorted(members), 2) if pair in weighed]
    count = len(members) * (len(members) - 1) // 2
    mean = (sum(pair.total for pair in pairs) + nothing * (count - len(pairs))) / count
    score = posterior(mean)
    targets = _common_targets(members, known)
    return Finding(
        kind="shell", members=tuple(members), targets=targets, tier=tier_of(score, pairs, parameters), score=score,
        first_at=None, last_at=None,
        reasons=(
            Reason(
                "mean weight of a pair", mean, nothing,
                f"{len(members)} accounts, {len(pairs)} of {count} pairs with evidence; on average {mean:+.1f} bits of "
                f"log2 odds for one operator, {nothing:+.1f} before any evidence; consistent with one person behind "
                f"them. Over strangers {fmean(pair.against_strangers for pair in pairs):+.1f} bits, over people who "
                f"share a place {fmean(pair.against_sharers for pair in pairs):+.1f}.",
                _records(pairs),
            ),
            *_families(pairs),
        ),
        counter_evidence=_against(pairs, values, parameters),
    )


def tier_of(score: float, pairs: Sequence[PairWeights], parameters: ShellParameters) -> Tier:
    """Strong needs the posterior, a solid family and a second one in most pairs, and little against."""
    sound = sum(
        pair.independent(parameters.family_bits) >= 2
        and any(pair.bits_of(family) >= parameters.family_bits for family in SOLID)
        and pair.against > parameters.talk_bits
        for pair in pairs
    )
    if score >= parameters.strong and sound * 2 > len(pairs):
        return "strong"
    return "moderate" if score >= parameters.moderate else "weak"


def _common_targets(members: Sequence[str], known: Known) -> tuple[str, ...]:
    """Accounts outside the group to which two members or more wrote first."""
    times: dict[str, int] = {}
    for name in members:
        for target in known.reached.get(name, ()):
            times[target] = times.get(target, 0) + 1
    return tuple(sorted(target for target, n in times.items() if n >= 2 and target not in members))


def _records(pairs: Sequence[PairWeights]) -> tuple[str, ...]:
    return tuple(sorted({
        record for pair in pairs for weight in pair.weights if weight.bits > 0 for record in weight.records
    }))


def _families(pairs: Sequence[PairWeights]) -> tuple[Reason, ...]:
    """One reason a measure, by weight: its strongest pair in words, and how many pairs show it."""
    reasons = []
    for measure, found in _by_measure(pairs, positive=True):
        best = max(found, key=lambda weight: (weight.bits, weight.detail))
        reasons.append(Reason(
            measure, best.observed, best.expected,
            f"In {len(found)} of {len(pairs)} compared pairs, {fmean(weight.bits for weight in found):+.1f} bits on "
            f"average; the clearest: {best.detail}.",
            tuple(sorted({record for weight in found for record in weight.records})),
        ))
    return tuple(reasons)


def _by_measure(pairs: Sequence[PairWeights], *, positive: bool) -> list[tuple[str, list[Weight]]]:
    grouped: dict[str, list[Weight]] = {}
    for pair in pairs:
        for weight in pair.weights:
            if (weight.bits > 0) == positive and weight.bits:
                grouped.setdefault(weight.measure, []).append(weight)
    return sorted(grouped.items(), key=lambda item: (-abs(sum(weight.bits for weight in item[1])), item[0]))


def _against(
    pairs: Sequence[PairWeights], values: Values, parameters: ShellParameters
) -> tuple[CounterEvidence, ...]:
    items = []
    for measure, found in _by_measure(pairs, positive=False):
        worst = min(found, key=lambda weight: (weight.bits, weight.detail))
        items.append(CounterEvidence(
            measure, worst.observed, worst.expected,
            f"In {len(found)} of {len(pairs)} compared pairs, {fmean(weight.bits for weight in found):+.1f} bits on "
            f"average; for one: {worst.detail}.",
        ))
    if values.crowded:
        told = ", ".join(f"{count} {kind}" for kind, count in sorted(values.crowded.items()))
        items.append(CounterEvidence(
            "values of a crowd", float(sum(values.crowded.values())), None,
            f"Not used, because too many accounts have them (more than {parameters.most_holders}; names "
            f"{parameters.most_names}): {told}.",
        ))
    items.append(CounterEvidence(
        "what would clear it", None, None,
        "Two people at different places at one moment, a household, school or work that shares its devices, or "
        "accounts their owner openly links.",
    ))
    return tuple(items)
