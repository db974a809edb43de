"""Which accounts write first to minors more often than the people they could have met explain?

Unit: the first initiated private contact of a pair.  The null is ``hubs_null``'s: opportunity by room and hour, own
age band, overdispersed.  Accounts known to be adult are tested on all minors; minors and accounts of unknown age are
tested on minors with whom they share no third contact, because teenagers' contacts lie in cliques and a hub's do not.
Nothing else gates a finding; behaviour moves its rank, and what explains it benignly lowers its tier, in words.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import pyarrow as pa

from graph.detect.context import DetectionContext
from graph.detect.finding import Finding, Tier
from graph.detect.hubs_arrivals import ArrivalMix, arrival_mixes
from graph.detect.hubs_contacts import delays, first_contacts, received
from graph.detect.hubs_fit import NullParameters
from graph.detect.hubs_null import Expectation, expectations
from graph.detect.hubs_reasons import Portrait, counter_evidence, reasons
from graph.detect.hubs_reports import reports_by_contacts
from graph.detect.hubs_texts import opening_sameness
from graph.detect.statistics import benjamini_hochberg, log_odds_lower, share_lower


@dataclass(frozen=True)
class HubParameters:
    """Defaults and their reasons: docs/methods.md.

    ``min_minors`` first contacts with minors make a finding (``null.tested_contacts`` of any make a test).
    q-values bound the tiers; moderate is also what is unusual by itself (``moderate_p``) with a credible excess of
    ``moderate_excess`` minors; ``strong_odds`` is the smallest credible odds ratio of a strong lead; ``score_half`` the
    product of credible excess (minors) and surprise (-log10 p) that gives half of a tier's score.
    Each of the first ``reports_cap`` reports by people it wrote to first counts as a likelihood ratio of
    ``report_ratio``, in the rank and for moderate; never for strong, which rests on q alone.
    ``explained_factor`` and ``form_letter_factor`` lower the rank of what has a benign explanation; ``records_cap``
    bounds the records a reason cites.
    """

    min_minors: int = 5
    strong_q: float = 0.01
    moderate_q: float = 0.05
    moderate_p: float = 0.05
    moderate_excess: float = 5.0
    strong_odds: float = 2.0
    egonet_contacts: int = 400
    same_text: float = 0.8
    arrivals_share: float = 0.5
    score_half: float = 20.0
    explained_factor: float = 0.01
    form_letter_factor: float = 0.2
    report_ratio: float = 3.0
    reports_cap: int = 3
    records_cap: int = 500
    null: NullParameters = field(default_factory=NullParameters)

    def __post_init__(self) -> None:
        if isinstance(self.null, dict):
            object.__setattr__(self, "null", NullParameters(**self.null))
        if not 0 < self.strong_q <= self.moderate_q < 1:
            raise ValueError("0 < strong_q <= moderate_q < 1 must hold")
        if self.min_minors < 2 or self.strong_odds < 1:
            raise ValueError("min_minors is at least 2, strong_odds at least 1")


def find_hubs(context: DetectionContext, parameters: HubParameters) -> tuple[Finding, ...]:
    """Hub findings: members = [the account], targets = the minors it wrote to first; unordered.

    Source: opportunity-adjusted enrichment, as in Tumminello 2011 (validated links), with a noncentral share.
    """
    contacts = first_contacts(context, min_contacts=1, egonet_contacts=parameters.egonet_contacts)
    if contacts.num_rows == 0:
        context.note("hub", "there are no private messages between accounts: nothing to test")
        return ()
    if not any(contacts.column("minor").to_pylist()):
        context.note("hub", "no first contact goes to anybody known to be a minor: no ages, or none that apply")
        return ()
    tested = expectations(contacts, parameters.null)
    judged = _judged(tested)
    candidates = [
        (item, q)
        for item, q in judged
        if item.counted >= parameters.min_minors
        and (q <= parameters.moderate_q or _excess(item) > 0.0)
    ]
    portraits = _portraits(context, contacts, tested, candidates)
    return tuple(_finding(portrait, parameters) for portrait in portraits)


def _excess(item: Expectation) -> float:
    """How many more minors than expected, at least (95 %, by sampling alone)."""
    return item.contacts * (share_lower(item.counted, item.contacts) - item.mean)


def _judged(tested: Sequence[Expectation]) -> list[tuple[Expectation, float]]:
    """Every test with its q-value; accounts with a role are a queue, and a family of tests, of their own."""
    judged = []
    for queue in (False, True):
        family = [item for item in tested if (item.role is not None) == queue]
        judged += list(zip(family, benjamini_hochberg([item.p_value for item in family]), strict=True))
    return judged


def _portraits(
    context: DetectionContext,
    contacts: pa.Table,
    tested: Sequence[Expectation],
    candidates: Sequence[tuple[Expectation, float]],
) -> list[Portrait]:
    accounts = [item.account for item, _ in candidates]
    column: dict[str, list[Any]] = {name: contacts.column(name).to_pylist() for name in contacts.column_names}
    usual = _usual(tested, column)
    seen = delays(context, accounts)
    mixes = arrival_mixes(context, accounts)
    written_to = received(context, accounts)
    opened = [
        (item.account, column["record"][i]) for item, _ in candidates for i in range(item.first, item.last)
    ]
    sameness = opening_sameness(context, opened)
    reported = reports_by_contacts(context, accounts)
    portraits = []
    for item, q_value in candidates:
        rows = range(item.first, item.last)
        minors = [i for i in rows if column["minor"][i]]
        known = [i for i in minors if column["closed"][i] is not None]
        met = [seen.get((item.account, column["target"][i]), (None, False)) for i in minors]
        waits = [seconds for seconds, _ in met if seconds is not None]
        portraits.append(
            Portrait(
                expectation=item,
                q_value=q_value,
                log_odds=log_odds_lower(item.counted, item.contacts, item.mean),
                excess=_excess(item),
                targets=tuple(column["target"][i] for i in minors),
                records=tuple(f"messages:{column['record'][i]}" for i in minors),
                stranger_records=tuple(f"messages:{column['record'][i]}" for i in known if not column["closed"][i]),
                strangers=sum(1 for i in known if not column["closed"][i]),
                known=len(known),
                replied=sum(1 for i in minors if column["replied"][i]),
                usual_replies=usual[item.band][0],
                usual_strangers=usual[item.band][1],
                delay=float(median(waits)) if waits else None,
                received=written_to.get(item.account, 0),
                never_met=sum(1 for _, both in met if not both),
                own_age=column["own_age"][item.last - 1],
                own_minor=bool(column["own_minor"][item.last - 1]),
                own_basis=column["own_basis"][item.last - 1],
                role=item.role,
                sameness=sameness.get(item.account),
                mix=mixes.get(item.account, ArrivalMix()),
                reports=reported.get(item.account, ()),
                first_at=column["at"][item.first],
                last_at=max(column["last_at"][i] for i in rows),
            )
        )
    return portraits


def _usual(tested: Sequence[Expectation], column: dict[str, list[Any]]) -> dict[str, tuple[float, float]]:
    """By band: the share of minors' first contacts that are answered, and of strangers; one vote an account."""
    votes: dict[str, list[tuple[float, float]]] = {}
    for item in tested:
        minors = [i for i in range(item.first, item.last) if column["minor"][i]]
        if minors:
            replied = sum(1 for i in minors if column["replied"][i]) / len(minors)
            strangers = sum(1 for i in minors if not column["closed"][i]) / len(minors)
            votes.setdefault(item.band, []).append((replied, strangers))
    usual = {item.band: (0.5, 0.5) for item in tested}
    for band, shares in votes.items():
        usual[band] = (median(r for r, _ in shares), median(s for _, s in shares))
    return usual


