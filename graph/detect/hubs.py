"""Which accounts write first to minors as nobody does who lives there as others do?

Unit: the first initiated private contact of a pair.  Two looks at it: a test against a null fitted to the platform
(``hubs_null``: opportunity by room and hour, own age band, overdispersed), and the weight of all signals together
(``hubs_weight``: whom it chose, who writes to it, its hours, circles, number; reports by those it wrote to).  Nothing
else gates a finding; what explains it benignly lowers its tier and rank, in words.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from graph.detect.context import DetectionContext
from graph.detect.finding import Finding, Tier, instant
from graph.detect.hubs_ages import AgeGroups, age_groups
from graph.detect.hubs_contacts import active_days, first_contacts
from graph.detect.hubs_counted import counted
from graph.detect.hubs_counter import counter_evidence
from graph.detect.hubs_fit import NullParameters
from graph.detect.hubs_hours import written_hours
from graph.detect.hubs_model import WeightParameters
from graph.detect.hubs_null import Expectation, expectations
from graph.detect.hubs_opportunity import numbers, opportunity
from graph.detect.hubs_portrait import Portrait, excess, portraits
from graph.detect.hubs_reasons import reasons
from graph.detect.hubs_texts import Block, opening_blocks
from graph.detect.hubs_weight import Weight, Weights, weigh
from graph.detect.statistics import Floats, benjamini_hochberg

MAILING = 0.5  # a text that is likelier than not a mailing to anybody


@dataclass(frozen=True)
class HubParameters:
    """Defaults and their reasons: docs/methods.md.

    ``min_minors`` first contacts with minors outside circles make a finding (``null.tested_contacts`` of any make a
    test), ``few_minors`` one where ``few_evidence`` nats speak for it.  Strong: a q-value of ``strong_q`` with credible
    odds of ``strong_odds`` and ``moderate_evidence`` nats, or ``strong_evidence`` nats, without any report; where the
    holder is more likely a minor, ``strong_evidence_young`` nats only.  Moderate: ``moderate_evidence`` nats, or
    ``moderate_q`` and no negative weight; weak: ``weak_evidence`` nats, or more minors than expected beyond sampling
    error.
    Each of the first ``reports_cap`` reports by people it wrote to first counts as a likelihood ratio of
    ``report_ratio``, in the rank and for moderate; never for strong.  ``explained`` nats are taken off the rank of what
    has a benign explanation; ``records_cap`` bounds the records a reason cites.
    """

    min_minors: int = 5
    few_minors: int = 3
    few_evidence: float = 0.5
    strong_q: float = 0.01
    strong_odds: float = 2.0
    strong_evidence: float = 4.6
    strong_evidence_young: float = 6.0
    moderate_q: float = 0.05
    moderate_evidence: float = 2.3
    weak_evidence: float = 0.0
    egonet_contacts: int = 400
    same_text: float = 0.8
    arrivals_share: float = 0.5
    explained: float = 10.0
    report_ratio: float = 3.0
    reports_cap: int = 3
    records_cap: int = 500
    null: NullParameters = field(default_factory=NullParameters)
    weight: WeightParameters = field(default_factory=WeightParameters)

    def __post_init__(self) -> None:
        if isinstance(self.null, dict):
            object.__setattr__(self, "null", NullParameters(**self.null))
        if isinstance(self.weight, dict):
            object.__setattr__(self, "weight", WeightParameters(**self.weight))
        if not 0 < self.strong_q <= self.moderate_q < 1:
            raise ValueError("0 < strong_q <= moderate_q < 1 must hold")
        if not self.strong_evidence >= self.moderate_evidence >= self.weak_evidence:
            raise ValueError("strong_evidence >= moderate_evidence >= weak_evidence must hold")
        if self.min_minors < 2 or self.strong_odds < 1:
            raise ValueError("min_minors is at least 2, strong_odds at least 1")


def find_hubs(context: DetectionContext, parameters: HubParameters) -> tuple[Finding, ...]:
    """Hub findings: members = [the account], targets = the minors it wrote to first; unordered.

    Source: opportunity-adjusted enrichment, as in Tumminello 2011 (validated links), with a noncentral share.
    """
    contacts = first_contacts(context, egonet_contacts=parameters.egonet_contacts)
    if contacts.num_rows == 0:
        context.note("hub", "there are no private messages between accounts: nothing to test")
        return ()
    if not numbers(contacts, "minor").any():
        context.note("hub", "no first contact goes to anybody known to be a minor: no ages, or none that apply")
        return ()
    groups = age_groups(context.minor_parameters.adult_age)
    present = opportunity(
        contacts, active_days(context), groups, smoothing_people=parameters.null.smoothing_people
    )
    young = present[:, : groups.minors].sum(axis=1)
    tested = expectations(contacts, young, parameters.null, barely=groups.minors)
    weighed = _weights(contacts, written_hours(context), present, tested, groups, parameters)
    leads = [
        (place, *judged)
        for place, judged in enumerate(_judged(tested, weighed.items))
        if _worth(judged[0], weighed.items[place], judged[1], parameters)
    ]
    items = [item for _, item, _ in leads]
    texts = opening_blocks(context, _openings(contacts, items))
    told = weighed.apart(
        [place for place, _, _ in leads], _one_text(contacts, items, texts),
        ordinary=[texts[item.account].ordinary if item.account in texts else 0.0 for item in items],
    )
    candidates = [(item, weight, q) for (_, item, q), weight in zip(leads, told, strict=True)]
    found = portraits(context, contacts, tested, candidates, texts)
    return tuple(_finding(portrait, parameters) for portrait in found)


def _openings(contacts: pa.Table, items: Sequence[Expectation]) -> list[tuple[str, str]]:
    """Account and record of each of their first contacts."""
    records = contacts.column("record")
    return [
        (item.account, record)
        for item in items
        for record in records.slice(item.first, item.last - item.first).to_pylist()
    ]


def _one_text(contacts: pa.Table, items: Sequence[Expectation], texts: Mapping[str, Block]) -> NDArray[np.bool_]:
    """Of all contacts: did the commonest text of their account, one of these, open it?"""
    records, flags = contacts.column("record"), np.zeros(contacts.num_rows, dtype=np.bool_)
    for item in items:
        if item.account in texts:
            block, rows = texts[item.account].records, slice(item.first, item.last)
            flags[rows] = [record in block for record in records[rows].to_pylist()]
    return flags


def _judged(tested: Sequence[Expectation], weights: Sequence[Weight]) -> list[tuple[Expectation, float]]:
    """Every test with its q-value, in the order given; accounts with a role are a family of tests apart."""
    q_values: dict[str, float] = {}
    for queue in (False, True):
        family = [
            (item, weight) for item, weight in zip(tested, weights, strict=True) if (item.role is not None) == queue
        ]
        adjusted = benjamini_hochberg([_p_value(item, weight) for item, weight in family])
        q_values |= {item.account: q for (item, _), q in zip(family, adjusted, strict=True)}
    return [(item, q_values[item.account]) for item in tested]


def _p_value(item: Expectation, weight: Weight) -> float:
    """That it does so by chance, as the people of its age; a doubtful age counts as far as it is sure."""
    if item.p_minor is None:
        return item.p_value
    return weight.adult * item.p_value + (1.0 - weight.adult) * item.p_minor


def _weights(
    contacts: pa.Table,
    hours: pa.Table,
    present: Floats,
    tested: Sequence[Expectation],
    groups: AgeGroups,
    parameters: HubParameters,
) -> Weights:
    table = counted(contacts, hours, present)
    return weigh(table, table.account[[item.first for item in tested]], groups, parameters.weight)


def _worth(item: Expectation, weight: Weight, q_value: float, parameters: HubParameters) -> bool:
    """Is it a lead at all?  The weight of evidence knows nothing of roles."""
    nats = weight.total(temper=parameters.weight.temper) if item.role is None else -math.inf
    if item.counted < parameters.min_minors:
        return item.counted >= parameters.few_minors and nats >= parameters.few_evidence
    return q_value <= parameters.moderate_q or excess(item) > 0.0 or nats >= parameters.weak_evidence


def _tier(portrait: Portrait, evidence: float, corroborated: float, parameters: HubParameters) -> Tier:
    """By q-value and effect, or by weight; a benign explanation that fits caps it (docs/methods.md, Hubs, tiers)."""
    unlikely = portrait.q_value <= parameters.strong_q and portrait.log_odds >= math.log(parameters.strong_odds)
    if portrait.role is not None:
        return "moderate" if unlikely and portrait.role in ("moderator", "staff") else "weak"
    if portrait.welcomes(parameters.same_text, parameters.arrivals_share):
        return "weak"
    young, mailed = portrait.weight.adult < 0.5, portrait.weight.mailed >= MAILING
    weighty = evidence >= (parameters.strong_evidence_young if young else parameters.strong_evidence)
    # neither look may contradict the other, and the test takes the stated age for true and a mailing for choice
    if weighty or (unlikely and not young and not mailed and evidence >= parameters.moderate_evidence):
        return "moderate" if portrait.friends else "strong"
    seldom = portrait.q_value <= parameters.moderate_q and not mailed
    if corroborated >= parameters.moderate_evidence or (seldom and evidence >= 0.0):
        return "moderate"
    return "weak"


def _finding(portrait: Portrait, parameters: HubParameters) -> Finding:
    evidence = portrait.weight.total(temper=parameters.weight.temper)
    reports = min(len(portrait.reports), parameters.reports_cap)
    corroborated = evidence + reports * math.log(parameters.report_ratio)
    tier = _tier(portrait, evidence, corroborated, parameters)
    welcomes = portrait.welcomes(parameters.same_text, parameters.arrivals_share)
    explained = portrait.role is not None or welcomes or portrait.weight.mailed >= MAILING
    rank = corroborated - (parameters.explained if explained else 0.0)
    base = {"weak": 0, "moderate": 1, "strong": 2}[tier]
    return Finding(
        kind="hub",
        members=(portrait.expectation.account,),
        targets=portrait.targets,
        tier=tier,
        score=(base + 1.0 / (1.0 + math.exp(-rank / 4.0))) / 3.0,
        q_value=portrait.q_value,
        first_at=instant(portrait.first_at),
        last_at=instant(portrait.last_at),
        reasons=reasons(portrait, evidence=corroborated, records_cap=parameters.records_cap),
        counter_evidence=counter_evidence(
            portrait, same_text=parameters.same_text, arrivals_share=parameters.arrivals_share
        ),
    )
