"""Who stands behind a platform?  Ultimate owners by integrated ownership at an instant, with paths and circles."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import networkx as nx

from graph.detect.context import DetectionContext
from graph.detect.finding import Finding
from graph.detect.owners.changes import by_company, successive_owners
from graph.detect.owners.doubles import Doubles, doubles_of
from graph.detect.owners.holding import Holding
from graph.detect.owners.integrated import Integrated, Ultimate, integrated_ownership
from graph.detect.owners.leads import lead
from graph.detect.owners.links import SharedValues
from graph.detect.owners.parameters import OwnerParameters
from graph.detect.owners.paths import ownership_paths
from graph.detect.owners.register import Register, read_holdings, read_register
from graph.detect.owners.standing import Share, Standing, settled_share
from graph.detect.owners.state import OwnershipState, last_instant, ownership_at

__all__ = ["OwnerParameters", "find_owners", "integrated_ownership"]


def find_owners(context: DetectionContext, parameters: OwnerParameters) -> tuple[Finding, ...]:
    """One finding per ultimate owner and company that operates a platform (where none is named: that owns nothing)."""
    register = read_register(context)
    holdings = read_holdings(context, tuple(register.platforms))
    at = parameters.instant or last_instant(holdings)
    state = ownership_at(holdings, at)
    targets = _targets(register.platforms, state)
    if len(targets) > parameters.most_companies and not register.platforms:
        context.note(
            "owner", f"{len(targets)} companies own nothing further; the first {parameters.most_companies} by id were "
            "looked at, since no operator of a platform is named"
        )
        targets = targets[: parameters.most_companies]
    rows = by_company(holdings)
    shared = None
    if targets and len(register.companies) <= parameters.linked_within:
        shared = SharedValues(context, register)
    elif targets:
        context.note("owner", f"{len(register.companies)} companies: shared addresses and directors were not searched")
    doubles = Doubles(context, register, parameters) if targets else None
    findings: list[Finding] = []
    for company in targets:
        chains = state.above(company)
        whole = integrated_ownership(chains.shares(), company)
        if not whole.owners:
            context.note("owner", f"{company} has no recorded owner{_when(at)}{_before(company, rows, parameters)}")
        small = [owner for owner in whole.owners if owner.share < parameters.least_share]
        if small:
            context.note(
                "owner", f"{len(small)} owners of {company} hold less than {parameters.least_share:g} and are left out"
            )
        large = [owner for owner in whole.owners if owner.share >= parameters.least_share]
        if large:
            findings.extend(_leads(company, large, whole, rows, chains, register, shared, doubles, parameters))
    return tuple(findings)


def _leads(
    company: str,
    owners: Sequence[Ultimate],
    whole: Integrated,
    holdings: Mapping[str, Sequence[Holding]],
    state: OwnershipState,
    register: Register,
    shared: SharedValues | None,
    doubles: Doubles | None,
    parameters: OwnerParameters,
) -> list[Finding]:
    shares = _settled(company, whole, state)
    left = 1.0 - sum(share.point for share in shares.values())
    periods, all_periods = successive_owners(holdings, company, parameters)
    found = []
    for owner in owners:
        paths = ownership_paths(state.shares(), owner.members, company, limit=parameters.counted_paths)
        steps = tuple(sorted({step for path in paths.paths for step in path.steps}))
        chains = {company, *(name for step in steps for name in step)} - set(register.persons)
        links = None
        if shared is not None:
            homes = {name: register.persons[name].addresses for name in owner.members if name in register.persons}
            links = shared.beside(chains, owner.members, homes, parameters)
        seats = () if shared is None else tuple(seat for name in owner.members for seat in shared.directors(name))
        found.append(lead(Standing(
            company=company, owner=owner, share=shares[owner.members], whole=whole, left=left, state=state, paths=paths,
            steps=steps, register=register, periods=periods, all_periods=all_periods, links=links, seats=seats,
            doubles=doubles_of(doubles, (*owner.members, *(name for step in steps for name in step))),
            parameters=parameters,
        )))
    return found


def _settled(company: str, whole: Integrated, state: OwnershipState) -> dict[tuple[str, ...], Share]:
    """Every ultimate owner's share as an interval: from all shares at their least to all at their largest."""
    least = most = {owner.members: owner.share for owner in whole.owners}
    if not state.exact:
        least = {owner.members: owner.share for owner in integrated_ownership(state.least(), company).owners}
        most = {owner.members: owner.share for owner in integrated_ownership(state.most(), company).owners}
    certain = sum(least.values())
    return {
        owner.members: settled_share(
            owner, company, low=least.get(owner.members, 0.0), high=most.get(owner.members, owner.share),
            others_low=certain - least.get(owner.members, 0.0), state=state,
        )
        for owner in whole.owners
    }


def _when(at: datetime | None) -> str:
    return "" if at is None else f" at {at.isoformat()}Z"


def _before(company: str, holdings: Mapping[str, Sequence[Holding]], parameters: OwnerParameters) -> str:
    """Who held it last, if anybody did."""
    held = [period for period in successive_owners(holdings, company, parameters)[0] if period.owners]
    if not held or held[-1].until is None:
        return ""
    names = ", ".join("+".join(who) for who, _ in held[-1].owners)
    return f"; the last were {names} until {held[-1].until.isoformat()}Z"


def _targets(platforms: Mapping[str, tuple[str, ...]], state: OwnershipState) -> list[str]:
    """Companies that operate a platform; else those that own nothing outside their own circle."""
    if platforms:
        return sorted(platforms)
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from(sorted(state.stakes))
    condensed = nx.condensation(graph)
    ends = [node for node in condensed if condensed.out_degree(node) == 0]
    return sorted(name for node in ends for name in condensed.nodes[node]["members"])
