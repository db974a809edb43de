"""Which accounts converge on the same victims within minutes to hours, again and again?  Validated co-targeting.

First private contacts are joined with themselves by target and time; pairs are validated against a null by days;
groups of validated pairs become crews, and what surrounded them tells crews from look-alikes.
"""

from graph.detect.ambush.chance import PairTest
from graph.detect.ambush.contacts import first_contacts
from graph.detect.ambush.cotargeting import co_targeting
from graph.detect.ambush.crews import crew_of
from graph.detect.ambush.grouping import crews_among
from graph.detect.ambush.growth import grown, ties
from graph.detect.ambush.leads import lead
from graph.detect.ambush.neighbourhood import read_neighbourhood
from graph.detect.ambush.parameters import AmbushParameters
from graph.detect.ambush.surroundings import surroundings
from graph.detect.ambush.visits import Visits
from graph.detect.ambush.windows import link_levels, look_within
from graph.detect.context import DetectionContext
from graph.detect.finding import Finding

__all__ = ["AmbushParameters", "co_targeting", "find_ambush"]


def find_ambush(context: DetectionContext, parameters: AmbushParameters) -> tuple[Finding, ...]:
    """Groups consistent with an ambush crew: members, the targets they converged on, a replay, chance beside it."""
    return context.remembered(("ambush", parameters), lambda: _find(context, parameters))


def _find(context: DetectionContext, parameters: AmbushParameters) -> tuple[Finding, ...]:
    contacts = first_contacts(context, parameters)
    windows = [look_within(context, parameters, contacts, window_s) for window_s in parameters.windows_s]
    best: dict[tuple[str, str], PairTest] = {}
    for window in windows:
        if window.popular_contacts:
            context.note(
                "ambush",
                f"{window.popular_contacts} first contacts to {window.popular_targets} targets with more than "
                f"{parameters.max_crowd} accounts around within {window.window_s} s were left out",
            )
        for pair in window.pairs:
            known = best.get((pair.a, pair.b))
            if known is None or pair.p < known.p:
                best[pair.a, pair.b] = pair
    pairs = [best[key] for key in sorted(best)]
    if not pairs:
        return ()
    visits = Visits.of(contacts, sorted({name for pair in pairs for name in (pair.a, pair.b)}))
    acquainted = ties(context, sorted({name for pair in pairs for name in (pair.a, pair.b)}))
    crews = crews_among(
        pairs, link_levels(contacts, parameters), parameters,
        lambda group: crew_of(group, visits.common(group), windows, parameters),
        lambda crew, others: grown(
            crew, others, visits.common([*crew.members, *others]), windows, acquainted, parameters
        ),
    )
    if not crews:
        return ()
    near = read_neighbourhood(context, parameters, contacts, visits, crews)
    leads = (lead(crew, surroundings(crew, near), parameters) for crew in crews)
    return tuple(finding for finding in leads if finding is not None)
