"""Which accounts converge on the same victims within minutes to hours, again and again?  Validated co-targeting.

First private contacts are joined with themselves by target and time; pairs are validated against a null by days;
groups of validated pairs become crews, and what surrounded them tells crews from look-alikes.
"""

from graph.detect.ambush.chance import PairTest
from graph.detect.ambush.contacts import first_contacts, look_within
from graph.detect.ambush.cotargeting import co_targeting
from graph.detect.ambush.crews import Crew, Hit, crew_of, groups
from graph.detect.ambush.leads import lead
from graph.detect.ambush.parameters import AmbushParameters
from graph.detect.ambush.surroundings import listed, read_neighbourhood, surroundings
from graph.detect.context import DetectionContext
from graph.detect.finding import Finding

__all__ = ["AmbushParameters", "co_targeting", "find_ambush"]


def find_ambush(context: DetectionContext, parameters: AmbushParameters) -> tuple[Finding, ...]:
    """Groups consistent with an ambush crew: members, the targets they converged on, a replay, chance beside it."""
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
        link_p = min(parameters.link_p, parameters.chance_links / max(1, window.able))
        for pair in window.pairs:
            known = best.get((pair.a, pair.b))
            if pair.p <= link_p and (known is None or pair.p < known.p):
                best[pair.a, pair.b] = pair
    pairs = [best[key] for key in sorted(best)]
    names = sorted({name for pair in pairs for name in (pair.a, pair.b)})
    if not names:
        return ()
    visits: dict[str, list[tuple[str, Hit]]] = {}
    own = contacts.semi_join(listed(names, "actor"), "actor").select("target", "at", "actor", "record")
    for target, at, actor, record in context.rows(own):
        visits.setdefault(actor, []).append((target, Hit(at, actor, record)))
    crews: list[Crew] = []
    for group in groups(pairs, parameters):
        crew = crew_of(group, visits, windows, parameters)
        if crew is not None:
            crews.append(crew)
    if not crews:
        return ()
    members = sorted({name for crew in crews for name in crew.members})
    victims = sorted({name for crew in crews for name in crew.victims})
    near = read_neighbourhood(context, parameters, contacts, members, victims)
    return tuple(lead(crew, surroundings(crew, near), parameters) for crew in crews)