def _tier(portrait: Portrait, parameters: HubParameters) -> Tier:
    """By q-value and effect; a benign explanation that fits caps it (docs/methods.md, Hubs, tiers)."""
    strong = portrait.q_value <= parameters.strong_q and portrait.log_odds >= math.log(parameters.strong_odds)
    unusual = _corroborated(portrait, parameters) <= parameters.moderate_p
    unusual = unusual and portrait.excess >= parameters.moderate_excess
    advertises = portrait.form_letter(parameters.same_text)
    moderate = portrait.q_value <= parameters.moderate_q or (unusual and not advertises)
    tier: Tier = "strong" if strong else "moderate" if moderate else "weak"
    if portrait.role is not None:
        return "moderate" if strong and portrait.role in ("moderator", "staff") else "weak"
    if portrait.welcomes(parameters.same_text, parameters.arrivals_share):
        return "weak"
    if tier == "strong" and portrait.friends:
        return "moderate"
    return tier


def _corroborated(portrait: Portrait, parameters: HubParameters) -> float:
    """The p-value, divided by ``report_ratio`` for each of the first ``reports_cap`` reports by people written to."""
    reports = min(len(portrait.reports), parameters.reports_cap)
    return float(max(portrait.expectation.p_value, 1e-12) / parameters.report_ratio**reports)


def _finding(portrait: Portrait, parameters: HubParameters) -> Finding:
    tier = _tier(portrait, parameters)
    surprise = -math.log10(_corroborated(portrait, parameters))
    strength = max(portrait.excess, 0.0) * surprise * portrait.leaning
    if portrait.role is not None or portrait.welcomes(parameters.same_text, parameters.arrivals_share):
        strength *= parameters.explained_factor
    elif portrait.form_letter(parameters.same_text) and tier == "weak":
        strength *= parameters.form_letter_factor
    base = {"weak": 0, "moderate": 1, "strong": 2}[tier]
    return Finding(
        kind="hub",
        members=(portrait.expectation.account,),
        targets=portrait.targets,
        tier=tier,
        score=(base + strength / (strength + parameters.score_half)) / 3.0,
        q_value=portrait.q_value,
        first_at=_instant(portrait.first_at),
        last_at=_instant(portrait.last_at),
        reasons=reasons(portrait, records_cap=parameters.records_cap),
        counter_evidence=counter_evidence(
            portrait, same_text=parameters.same_text, arrivals_share=parameters.arrivals_share
        ),
    )


def _instant(at: Any) -> str:
    return str(at.isoformat(timespec="milliseconds")) + "Z"
