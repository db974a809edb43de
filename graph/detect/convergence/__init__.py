"""On whom did many adults converge, within an hour or over a year?

Unit: the first private contact of a pair.  A mixture likelihood ratio is scanned over windows of all lengths
(``model``) against what is usual for the target and the platform (``null``); one lead a target.
"""

import numpy as np

from graph.detect.context import DetectionContext
from graph.detect.convergence.around import Surroundings
from graph.detect.convergence.arrivals import arrivals
from graph.detect.convergence.contacts import DAY, HOUR, YOUNG, read_contacts
from graph.detect.convergence.leads import came, lead
from graph.detect.convergence.model import best_windows
from graph.detect.convergence.null import fit_null
from graph.detect.convergence.occasions import occasions
from graph.detect.convergence.parameters import ConvergenceParameters
from graph.detect.convergence.tiers import chances
from graph.detect.finding import Finding
from graph.detect.statistics import benjamini_hochberg

__all__ = ["ConvergenceParameters", "find_convergence"]

LEAST = 1.0  # nats below which a window is no lead at all
MOST_LEADS = 1_000


def find_convergence(context: DetectionContext, parameters: ConvergenceParameters) -> tuple[Finding, ...]:
    """Convergence findings: members = those who converged, targets = [the account]; at most one a target; unordered.

    A window most of whose members are one crew of several targets is left to ambush, and is no custom of the platform
    to measure others by.
    """
    contacts = read_contacts(context)
    if not len(contacts):
        context.note("convergence", "there are no private messages between accounts: nothing to test")
        return ()
    if not (contacts.target_side == YOUNG).any():
        most, hours = parameters.rush_members, parameters.rush_hours
        context.note(
            "convergence",
            f"nobody written to first is known to be a minor: a rush of {most} within {hours} h alone was looked for",
        )
    lengths = np.array(parameters.windows_hours, dtype=np.int64) * HOUR
    null = fit_null(contacts, lengths, parameters)
    windows, tested = best_windows(contacts, null, parameters)
    best = np.lexsort((windows.target, -windows.evidence))
    best = best[windows.evidence[best] > LEAST][:MOST_LEADS]
    if not len(best):
        return ()
    crews = [crew for crew in context.findings_of("ambush") if crew.tier != "weak"]
    surroundings = Surroundings(contacts, crews)
    around = {row: surroundings.of(windows, row, DAY) for row in best.tolist()}
    crewed = [row for row, met in around.items() if 2 * met.crewed >= len(met.rows)]
    own, tested = np.setdiff1d(np.arange(len(windows.target)), crewed), tested - len(crewed)
    chance = benjamini_hochberg(chances(windows.evidence[own], tested).tolist(), tested)
    q_values = dict(zip(own.tolist(), chance, strict=True))
    more = [row for row, met in around.items() if (seen := came(contacts, windows, row, met))[0] > seen[1]]
    kept = [row for row in more if row in q_values]
    if left := len(more) - len(kept):
        context.note("convergence", f"{left} targets are left to ambush: most who came are one crew of several targets")
    leads = [around[row] for row in kept]
    rooms, new = occasions(context, contacts, leads), arrivals(context, contacts, leads)
    answers = context.first_messages(
        (target, member) for row in kept for target in contacts.names(windows.target[row : row + 1])
        for member in contacts.names(contacts.initiator[around[row].rows])
    )
    return tuple(
        lead(contacts, windows, row, around[row], occasion, arrival, q_values[row], parameters, answers)
        for row, occasion, arrival in zip(kept, rooms, new, strict=True)
    )
