"""Which accounts write first to minors as nobody of their age does who lives there as others do?

Unit: the first private contact of a pair.  ``null`` says how people live here and how seldom chance brings so many
minors; ``model`` how much likelier a seeker of minors is than that, in nats; ``tiers`` takes off what explains it.
"""

import math
from dataclasses import dataclass

import numpy as np

from graph.detect.context import DetectionContext
from graph.detect.finding import Finding, instant
from graph.detect.hubs.ages import age_groups
from graph.detect.hubs.contacts import active_days, contact_rows
from graph.detect.hubs.hours import written_hours
from graph.detect.hubs.model import Weighed, weigh
from graph.detect.hubs.parameters import HubParameters
from graph.detect.hubs.people import chats, numbers
from graph.detect.hubs.portrait import Portrait, portraits
from graph.detect.hubs.reasons import Measured, counter_evidence, reasons
from graph.detect.hubs.tiers import Explanation, judged, tier_of
from graph.detect.statistics import Floats

_ARRIVALS = 0.2  # share of first contacts; and half as much again as is usual here
_LIKELY = 0.5


def find_hubs(context: DetectionContext, parameters: HubParameters) -> tuple[Finding, ...]:
    """Hub findings: members = [the account], targets = the minors it wrote to first; unordered."""
    groups = age_groups(context.minor_parameters.adult_age)
    contacts = contact_rows(context, groups, egonet_contacts=parameters.egonet_contacts)
    if contacts.num_rows == 0:
        context.note("hub", "there are no private messages between accounts: nothing to test")
        return ()
    if not (numbers(contacts, "target_group") < groups.minors).any():
        context.note("hub", "no first contact goes to anybody known to be a minor: no ages, or none that apply")
        return ()
    days = active_days(context, groups)
    seen = chats(contacts, days, groups, present_people=parameters.present_people)
    weighed = weigh(seen, written_hours(context), groups, parameters)
    newcomers = _newcomers(weighed, parameters)
    evidence = weighed.evidence(newcomers, temper=parameters.temper)
    most = parameters.reports_cap * math.log(parameters.report_ratio)
    worth = (evidence + most >= parameters.weak_evidence) | (weighed.test.q <= parameters.usual)
    role = seen.role[weighed.number]
    enough = (weighed.minors >= parameters.min_minors) & (weighed.contacts >= parameters.min_known)
    places = np.flatnonzero(enough & np.where(role, weighed.test.q <= parameters.usual, worth))
    found = portraits(context, contacts, weighed.number[places].tolist(), groups)
    mailing = newcomers.copy()
    if "anybody" in parameters.parts:
        alike = [_lift(portrait.same_text, parameters.same_text) for portrait in found]
        mailing[places] = np.maximum(newcomers[places], alike)
    evidence = weighed.evidence(mailing, temper=parameters.temper)
    leads = [
        _Lead(weighed, int(place), portrait, float(evidence[place]), float(newcomers[place]), float(mailing[place]))
        for place, portrait in zip(places, found, strict=True)
    ]
    return tuple(finding for lead in leads if (finding := lead.finding(parameters)) is not None)


def _newcomers(weighed: Weighed, parameters: HubParameters) -> Floats:
    """How likely each writes to anybody, by how many of its contacts had just arrived, beyond what is usual here."""
    if "anybody" not in parameters.parts:
        return np.full(len(weighed.number), 1e-9)
    share = weighed.arrivals / np.maximum(weighed.contacts, 1.0)
    weight = np.minimum(weighed.contacts, parameters.contacts_cap)
    usual = 1.5 * float((weight * share).sum()) / max(float(weight.sum()), 1e-9)
    lift = [_lift(one, min(max(usual, _ARRIVALS), 0.99)) for one in share.tolist()]
    return np.asarray(np.maximum(parameters.anybody, np.array(lift)), dtype=np.float64)


def _lift(share: float, from_share: float) -> float:
    return 0.95 * max(share - from_share, 0.0) / (1.0 - from_share)


@dataclass(frozen=True)
class _Lead:
    weighed: Weighed
    place: int
    portrait: Portrait
    nats: float
    newcomers: float
    mailing: float

    def finding(self, parameters: HubParameters) -> Finding | None:
        """The finding, or None where too little is left of it."""
        portrait, measured, test = self.portrait, self.measured(), self.weighed.test
        reports = min(len(portrait.reports), parameters.reports_cap) if "reports" in parameters.parts else 0
        nats = self.nats + reports * math.log(parameters.report_ratio)
        q_value = float(test.q[self.place])
        evidence = judged(
            nats, q_value=q_value, odds=measured.odds, explained=measured.explained, role=portrait.role,
            parameters=parameters,
        )
        if evidence < parameters.weak_evidence:
            return None
        tier, score = tier_of(evidence, parameters)
        return Finding(
            kind="hub", members=(portrait.account,), targets=portrait.targets, tier=tier, score=score, q_value=q_value,
            first_at=instant(portrait.first_at), last_at=instant(portrait.last_at),
            reasons=reasons(measured, records_cap=parameters.records_cap),
            counter_evidence=counter_evidence(measured),
        )

    def measured(self) -> Measured:
        """The figures that the sentences say."""
        weighed, place = self.weighed, self.place
        closed = weighed.looked[place] - weighed.strangers[place]
        return Measured(
            portrait=self.portrait, contacts=int(weighed.contacts[place]), known=int(weighed.known[place]),
            minors=int(weighed.minors[place]), expected=float(weighed.expected[place]),
            looked=int(weighed.looked[place]), closed=int(closed), usual_closed=float(weighed.circles[place]),
            came=int(weighed.came[place]), came_known=int(weighed.came_known[place]),
            came_minors=int(weighed.came_minors[place]), came_expected=float(weighed.drawn[place]),
            usual_begun=weighed.begun_share, arrivals=int(weighed.arrivals[place]), adult=float(weighed.adult[place]),
            explained=self.explained(),
        )

    def explained(self) -> Explanation:
        """The harmless explanation that holds for this account."""
        weighed, place, portrait = self.weighed, self.place, self.portrait
        if portrait.role is not None:
            return "role"
        as_they_come = np.logaddexp(0.0, weighed.seeking[place] - weighed.anybody[place]) < math.log(1.0 / _LIKELY)
        if self.mailing >= _LIKELY and as_they_come:
            return "writes_to_whoever_arrives" if self.newcomers >= self.mailing else "one_text_for_all"
        closed = weighed.looked[place] - weighed.strangers[place]
        begun = weighed.contacts[place] / (weighed.contacts[place] + weighed.came[place])
        inside = closed >= 2.0 and closed > 1.5 * weighed.circles[place] * weighed.looked[place]
        if portrait.replied >= 0.7 * len(portrait.targets) and (inside or begun < weighed.begun_share):
            return "circle_of_friends"
        return ""
