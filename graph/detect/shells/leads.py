"""How does a group of accounts become a finding?  Its evidence, tier, reasons and counter-evidence, as data."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations
from statistics import fmean
from typing import Any

from graph.detect.context import DetectionContext
from graph.detect.finding import Finding
from graph.detect.reason import CounterEvidence, Reason
from graph.detect.shells.contacts import Numbers
from graph.detect.shells.evidence import Evidence, read_evidence, with_beside
from graph.detect.shells.groups import belonging, beside, groups
from graph.detect.shells.marks import NO_DAY, SharedMark
from graph.detect.shells.model import ROUNDING, PairWeights, Tie, Weight
from graph.detect.shells.names import Likeness
from graph.detect.shells.parameters import ShellParameters
from graph.detect.shells.records import Records
from graph.detect.tiers import Bounds, grade
from graph.detect.values import Value, account, count, day, number, quote, seconds, word

MOST_REASONS = 5
LEAST_BITS = 1.0  # of a reason: what one operator shows less than twice as often is none
_DIFFERING = {"different_device": "device", "different_address": "address"}
_FIRST_DAY = date(1970, 1, 1)
CODES = {
    "same_device": "accounts", "same_cookie": "accounts", "same_payment": "accounts", "same_phone": "accounts",
    "same_email": "accounts", "same_mailbox": "accounts", "same_address": "accounts", "same_line": "accounts",
    "same_ip": "accounts", "same_host": "accounts", "same_avatar": "accounts", "same_value": "accounts",
    "same_name": "accounts",
    "few_other_devices": "share of sessions", "devices_of_their_own": "share of sessions",
    "device_changed_hands": "", "one_after_the_other": "", "hand_overs": "hand-overs",
    "never_at_once": "visits at once", "at_once": "visits at once", "common_targets": "accounts written to",
    "talk_with_each_other": "messages", "different_device": "devices", "different_address": "addresses",
    "different_name": "names", "role": "accounts", "values_of_a_crowd": "values", "what_would_clear_it": "",
}
"""What observed and expected count, by the code of a reason or counter-evidence."""

Weighed = Mapping[Numbers, PairWeights]
Found = tuple[Numbers, PairWeights, Weight]


def find_shells(context: DetectionContext, parameters: ShellParameters) -> tuple[Finding, ...]:
    """Groups of accounts consistent with one operator, with the evidence that says so."""
    evidence = read_evidence(context, parameters)

    def tie_of(pair: Numbers) -> Tie:
        return evidence.weigh(pair).tie(parameters)

    bare = {pair: evidence.bare(pair) for pair in evidence.shared}  # cannot link: weighed only inside what others link
    ties = {pair: tie_of(pair) for pair, alone in bare.items() if not alone}
    linked = {who for pair, tie in ties.items() if tie.total > 0 for who in pair}
    near = {who for pair, tie in ties.items() if tie.tied and not linked.isdisjoint(pair) for who in pair}
    ties |= {pair: tie_of(pair) for pair, alone in bare.items() if alone and near.issuperset(pair)}
    further = beside(ties, largest=parameters.largest_component)  # what links do not say of a set, conduct may
    evidence = with_beside(context, evidence, further)
    ties |= {pair: tie_of(pair) for pair in further}
    kept = []
    for members in groups(ties, nothing=evidence.nothing, parameters=parameters):
        each = [belonging(who, members, ties, evidence.nothing, parameters) for who in members]
        bits = fmean(each)
        weighed = {pair: evidence.weigh(pair) for pair in combinations(members, 2) if evidence.known(pair)}
        # who hardly belongs is not carried by the others, and no mark outweighs that two of them are two people
        if min(each) < parameters.moderate or any(weighing.two_people for weighing in weighed.values()):
            bits = min(bits, parameters.strong - ROUNDING)
        if bits > 0:
            kept.append((members, bits, weighed))
    if not kept:
        return ()
    records = Records(context, evidence, {pair: found for _, _, weighed in kept for pair, found in weighed.items()})
    return tuple(_lead(members, bits, weighed, evidence, records) for members, bits, weighed in kept)


def _lead(members: Sequence[int], bits: float, weighed: Weighed, evidence: Evidence, records: Records) -> Finding:
    parameters = evidence.parameters
    tier, score = grade(bits, Bounds(moderate=parameters.moderate, strong=parameters.strong))
    reasons, targets = [], tuple[str, ...]()
    for code, found in _by_code(weighed, positive=True)[:MOST_REASONS]:
        clearest, holders, shown = _clearest(found, members, records)
        shown |= {record for pair, _, weight in found for record in records.of(pair, weight)}
        values, observed, expected = _told(clearest, found, members, evidence, holders)
        if code == "same_email":
            mark: Any = clearest[2].facts
            spelt = records.spellings(holders, mark.value)
            code = "same_mailbox" if len(spelt) > 1 else code
            values |= _spelt(mark.value, spelt)
        reasons.append(Reason(code, values, observed, expected, CODES[code], tuple(shown)))
        if code == "common_targets":
            targets = records.common_targets(members, [pair for pair, _, _ in found])
    against = []
    for code, found in _by_code(weighed, positive=False):
        if code not in _DIFFERING:
            clearest, holders, _ = _clearest(found, members, records)
            against.append(CounterEvidence(code, *_told(clearest, found, members, evidence, holders), CODES[code]))
    if parameters.uses("differing"):
        against += _differing(members, evidence, records)
    roles = sorted(evidence.roles[who] for who in members if who in evidence.roles)
    if len(roles) >= 2:
        listed = {"accounts": count(len(roles)), "role": word(roles[0])}
        against.append(CounterEvidence("role", listed, len(roles), None, CODES["role"]))
    if evidence.marks.crowded:
        total = sum(evidence.marks.crowded.values())
        values = {"values": count(total), "most": count(parameters.most_holders), "names": count(parameters.most_names)}
        against.append(CounterEvidence("values_of_a_crowd", values, total, None, "values"))
    return Finding(
        kind="shell", members=tuple(evidence.logins.names[who] for who in members),
        targets=targets, tier=tier, score=score, reasons=tuple(reasons),
        counter_evidence=(*against, CounterEvidence("what_would_clear_it")),
    )


def _spelt(mailbox: str, spelt: Sequence[str]) -> dict[str, Value]:
    """An address as it is written, or the mailbox with its spellings."""
    if len(spelt) == 1:
        return {"value": quote(spelt[0])}
    first, *_, last = spelt
    return {"value": quote(mailbox), "spellings": count(len(spelt)), "one": quote(first), "another": quote(last)}


def _by_code(weighed: Weighed, *, positive: bool) -> list[tuple[str, list[Found]]]:
    """Weights by code, the heaviest code first; what counts over one alternative only counts there.  What speaks for
    one operator with less than ``LEAST_BITS`` adds to the figure and is no reason."""
    grouped: dict[str, list[Found]] = {}
    for pair, found in weighed.items():
        for weight in found.weights:
            value = weight.strangers or weight.home
            least = LEAST_BITS if positive and not isinstance(weight.facts, SharedMark) else 0.0
            if value and (value > 0) == positive and abs(value) >= least:
                grouped.setdefault(weight.code, []).append((pair, found, weight))
    return sorted(grouped.items(), key=lambda item: (-sum(abs(w.strangers or w.home) for _, _, w in item[1]), item[0]))


def _differing(members: Sequence[int], evidence: Evidence, records: Records) -> Iterator[CounterEvidence]:
    """Who have no device in common, or no address on one day: told also where a private mark outweighs it."""
    pairs = list(combinations(members, 2))
    for code, kind in _DIFFERING.items():
        found = [pair for pair in pairs if records.apart(pair, kind)]
        if found:
            first, second = (account(evidence.logins.names[who]) for who in found[0])
            values = {"first": first, "second": second, "pairs": count(len(found)), "all": count(len(pairs))}
            yield CounterEvidence(code, values, 0, None, CODES[code])


def _clearest(
    found: Sequence[Found], members: Sequence[int], records: Records
) -> tuple[Found, Collection[int], set[str]]:
    """The clearest pair with its weight, the members that hold its mark, and records that show it.  Of an address
    those of one day, the day on which most members were there."""
    pair, weighed, weight = max(found, key=lambda item: (
        abs(item[2].strangers), abs(item[2].home), item[2].observed or 0, item[1].pair
    ))
    mark = weight.facts
    if not isinstance(mark, SharedMark):
        return (pair, weighed, weight), (), set()
    if mark.kind == "address":
        mark, there = records.together(members, mark.value)
        return (pair, weighed, weight._replace(facts=mark)), there.keys(), set(there.values())
    holders = {who for both, _, other in found if _same(other.facts, mark) for who in both}
    return (pair, weighed, weight), holders, set()


def _told(
    clearest: Found, found: Sequence[Found], members: Sequence[int], evidence: Evidence, holders: Collection[int]
) -> tuple[dict[str, Value], float | None, float | None]:
    """What stands in the sentence of a code, the clearest pair and in how many pairs it is so; observed and expected.

    Of a mark or a name: members that hold it, beside how many of as many accounts at random would.
    """
    _, weighed, weight = clearest
    facts: Any = weight.facts
    observed, expected, accounts = weight.observed, weight.expected, len(evidence.logins.names)
    values = {
        "first": account(weighed.pair[0]), "second": account(weighed.pair[1]), "pairs": count(len(found)),
        "all": count(len(members) * (len(members) - 1) // 2), **_facts(weight, facts),
    }
    if isinstance(facts, SharedMark):
        expected = len(members) * (facts.u + 1.0 / max(1, accounts))
        values |= {"value": quote(facts.value), "ever": count(facts.ever)}
        if weight.code == "same_value":
            values["kind"] = quote(facts.kind)
        if facts.day != NO_DAY:
            values["day"] = day(_FIRST_DAY + timedelta(days=facts.day))
    elif isinstance(facts, Likeness):
        holders, others = _bearers(facts, members, evidence)
        expected = len(members) * others / len(evidence.names.worn)
        values["others"] = count(others)
    if isinstance(facts, SharedMark | Likeness):
        observed = len(holders)
        values |= {
            "held": count(observed), "members": count(len(members)), "accounts": count(accounts),
            "more_pairs": count(_beyond(found, holders)),
        }
    return values, observed, expected


def _bearers(likeness: Likeness, members: Sequence[int], evidence: Evidence) -> tuple[Collection[int], int]:
    """Which members bear a name, and how many other accounts do: who is found is not what chance would give."""
    counts = evidence.names.wholes if likeness.numbered else evidence.names.stems
    inside = evidence.names.bearers(likeness, members)
    return inside, counts[likeness.value] - len(inside)


def _beyond(found: Sequence[Found], holders: Collection[int]) -> int:
    """How many pairs have such a mark in common that are not two of those who hold the one that is named."""
    return sum(not {*pair} <= {*holders} for pair, _, _ in found)


def _same(one: Any, other: SharedMark) -> bool:
    return isinstance(one, SharedMark) and (one.kind, one.value) == (other.kind, other.value)


def _facts(weight: Weight, facts: Any) -> dict[str, Value]:
    expected = weight.expected or 0.0
    match weight.code:
        case "few_other_devices" | "devices_of_their_own":
            return {
                "on": count(facts.on), "of": count(facts.of), "holders": count(facts.accounts),
                "devices": count(facts.devices),
            }
        case "same_name":
            how = "with_numbers" if facts.numbered else "without_numbers"
            written = word("dressed" if facts.dressed else "alike")
            return {"name": quote(facts.value), "how": word(how), "written": written}
        case "hand_overs":
            return {"times": count(facts.handovers), "within": seconds(facts.window), "usual": number(expected)}
        case "never_at_once" | "at_once":
            return {"times": count(facts.overlaps), "usual": number(expected)}
        case "common_targets":
            return {"targets": count(facts.targets), "usual": number(expected)}
        case "talk_with_each_other":
            return {"messages": count(facts)}
    return {}
