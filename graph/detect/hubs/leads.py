"""Which accounts write first to minors far more than others of their age in the same rooms and hours?

Unit: the first private contact of a pair.  ``null`` says how people live here, ``model`` how much likelier a seeker of
minors is than that, in nats; ``chance`` how likely ordinary life brings so much; ``tiers`` takes off what explains it.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from graph.detect.arrays import Floats, numbers_of
from graph.detect.context import DetectionContext
from graph.detect.finding import Finding, instant
from graph.detect.hubs.ages import age_groups, two_ages
from graph.detect.hubs.chance import q_values
from graph.detect.hubs.conduct import Conduct, conduct_of
from graph.detect.hubs.contacts import active_days, contact_rows, ties_among
from graph.detect.hubs.inferred import with_inferred
from graph.detect.hubs.model import FEW, Model, Sides, weigh
from graph.detect.hubs.parameters import HubParameters
from graph.detect.hubs.people import chats
from graph.detect.hubs.portrait import Portrait, portraits, reports_by_targets
from graph.detect.hubs.reasons import Measured, counter_evidence, reasons
from graph.detect.hubs.tiers import Explanation, judged
from graph.detect.tiers import Bounds, grade

_ARRIVALS = 0.2  # share of first contacts; and half as much again as is usual here
_LIKELY, _DUTY = 0.5, 0.95


def find_hubs(context: DetectionContext, parameters: HubParameters) -> tuple[Finding, ...]:
    """Hub findings: members = [the account], targets = the minors it wrote to first; unordered."""
    groups = age_groups(context.minor_parameters.adult_age)
    contacts, egonet = contact_rows(context, groups), parameters.egonet_contacts
    if contacts.num_rows == 0:
        context.note("hub", "there are no private messages between accounts: nothing to test")
        return ()
    if not (numbers_of(contacts["target_group"]) < groups.minors).any():
        context.note("hub", "no first contact goes to anybody known to be a minor: no ages, or none that apply")
        return ()
    claims = two_ages(context, groups)
    seen = chats(
        contacts, ties_among(context, groups, egonet_contacts=egonet), active_days(context, groups), claims, groups,
        present_people=parameters.present_people, egonet=egonet,
    )
    if not ((seen.own_group >= groups.minors) & (seen.own_group < groups.unknown)).any():
        context.note("hub", "nobody who wrote first is known to be an adult: those of unknown age alone were tested")
    reported, reports = reports_by_targets(context), np.zeros(seen.size)
    reports[list(reported)] = [len(records) for records in reported.values()]
    likely = with_inferred(seen, groups, parameters) if "inferred" in parameters.parts else seen
    likely, model, conduct, sides = weigh(seen, likely, reports, groups, parameters)
    if not len(conduct.number):
        context.note("hub", f"nobody wrote first to {FEW} people: nothing to test")
        return ()
    newcomers = _newcomers(conduct, parameters)
    evidence = model.evidence(conduct, sides, newcomers)
    q = q_values(
        model, conduct, evidence, newcomers, seeking=sides.likelier_seeking, at_least=parameters.min_minors
    )
    certain = conduct_of(seen, conduct.number, conduct.age, conduct.reports, groups)
    enough = (conduct.minors >= parameters.min_minors) & (conduct.contacts >= parameters.min_contacts)
    enough &= certain.minors > 0  # of nobody known to be a minor, likely ones alone are no lead
    worth = (evidence >= parameters.weak_evidence) & ~conduct.role
    places = np.flatnonzero(enough & (worth | (q <= parameters.usual)))
    contacts = contacts.append_column("likely_group", pa.array(likely.group))
    found = portraits(context, contacts, conduct.number[places].tolist(), reported, claims, seen.tied, groups)
    mailing = newcomers.copy()
    if "anybody" in parameters.parts:
        alike = np.array([portrait.same_text for portrait in found])
        mailing[places] = np.maximum(newcomers[places], _lift(alike, parameters.same_text))
    duties: dict[str, tuple[int, int]] = {}
    for place, portrait in zip(places.tolist(), found, strict=True):
        if portrait.role is not None:
            minors, known = duties.get(portrait.role, (0, 0))
            duties[portrait.role] = (minors + int(certain.minors[place]), known + int(certain.known[place]))
    tested = _Tested(
        model, conduct, certain, sides, newcomers, mailing, model.evidence(conduct, sides, mailing), q, duties
    )
    leads = [tested.lead(int(place), portrait) for place, portrait in zip(places, found, strict=True)]
    return tuple(finding for finding in leads if finding is not None)


def _newcomers(conduct: Conduct, parameters: HubParameters) -> Floats:
    """How likely each writes to anybody, by how many of its contacts had just arrived, beyond what is usual here.

    Who has a role is there to write to whoever comes.
    """
    if "anybody" not in parameters.parts:
        return np.full(len(conduct.number), 1e-9)
    share = conduct.arrivals / np.maximum(conduct.contacts, 1.0)
    weight = np.minimum(conduct.contacts, parameters.contacts_cap)
    usual = 1.5 * float((weight * share).sum()) / max(float(weight.sum()), 1e-9)
    least = np.where(conduct.role, _DUTY, parameters.anybody)
    return np.maximum(least, _lift(share, min(max(usual, _ARRIVALS), 0.99)))


def _lift(share: Floats, from_share: float) -> Floats:
    return np.asarray(0.95 * np.maximum(share - from_share, 0.0) / (1.0 - from_share), dtype=np.float64)


@dataclass(frozen=True)
class _Tested:
    """All accounts tested, and what is known of them: see ``model`` and ``chance``.

    ``certain``: their conduct towards people whose age was known then, without inferred ages: what a lead says.
    ``duties``: by role, of all who have it and are looked at, the minors they wrote to and their contacts of known age.
    """

    model: Model
    conduct: Conduct
    certain: Conduct
    sides: Sides
    newcomers: Floats
    mailing: Floats
    evidence: Floats
    q: Floats
    duties: Mapping[str, tuple[int, int]]

    def lead(self, place: int, portrait: Portrait) -> Finding | None:
        """The finding on one of them, or None where too little is left of it."""
        # sums of floats hang on the order of ids in their last digits
        parameters, q_value = self.model.parameters, float(f"{self.q[place]:.9g}")
        measured = self.measured(place, portrait)
        if portrait.role is not None and measured.odds <= 1.0:
            return None  # its task, and no more minors than usual
        evidence = judged(
            float(self.evidence[place]), q_value=q_value, odds=self._odds(measured), explained=measured.explained,
            role=portrait.role, parameters=parameters,
        )
        if evidence < parameters.weak_evidence:
            return None
        tier, score = grade(evidence, Bounds(parameters.moderate_evidence, parameters.strong_evidence))
        return Finding(
            kind="hub", members=(portrait.account,), targets=portrait.targets, tier=tier, score=score, q_value=q_value,
            first_at=instant(portrait.first_at), last_at=instant(portrait.last_at),
            reasons=reasons(measured, records_cap=parameters.records_cap),
            counter_evidence=counter_evidence(measured, records_cap=parameters.records_cap),
        )

    def _odds(self, measured: Measured) -> float:
        """Of who has a task no more than over colleagues who are leads themselves: what they all do is the task."""
        role = measured.portrait.role
        minors, known = self.duties.get(role, (0, 0)) if role is not None else (0, 0)
        known -= measured.known
        if known <= 0:
            return measured.odds
        return min(measured.odds, measured.odds_over((minors - measured.minors) / known))

    def measured(self, place: int, portrait: Portrait) -> Measured:
        """The figures that the sentences say."""
        row = np.array([place])
        one, certain, model = self.conduct.take(row), self.certain.take(row), self.model.take(row)
        sides, minors = self.sides.take(row), slice(0, self.model.groups.minors)
        mates = model.mates(one, sides)
        drawn = float((mates[0] @ model.life.writers[0, :, minors]).sum() * certain.writers.sum())
        usual = model.life.circles
        inside = one.ties[0] >= 2 and one.closed[0] > 1.5 * usual * one.looked[0]
        return Measured(
            portrait=portrait, contacts=int(one.contacts[0]), known=int(certain.known[0]),
            minors=int(certain.minors[0]), likely_known=int(one.known[0] - certain.known[0]),
            likely_age=model.parameters.likely_age,
            expected=float(model.expected(one, sides)[0]), adult_expected=float(model.of_adults(sides)[0]),
            looked=int(certain.looked[0]),
            ties=round(float(certain.ties[0])), usual_ties=usual, came=int(one.came[0]),
            came_known=int(certain.writers.sum()), came_minors=int(certain.writers[0, minors].sum()),
            came_expected=drawn, usual_begun=model.life.begun, arrivals=int(one.arrivals[0]),
            adult=float(np.exp(one.age[0, minors.stop :]).sum()),
            explained=self._explained(place, portrait, inside=bool(inside)),
        )

    def _explained(self, place: int, portrait: Portrait, *, inside: bool) -> Explanation:
        """The harmless explanation that holds for this account; ``inside``: many of its minors know each other."""
        if portrait.role is not None:
            return "role"
        over_anybody, mailing = self.sides.seeking[place] - self.sides.anybody[place], self.mailing[place]
        if mailing >= _LIKELY and over_anybody <= math.log(mailing / (1.0 - mailing)):
            return "writes_to_whoever_arrives" if self.newcomers[place] >= mailing else "one_text_for_all"
        begun = self.conduct.contacts[place] / (self.conduct.contacts[place] + self.conduct.came[place])
        if portrait.replied >= 0.7 * len(portrait.targets) and (inside or begun < self.model.life.begun):
            return "circle_of_friends"
        return "know_each_other" if inside else ""
