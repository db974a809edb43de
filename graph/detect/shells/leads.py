"""How does a group of accounts become a finding?  Posterior, tier, reasons and counter-evidence, in words."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from statistics import fmean

from graph.detect.context import DetectionContext
from graph.detect.finding import Finding, Tier
from graph.detect.french import comma
from graph.detect.shells.accounts import Numbers
from graph.detect.shells.clusters import belonging
from graph.detect.shells.evidence import Evidence
from graph.detect.shells.parameters import ShellParameters
from graph.detect.shells.records import Records
from graph.detect.shells.sentences import CLEARING, crowd_sentence, said
from graph.detect.shells.weight import PairWeights, Weight
from graph.detect.written import CounterEvidence, Reason
from graph.linkage.bits import posterior

SOLID = ("access", "contact", "browser", "payment")  # families of things; conduct, names and pictures are chosen

Weighed = Mapping[Numbers, PairWeights]


def leads(context: DetectionContext, groups: Iterable[Sequence[int]], evidence: Evidence) -> tuple[Finding, ...]:
    """The findings of groups of accounts whose mean pair is likelier one operator's than not."""
    kept: list[tuple[Sequence[int], Weighed, float]] = []
    for members in groups:
        weighed = {
            pair: evidence.weigh(pair) for pair in combinations(sorted(members), 2) if evidence.told(pair)
        }
        ties = {pair: found.tie() for pair, found in weighed.items()}
        mean = fmean(
            belonging(who, members, ties, evidence.nothing(), evidence.parameters.further_bits) for who in members
        )
        if posterior(mean) >= evidence.parameters.link:
            kept.append((members, weighed, mean))
    if not kept:
        return ()
    records = Records(context, evidence, {pair: found for _, weighed, _ in kept for pair, found in weighed.items()})
    return tuple(_lead(members, weighed, mean, evidence, records) for members, weighed, mean in kept)


def _lead(members: Sequence[int], weighed: Weighed, mean: float, evidence: Evidence, records: Records) -> Finding:
    pairs = list(weighed.values())
    count = len(members) * (len(members) - 1) // 2
    nothing, score = evidence.prior, posterior(mean)
    strangers = fmean(pair.against_strangers for pair in pairs)
    sharers = fmean(pair.against_sharers for pair in pairs)
    everything = {
        record for pair, found in weighed.items() for weight in found.weights if weight.bits > 0
        for record in records.of(pair, weight)
    }
    paires = "paires" if len(pairs) > 1 else "paire"
    whole = Reason(
        "mean weight of a pair", mean, nothing,
        f"{len(members)} accounts, {len(pairs)} of {count} pairs with evidence; on average {mean:+.1f} bits of log2 "
        f"odds for one operator, {nothing:+.1f} before any evidence; consistent with one person behind them. "
        f"Over strangers {strangers:+.1f} bits, over people who share a place {sharers:+.1f}.",
        tuple(everything),
        detail_fr=(
            f"{len(members)} comptes, {len(pairs)} {paires} sur {count} avec des indices ; en moyenne "
            f"{comma(f'{mean:+.1f}')} bits de log2 de cote pour un même opérateur, {comma(f'{nothing:+.1f}')} avant "
            f"tout indice ; compatible avec une seule personne derrière eux. Par rapport à des inconnus "
            f"{comma(f'{strangers:+.1f}')} bits, à des personnes qui partagent un lieu {comma(f'{sharers:+.1f}')}."
        ),
    )
    return Finding(
        kind="shell", members=tuple(evidence.logins.names[who] for who in members),
        targets=records.common_targets(members), tier=tier_of(score, pairs, evidence.parameters), score=score,
        reasons=(whole, *_reasons(weighed, records)), counter_evidence=_against(weighed, evidence),
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


Found = tuple[Numbers, PairWeights, Weight]


def _by_measure(weighed: Weighed, *, positive: bool) -> list[tuple[str, list[Found]]]:
    """Weights by measure, the heaviest measure first; what counts over one alternative only counts there."""
    grouped: dict[str, list[Found]] = {}
    for pair, found in weighed.items():
        for weight in found.weights:
            value = weight.bits or weight.place_bits
            if value and (value > 0) == positive:
                grouped.setdefault(weight.measure, []).append((pair, found, weight))
    return sorted(
        grouped.items(), key=lambda item: (-abs(sum(w.bits or w.place_bits for _, _, w in item[1])), item[0])
    )


def _told(found: Sequence[Found], pairs: int, lead_in: tuple[str, str]) -> tuple[Weight, str, str]:
    """The clearest of some weights, and what is said of all."""
    _, pair, clearest = max(
        found, key=lambda item: (abs(item[2].bits), abs(item[2].place_bits), item[2].observed or 0, item[1].pair)
    )
    english, translated = said(clearest, *pair.pair)
    return clearest, (
        f"In {len(found)} of {pairs} compared pairs; {lead_in[0]}: {english}."
    ), f"Paires comparées : {pairs}, dont {len(found)} ici ; {lead_in[1]} : {translated}."


def _reasons(weighed: Weighed, records: Records) -> tuple[Reason, ...]:
    """One reason a measure, by weight: its strongest pair in words, and how many pairs show it."""
    reasons = []
    for measure, found in _by_measure(weighed, positive=True):
        best, english, translated = _told(found, len(weighed), ("the clearest", "la plus nette"))
        shown = {record for pair, _, weight in found for record in records.of(pair, weight)}
        reasons.append(Reason(
            measure, best.observed, best.expected, english, tuple(shown), detail_fr=translated
        ))
    return tuple(reasons)


def _against(weighed: Weighed, evidence: Evidence) -> tuple[CounterEvidence, ...]:
    items = []
    for measure, found in _by_measure(weighed, positive=False):
        worst, english, translated = _told(found, len(weighed), ("for one", "par exemple"))
        items.append(CounterEvidence(measure, worst.observed, worst.expected, english, detail_fr=translated))
    if evidence.crowded:
        parameters = evidence.parameters
        english, translated = crowd_sentence(evidence.crowded, parameters.most_holders, parameters.most_names)
        total = float(sum(evidence.crowded.values()))
        items.append(CounterEvidence("values of a crowd", total, None, english, detail_fr=translated))
    items.append(CounterEvidence("what would clear it", None, None, CLEARING[0], detail_fr=CLEARING[1]))
    return tuple(items)
