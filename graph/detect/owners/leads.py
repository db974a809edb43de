"""How does an ultimate owner become a finding?  Leads where a company operates a platform or hides, else a register."""

import networkx as nx

from graph.detect.context import DetectionContext
from graph.detect.finding import Finding
from graph.detect.owners.companies import Company, Standing, by_company, company_at, last_owned
from graph.detect.owners.doubles import Doubles
from graph.detect.owners.holdings import day_of, read_holdings
from graph.detect.owners.instant import last_activity, present_instant
from graph.detect.owners.links import SharedValues
from graph.detect.owners.parameters import OwnerParameters
from graph.detect.owners.reasons import doubts, reasons, remarks
from graph.detect.owners.register import read_register
from graph.detect.owners.stakes import OwnershipState, ownership_at
from graph.detect.owners.tiers import bounds, evidence, hiding
from graph.detect.tiers import grade


def find_owners(context: DetectionContext, parameters: OwnerParameters) -> tuple[Finding, ...]:
    """One finding per ultimate owner and company that operates a platform of the case.

    Where no operator is named, per company that owns nothing further: a lead where it hides its owners, else an entry
    of the register.
    """
    register = read_register(context)
    holdings = read_holdings(context, sorted(register.platforms))
    present = present_instant(holdings, last_activity(context))
    state = ownership_at(holdings, day_of(parameters.at) or present)
    names = sorted(register.platforms) or _ends(context, state, parameters)
    if not names:
        return ()
    rows = by_company(holdings)
    control = parameters.control_share
    companies = [last_owned(company_at(name, rows, state, control, present), rows, control) for name in names]
    hidden = {} if register.platforms else hiding(companies, state, register, parameters)
    shared = None
    if len(register.companies) <= parameters.linked_within:
        shared = SharedValues(context, register)
    else:
        context.note("owner", f"{len(register.companies)} companies: shared addresses and directors were not searched")
    doubles = Doubles(context, register, parameters)
    found: list[Finding] = []
    for company in companies:
        _note(context, company, parameters)
        for owner in company.whole.owners:
            if owner.share >= parameters.least_share:
                share, signs = company.shares[owner.members], hidden.get(company.name)
                found.append(lead(Standing(company, owner, share, register, signs, shared, doubles, parameters)))
    return tuple(found)


def lead(standing: Standing) -> Finding:
    """The finding of one ultimate owner of one company; ``last_at``: None where no end of the holding is recorded."""
    against, company, parameters = tuple(doubts(standing)), standing.company, standing.parameters
    tier, score = grade(evidence(standing, doubtful=bool(against)), bounds(parameters))
    since, lost = standing.since, company.lost
    return Finding(
        kind="owner", members=standing.owner.members, targets=(company.name,), qualifier=company.name, tier=tier,
        score=score, first_at=f"{since.isoformat()}Z" if since else None,
        last_at=f"{lost.isoformat()}Z" if lost else None, reasons=tuple(reasons(standing)),
        counter_evidence=(*against, *remarks(standing)),
    )


def _ends(context: DetectionContext, state: OwnershipState, parameters: OwnerParameters) -> list[str]:
    """Companies that own nothing outside their own circle, by id; of a circle that nobody owns one."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from(sorted(state.stakes))
    condensed = nx.condensation(graph)
    names: list[str] = []
    for node in condensed:
        if condensed.out_degree(node) == 0:
            members = sorted(condensed.nodes[node]["members"])
            names.extend(members if condensed.in_degree(node) else members[:1])
    if len(names) > parameters.most_companies:
        context.note(
            "owner", f"{len(names)} companies own nothing further; the first {parameters.most_companies} by id were "
            "looked at, since no operator of a platform is named"
        )
    return sorted(names)[: parameters.most_companies]


def _note(context: DetectionContext, company: Company, parameters: OwnerParameters) -> None:
    """What of a company gives no finding."""
    at, owners = company.state.at, company.whole.owners
    if not owners:
        when = "" if at is None else f" at {at.isoformat()}Z"
        context.note("owner", f"{company.name} has no recorded owner{when}")
    small = sum(owner.share < parameters.least_share for owner in owners)
    if small:
        context.note(
            "owner", f"{small} owners of {company.name} hold less than {parameters.least_share:g} and are left out"
        )
