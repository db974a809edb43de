"""Which accounts belong together?  Average linkage, so that weak links make no chain; private marks do."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

from graph.detect.shells.model import Tie, either
from graph.detect.shells.parameters import ShellParameters
from graph.linkage.groups import Pair, connected, cut_to_size, merged, supported


def groups(ties: Mapping[Pair, Tie], *, nothing: Tie, parameters: ShellParameters) -> list[tuple[int, ...]]:
    """Groups of two accounts or more, sorted.

    ``ties``: what is known of a pair (a < b), its ``total`` positive for a link; a pair not listed has ``nothing``.
    To each connected set of links come the accounts without a link that are tied to half of it.  Inside each set the
    two groups whose accounts are most together (``together``) merge while that is positive (ties: the first in order
    of numbers); then a member leaves that is tied to fewer than half of the others and holds no private mark with one.
    """

    def linked(bound: float) -> list[Pair]:
        return [pair for pair, tie in ties.items() if tie.total > bound]

    sets = _with_tied(connected(linked(0.0)), ties)
    found = []
    for members in cut_to_size(linked, sets, largest=parameters.largest_component, cut=parameters.strong):
        for group in merged(sorted(members), ties, nothing, lambda t, n: together(t, n, parameters), Tie.joined):
            inside = [pair for pair in combinations(sorted(group), 2) if ties.get(pair, nothing).private > 0.0]
            found.append(supported(group, _tied(ties, frozenset(who for pair in inside for who in pair))))
    return sorted(group for group in found if len(group) >= 2)


def _tied(ties: Mapping[Pair, Tie], core: frozenset[int]) -> Callable[[Pair], bool]:
    """Whether a pair is tied, or both hold a private mark with somebody of the group (``core``)."""
    return lambda pair: core.issuperset(pair) or (pair in ties and ties[pair].tied > 0.0)


def together(tie: Tie, sizes: Pair, parameters: ShellParameters) -> float:
    """Log2 odds for one operator behind two groups of so many accounts, from what is known of their pairs.

    What accounts share is one fact told by many pairs and counts on average; each turn is a visit of its own, and
    counts each time.  A private mark is one operator's whichever of the accounts hold it: there the best link counts,
    less ``silence_bits`` for the pairs that share nothing, and what conduct says against them.
    """
    pairs = sizes[0] * sizes[1]
    average = either(tie.strangers / pairs + tie.turns, tie.home / pairs + tie.home_turns)
    link = min(tie.private, parameters.strong + parameters.silence_bits)  # however sure: an account may change hands
    return max(average, link - parameters.silence_bits * (1.0 - tie.tied / pairs) + tie.against)


def belonging(
    who: int, group: Sequence[int], ties: Mapping[Pair, Tie], nothing: Tie, parameters: ShellParameters
) -> float:
    """Bits that one account is together with the others of a group."""
    first, *rest = (ties.get((min(who, other), max(who, other)), nothing) for other in group if other != who)
    for tie in rest:
        first = first.joined(tie)
    return together(first, (1, len(rest) + 1), parameters)


def beside(ties: Mapping[Pair, Tie], *, largest: int) -> list[Pair]:
    """The pairs that may come into one group and are not among ``ties``, of sets of up to ``largest`` accounts."""
    sets = _with_tied(connected(pair for pair, tie in ties.items() if tie.total > 0.0), ties)
    return [
        pair for members in sets if len(members) <= largest
        for pair in combinations(sorted(members), 2) if pair not in ties
    ]


def _with_tied(components: list[set[int]], ties: Mapping[Pair, Tie]) -> list[set[int]]:
    """The components with the accounts of none that are tied to half of their members or more, to most of one first."""
    index = {name: number for number, component in enumerate(components) for name in component}
    tied: dict[int, Counter[int]] = {}
    for pair, tie in ties.items():
        for name, other in (pair, pair[::-1]):
            if name not in index and other in index and tie.tied > 0.0:
                tied.setdefault(name, Counter())[index[other]] += 1
    wider = [set(component) for component in components]
    for name, counts in tied.items():
        number = min(counts, key=lambda number: (-counts[number] / len(components[number]), number))
        if counts[number] * 2 >= len(components[number]):
            wider[number].add(name)
    return wider
