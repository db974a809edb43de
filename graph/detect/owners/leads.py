"""How does an ultimate owner become a finding?  Leads for companies that operate a platform or hide, else a register."""

from collections.abc import Sequence
from datetime import datetime

import networkx as nx

from graph.detect.context import DetectionContext
from graph.detect.finding import Finding
from graph.detect.owners.companies import Company, by_company, company_at
from graph.detect.owners.doubles import Doubles
from graph.detect.owners.holdings import Holding, read_holdings
from graph.detect.owners.links import SharedValues
from graph.detect.owners.parameters import OwnerParameters
from graph.detect.owners.reasons import doubts, reasons, remarks
from graph.detect.owners.register import Register, read_register
from graph.detect.owners.stakes import OwnershipState, last_instant, ownership_at
from graph.detect.owners.standing import Standing
from graph.detect.owners.tiers import bounds, evidence, hides, hidings, signs_of
from graph.detect.tiers import grade


def find_owners(context: DetectionContext, parameters: OwnerParameters) -> tuple[Finding, ...]:
    """One finding per ultimate owner and company that operates a platform or hides its owners.

    Where no operator is named, also of every company that owns nothing further: an entry of the register, weak.
    """
    register = read_register(context)
    operators = sorted(register.platforms)
    chains = read_holdings(context, operators)
    at = parameters.instant or last_instant(chains)
    companies = _looked_at(operators, chains, at, register, parameters)
    if operators:
        rows = context.rows(context.table("ownerships").count().as_table())[0][0]
        if rows <= parameters.most_rows:
            companies |= _beside(context, read_holdings(context, ()), at, register, parameters)
        else:
            context.note("owner", f"{rows} ownerships: companies beside the operators were not searched for hiding ones")
    else:
        companies = _beside(context, chains, at, register, parameters)
    hiding = hidings({name: signs_of(company, register, parameters) for name, company in companies.items()})
    chosen = [
        company for name, company in companies.items()
        if name in register.platforms or not operators or hides(hiding[name], parameters)
    ]
    if not chosen:
        return ()
    shared = None
    if len(register.companies) <= parameters.linked_within:
        shared = SharedValues(context, register)
    else:
        context.note("owner", f"{len(register.companies)} companies: shared addresses and directors were not searched")
    doubles = Doubles(context, register, parameters)
    found: list[Finding] = []
    for company in chosen:
        _note(context, company, parameters)
        for owner in company.whole.owners:
            if owner.share >= parameters.least_share:
                found.append(lead(Standing(
                    company, owner, company.shares[owner.members], register, hiding[company.name], shared, doubles,
                    parameters,
                )))
    return tuple(found)


def lead(standing: Standing) -> Finding:
    """The finding of one ultimate owner of one company."""
    against, company, parameters = doubts(standing), standing.company, standing.parameters
    tier, score = grade(
        evidence(
            standing.share, doubtful=bool(against), operates=company.name in standing.register.platforms,
            hidden=hides(standing.hiding, parameters), parameters=parameters,
        ),
        bounds(parameters),
    )
    since = [stake.declared.since for _, stake in standing.stakes if stake.declared.since is not None]
    at = company.state.at
    return Finding(
        kind="owner", members=standing.owner.members, targets=(company.name,), qualifier=company.name, tier=tier,
        score=score, first_at=f"{min(since).isoformat()}Z" if since else None,
        last_at=f"{at.isoformat()}Z" if at else None, reasons=reasons(standing),
        counter_evidence=(*against, *remarks(standing)),
    )


def _beside(
    context: DetectionContext, holdings: Sequence[Holding], at: datetime | None, register: Register,
    parameters: OwnerParameters,
) -> dict[str, Company]:
    """Companies that operate nothing and own nothing outside their own circle, by id."""
    state = ownership_at(holdings, at)
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from(sorted(state.stakes))
    condensed = nx.condensation(graph)
    ends = [node for node in condensed if condensed.out_degree(node) == 0]
    names = sorted(name for node in ends for name in condensed.nodes[node]["members"] if name not in register.platforms)
    if len(names) > parameters.most_companies:
        context.note(
            "owner", f"{len(names)} companies operate nothing and own nothing further; the first "
            f"{parameters.most_companies} by id were looked at"
        )
    return _looked_at(names[: parameters.most_companies], holdings, at, register, parameters, state)


def _looked_at(
    names: Sequence[str], holdings: Sequence[Holding], at: datetime | None, register: Register,
    parameters: OwnerParameters, state: OwnershipState | None = None,
) -> dict[str, Company]:
    rows, state = by_company(holdings), state or ownership_at(holdings, at)
    return {name: company_at(name, rows, state, parameters.control_share) for name in names}


def _note(context: DetectionContext, company: Company, parameters: OwnerParameters) -> None:
    """What of a company gives no finding."""
    at, owners = company.state.at, company.whole.owners
    if not owners:
        held = [period for period in company.periods if period.owners]
        last = ""
        if held and held[-1].until is not None:
            names = ", ".join("+".join(who) for who, _ in held[-1].owners)
            last = f"; the last were {names} until {held[-1].until.isoformat()}Z"
        when = "" if at is None else f" at {at.isoformat()}Z"
        context.note("owner", f"{company.name} has no recorded owner{when}{last}")
    small = sum(owner.share < parameters.least_share for owner in owners)
    if small:
        context.note(
            "owner", f"{small} owners of {company.name} hold less than {parameters.least_share:g} and are left out"
        )
