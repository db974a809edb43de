"""Which tier has an owner?  By signs of hiding, and one figure of evidence: the share shown."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from graph.detect.owners.companies import Company, Hiding, Standing, owners_in_turn
from graph.detect.owners.parameters import OwnerParameters
from graph.detect.owners.register import Register
from graph.detect.owners.stakes import OwnershipState, Pair
from graph.detect.statistics import beta_binomial_tail
from graph.detect.tiers import Bounds

# before anything is looked at: one company in a hundred has a sign, one stake in ten crosses a border
_SIGN, _COMPANIES, _BORDER, _STAKES = 0.01, 100, 0.1, 20
_BELOW, _TIED = 1.0 - 1e-9, 1e-4


def hiding(
    companies: Sequence[Company], state: OwnershipState, register: Register, parameters: OwnerParameters
) -> Mapping[str, Hiding]:
    """By company the signs by which its owners are hidden, with the share of companies that would have them all."""
    crossed = {pair: _crosses(pair, register) for pair in state.stakes}
    signs = {company.name: _signs(company, crossed, register, parameters) for company in companies}
    having = Counter(sign for found in signs.values() for sign in found)
    usual = {sign: (n + _SIGN * _COMPANIES) / (len(signs) + _COMPANIES) for sign, n in having.items()}
    return {
        name: Hiding(tuple(found), math.prod(max(usual[sign], chance) for sign, chance in found.items()))
        for name, found in signs.items()
    }


def _signs(
    company: Company, crossed: Mapping[Pair, bool | None], register: Register, parameters: OwnerParameters
) -> dict[str, float]:
    """Each sign with what makes it likely whoever has it; 0 where nothing does."""
    signs = {}
    if any(len(circle) > 1 for circle in company.whole.circles):
        signs["circle"] = 0.0
    if any(stake.declared.nominee or stake.declared.through for stake in company.state.stakes.values()):
        signs["nominee"] = 0.0
    chains = [path for each in company.paths.values() for path in each.paths]
    longest = max(chains, key=lambda path: (len(jurisdictions(path.nodes, register)), path.nodes), default=None)
    if longest and len(jurisdictions(longest.nodes, register)) >= parameters.many_jurisdictions:
        elsewhere = [crosses for pair, crosses in crossed.items() if crosses is not None and pair not in longest.steps]
        usual = (sum(elsewhere) + _BORDER * _STAKES) / (len(elsewhere) + _STAKES)
        steps = [crosses for pair in longest.steps if (crosses := crossed[pair]) is not None]
        signs["jurisdictions"] = beta_binomial_tail(sum(steps), len(steps), usual, 0.0)
    if owners_in_turn(company.periods) >= parameters.many_holders:
        signs["holders"] = 0.0
    return signs


def _crosses(pair: Pair, register: Register) -> bool | None:
    """Does a stake of a company in a company cross a border?  None where it does not say."""
    places = [jurisdictions((name,), register) for name in pair]
    return places[0] != places[1] if all(places) else None


def jurisdictions(nodes: Iterable[str], register: Register) -> tuple[str, ...]:
    """The different jurisdictions of the companies on a chain."""
    known = (register.companies[name].traits.get("jurisdiction", "") for name in nodes if name in register.companies)
    return tuple(sorted({place.strip().upper() for place in known if place.strip()}))


def hides(standing: Standing) -> bool:
    """Has the company signs, rarer together than a custom of the register?"""
    found = standing.hiding
    return found is not None and bool(found.signs) and found.customary <= standing.parameters.customary_share


def evidence(standing: Standing, *, doubtful: bool) -> float:
    """The share that is shown of a lead, in [0, 1]; counter-evidence takes from it.

    Of a company that operates a platform of the case the share itself; in doubt, or where it may lie below
    ``control_share``, it stays below that, as does control of a company that operates none but hides.  Whatever else
    is an entry of the register: below ``notable_share``; so are small holders, and, where nobody may have control, all
    owners but the largest.
    """
    least, control = standing.parameters.notable_share, standing.parameters.control_share
    operates = standing.company.name in standing.register.platforms
    point = min(1.0, max(0.0, standing.share.point))
    if _small(standing, point) or (not operates and (point < control or not hides(standing))):
        return least * point * _BELOW
    if doubtful or not operates or standing.share.low < control - 1e-12:
        return least + (control - least) * point * _BELOW
    return max(min(1.0, standing.share.low), control)


def _small(standing: Standing, point: float) -> bool:
    """A small holder, who is neither the largest owner nor hidden by a chain that no larger owner shares."""
    held, parameters = standing.company.shares.values(), standing.parameters
    if point < parameters.small_share:
        return True
    if point >= max(share.point for share in held) - _TIED:
        return False
    if all(share.high < parameters.control_share for share in held):
        return True
    return point <= parameters.notable_share + _TIED and not _hidden(standing)


def _hidden(standing: Standing) -> bool:
    """Is the owner hidden by a circle, a nominee or a chain through jurisdictions, beyond what larger owners share?

    What stands between a larger owner and the company hides that one: whoever holds a part beside him does not hide.
    """
    company, register = standing.company, standing.register
    if standing.who in register.persons and register.persons[standing.who].withheld:
        return True
    larger = {
        name for owner in company.whole.owners if company.shares[owner.members].point > standing.share.point
        for path in company.paths[owner.members].paths for name in path.nodes
    }
    circles = {name for circle in company.whole.circles if len(circle) > 1 for name in circle}
    for path in standing.paths.paths:
        own, stakes = path.nodes[:-1], [company.state.stakes[step].declared for step in path.steps]
        if any(stake.nominee or stake.through for who, stake in zip(own, stakes, strict=True) if who not in larger):
            return True
        crossed = jurisdictions(path.nodes, register)
        if larger.isdisjoint(own) and (
            not circles.isdisjoint(own) or len(crossed) >= standing.parameters.many_jurisdictions
        ):
            return True
    return False


def bounds(parameters: OwnerParameters) -> Bounds:
    """The thresholds of beneficial ownership are those of the tiers."""
    return Bounds(moderate=parameters.notable_share, strong=parameters.control_share)
