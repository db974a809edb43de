"""Who stands behind a platform?  Ultimate owners by integrated ownership at an instant, with paths and circles."""

from collections.abc import Mapping
from datetime import datetime

import networkx as nx

from graph.detect.context import DetectionContext
from graph.detect.finding import Finding
from graph.detect.owners.integrated import integrated_ownership
from graph.detect.owners.leads import Register, lead
from graph.detect.owners.parameters import OwnerParameters
from graph.detect.owners.state import Holding, OwnershipState, last_instant, ownership_at

__all__ = ["OwnerParameters", "find_owners", "integrated_ownership"]


def find_owners(context: DetectionContext, parameters: OwnerParameters) -> tuple[Finding, ...]:
    """One finding per ultimate owner and company that operates a platform (where none is named: that owns nothing)."""
    table = context.table("ownerships")
    rows = context.rows(table.select("owner", "owned", "kind", "from", "to", "share", "record_id"))
    holdings = [
        Holding(owner, owned, kind or "", since, until, share, record)
        for owner, owned, kind, since, until, share, record in rows
    ]
    at = parameters.instant or last_instant(holdings)
    state = ownership_at(holdings, at)
    companies, persons, operators = (context.table(name) for name in ("companies", "persons", "operators"))
    platforms: dict[str, set[str]] = {}
    records: dict[str, set[str]] = {}
    for company, platform, record in context.rows(operators.select("company", "platform", "record_id")):
        platforms.setdefault(company, set()).add(platform)
        records.setdefault(company, set()).add(f"operators:{record}")
    register = Register(
        companies={company: name or "" for company, name in context.rows(companies.select("company", "name"))},
        persons={person: name or "" for person, name in context.rows(persons.select("person", "name"))},
        platforms={company: tuple(sorted(names)) for company, names in platforms.items()},
        records={company: tuple(sorted(refs)) for company, refs in records.items()},
    )
    findings: list[Finding] = []
    for company in _targets(register.platforms, state):
        whole = integrated_ownership(state.shares(), company)
        low = {owner.members: owner.share for owner in integrated_ownership(state.declared(), company).owners}
        if not whole.owners:
            context.note("owner", f"{company} has no recorded owner{_when(at)}")
        small = [owner for owner in whole.owners if owner.share < parameters.least_share]
        if small:
            context.note(
                "owner", f"{len(small)} owners of {company} hold less than {parameters.least_share:g} and are left out"
            )
        findings.extend(
            lead(owner, whole, low.get(owner.members, 0.0), state, register, parameters)
            for owner in whole.owners
            if owner.share >= parameters.least_share
        )
    return tuple(findings)


def _when(at: datetime | None) -> str:
    return "" if at is None else f" at {at.isoformat()}Z"


def _targets(platforms: Mapping[str, tuple[str, ...]], state: OwnershipState) -> list[str]:
    """Companies that operate a platform; else those that own nothing outside their own circle."""
    if platforms:
        return sorted(platforms)
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from(sorted(state.stakes))
    condensed = nx.condensation(graph)
    ends = [node for node in condensed if condensed.out_degree(node) == 0]
    return sorted(name for node in ends for name in condensed.nodes[node]["members"])
