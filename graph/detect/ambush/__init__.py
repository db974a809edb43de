"""Which accounts converge on the same targets within minutes to a day, again and again?  Validated co-targeting.

First private contacts are joined with themselves by target and time; surprising pairs form groups; these are judged
against chance and custom, and what surrounded their meetings weighs in.
"""

from graph.detect.ambush.contacts import first_contacts
from graph.detect.ambush.customs import read_customs
from graph.detect.ambush.groups import crews_among
from graph.detect.ambush.leads import lead
from graph.detect.ambush.meetings import Visits
from graph.detect.ambush.null import GroupNull
from graph.detect.ambush.pairs import link_levels, surprising_pairs
from graph.detect.ambush.parameters import AmbushParameters
from graph.detect.ambush.surroundings import read_surroundings
from graph.detect.context import DetectionContext
from graph.detect.finding import Finding

__all__ = ["AmbushParameters", "find_ambush"]


def find_ambush(context: DetectionContext, parameters: AmbushParameters) -> tuple[Finding, ...]:
    """Groups consistent with an ambush crew: members, the targets they converged on, a replay, chance beside it."""
    contacts = first_contacts(context, parameters)
    pairs = surprising_pairs(context, parameters, contacts)
    visits = Visits.of(contacts, sorted({account for pair in pairs for account in pair}), parameters.windows_s)
    customs = read_customs(context, parameters, visits)
    crews = crews_among(pairs, link_levels(contacts, parameters), GroupNull(contacts, visits, customs, parameters))
    around = read_surroundings(context, customs, crews)
    leads = (lead(crew, here, parameters) for crew, here in zip(crews, around, strict=True))
    return tuple(finding for finding in leads if finding.q_value is not None and finding.q_value < 1.0)
