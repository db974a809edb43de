"""Which nodes of a subgraph are minors?  The graph knows what evidence tells of ages, leads tell more."""

from dataclasses import replace

from graph.subgraph import Node, Subgraph
from ingest.case_folder import CaseFolder
from workbench.masking.people import LIKELY, masked_among

ADULT = 18


def is_minor(node: Node) -> bool:
    """Is the account held for a minor: by a basis of the evidence, or by its declared age?"""
    age = node.properties.get("declared_age")
    return node.label == "Account" and (
        node.properties.get("minor_basis") not in (None, "", LIKELY) or (isinstance(age, int | float) and age < ADULT)
    )


def is_likely(node: Node) -> bool:
    """Does nothing but a lead that calls its holder a likely minor mask the account?"""
    return node.label == "Account" and node.properties.get("minor_basis") == LIKELY and not is_minor(node)


def is_masked(node: Node) -> bool:
    """Is the account held for a minor, or for a likely one?"""
    return is_minor(node) or is_likely(node)


def with_minors(case: CaseFolder, subgraph: Subgraph) -> Subgraph:
    """The subgraph in which every account that is masked, by evidence or leads, has its ``minor_basis``."""
    known = masked_among(case, [node.id for node in subgraph.nodes if node.label == "Account"])
    if not known:
        return subgraph
    nodes = [
        replace(node, properties={**node.properties, "minor_basis": known[node.id]})
        if node.label == "Account" and node.id in known and not (known[node.id] == LIKELY and is_minor(node)) else node
        for node in subgraph.nodes
    ]
    return Subgraph(tuple(nodes), subgraph.edges)  # no key changed: the order is the same
