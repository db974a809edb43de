"""Which accounts does one person run?  Record linkage with rarity and negative evidence, and groups that cannot chain.

Pairs are compared where they share a device, an address on a day, an identifier or a name skeleton; each piece of
evidence weighs log2(m/u) (Fellegi and Sunter 1969), u being how common it is in its time.
One operator stands against two alternatives: two strangers, and two people who share a home, a school's computers or a
family account.
"""

from graph.detect.context import DetectionContext
from graph.detect.finding import Finding
from graph.detect.shells.accounts import Numbers
from graph.detect.shells.clusters import beside, clusters
from graph.detect.shells.evidence import read_evidence, with_beside
from graph.detect.shells.leads import leads
from graph.detect.shells.parameters import ShellParameters
from graph.detect.shells.tie import Tie
from graph.linkage.bits import odds_bits

__all__ = ["ShellParameters", "find_shells"]


def find_shells(context: DetectionContext, parameters: ShellParameters) -> tuple[Finding, ...]:
    """Groups of accounts consistent with one operator, with the weights that say so."""
    evidence = read_evidence(context, parameters)
    for kind, count in evidence.crowded.items():
        context.note("shell", f"{count} values of kind {kind} are held by too many accounts to link any")
    threshold = -odds_bits(parameters.link)

    def tie_of(pair: Numbers) -> Tie:
        return evidence.weigh(pair).tie(threshold, least=parameters.family_bits)

    bare = {pair: evidence.bare(pair) for pair in evidence.shared}  # cannot link: weighed only inside what others link
    ties = {pair: tie_of(pair) for pair, alone in bare.items() if not alone}
    linked = {who for pair, tie in ties.items() if tie.total > 0 for who in pair}
    near = {who for pair, tie in ties.items() if tie.tied and not linked.isdisjoint(pair) for who in pair}
    ties |= {pair: tie_of(pair) for pair, alone in bare.items() if alone and near.issuperset(pair)}
    further = beside(ties, largest=parameters.largest_component)  # what links do not say of a set, conduct may
    evidence = with_beside(context, evidence, further)
    ties |= {pair: tie_of(pair) for pair in further}
    groups = clusters(
        ties, nothing=evidence.nothing(threshold), further=parameters.further_bits,
        largest=parameters.largest_component, cut=odds_bits(parameters.strong),
    )
    return leads(context, groups, evidence)
