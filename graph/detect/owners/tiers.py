"""Which tier has an owner?  Signs by which a company's owners are hidden, and one figure of evidence: the share shown.

Null of the signs: a company has each with the share of companies of this register that have it, by themselves.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping

from graph.detect.owners.companies import Company, owners_in_turn
from graph.detect.owners.model import Share
from graph.detect.owners.parameters import OwnerParameters
from graph.detect.owners.register import Register
from graph.detect.owners.standing import Hiding
from graph.detect.tiers import Bounds

_USUAL, _COMPANIES = 0.02, 50  # before any company is looked at: one in fifty has a sign, worth as many companies
_BELOW = 1.0 - 1e-9


def signs_of(company: Company, register: Register, parameters: OwnerParameters) -> tuple[str, ...]:
    """circle, nominee, jurisdictions, holders: how the owners of a company are hidden, whoever they are."""
    crossed = (len(jurisdictions(path.nodes, register)) for each in company.paths.values() for path in each.paths)
    signs = {
        "circle": any(len(circle) > 1 for circle in company.whole.circles),
        "nominee": any(stake.declared.nominee or stake.declared.through for stake in company.state.stakes.values()),
        "jurisdictions": max(crossed, default=0) >= parameters.many_jurisdictions,
        "holders": owners_in_turn(company.periods) >= parameters.many_holders,
    }
    return tuple(sign for sign, there in signs.items() if there)


def jurisdictions(nodes: Iterable[str], register: Register) -> tuple[str, ...]:
    """The different jurisdictions of the companies on a chain."""
    known = (register.companies[name].traits.get("jurisdiction", "") for name in nodes if name in register.companies)
    return tuple(sorted({place.strip().upper() for place in known if place.strip()}))


def hidings(signs: Mapping[str, tuple[str, ...]]) -> dict[str, Hiding]:
    """By company its signs, weighed by how common they are among all companies that were looked at."""
    having = Counter(sign for found in signs.values() for sign in found)
    usual = {sign: (n + _USUAL * _COMPANIES) / (len(signs) + _COMPANIES) for sign, n in having.items()}
    return {company: Hiding(found, math.prod(usual[sign] for sign in found)) for company, found in signs.items()}


def hides(hiding: Hiding, parameters: OwnerParameters) -> bool:
    """Has it signs, rarer together than a custom of the register?"""
    return bool(hiding.signs) and hiding.customary <= parameters.customary_share


def evidence(share: Share, *, doubtful: bool, operates: bool, hidden: bool, parameters: OwnerParameters) -> float:
    """The share that is shown of a lead, in [0, 1]; counter-evidence takes from it.

    Of a company that operates a platform of the case the share itself; in doubt, or where it may lie below
    ``control_share``, it stays below that, as with a company that operates none but hides.  Any other company is an
    entry of the register: below ``notable_share``.
    """
    point = min(1.0, max(0.0, share.point))
    if not operates and not hidden:
        return parameters.notable_share * point * _BELOW
    if point < parameters.notable_share:
        return point
    if doubtful or not operates or share.low < parameters.control_share - 1e-12:
        room = parameters.control_share - parameters.notable_share
        return parameters.notable_share + room * point * _BELOW
    return max(min(1.0, share.low), parameters.control_share)


def bounds(parameters: OwnerParameters) -> Bounds:
    """The thresholds of beneficial ownership are those of the tiers."""
    return Bounds(moderate=parameters.notable_share, strong=parameters.control_share)
