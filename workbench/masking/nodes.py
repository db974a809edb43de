"""Which nodes of a subgraph are minors?  The graph knows what evidence tells of ages, leads tell more."""

from dataclasses import replace

from graph.subgraph import Node, Subgraph
from ingest.case_folder import CaseFolder
from workbench.masking.people import masked_among

ADULT = 18


def is_minor(node: Node) -> bool:
    """Is the account held for a minor: by a basis of the evidence, or by its declared age?"""
    age = node.properties.get("declared_age")
    return node.label == "Account" and (
        bool(node.properties.get("minor_basis")) or (isinstance(age, int | float) and age < ADULT)
    )


def with_minors(case: CaseFolder, subgraph: Subgraph) -> Subgraph:
    """The subgraph in which every account that is a minor by evidence or leads has its ``minor_basis``."""
    known = masked_among(case, [node.id for node in subgraph.nodes if node.label == "Account"])
    if not known:
        return subgraph
    nodes = [
        replace(node, properties={**node.properties, "minor_basis": known[node.id]})
        if node.label == "Account" and node.id in known else node
        for node in subgraph.nodes
    ]
    return Subgraph(tuple(nodes), subgraph.edges)  # no key changed: the order is the same
