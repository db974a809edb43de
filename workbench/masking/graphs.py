"""What is left of a graph, or of an answer's rows, when nobody is to know its minors?

A minor's id becomes a token, the same in every export, so that links, counts and two exports still fit together; its
name becomes the digits of its label on the screens, and every text by which one would be known goes.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from typing import Any

from graph.opaque import token
from graph.store import Path
from graph.subgraph import Edge, Node, Subgraph
from workbench.masking.borne import NOBODYS, Borne
from workbench.masking.telling import HIDDEN, Telling, native

_NAMES = frozenset({"pseudonym", "name", "value"})
OF_BIRTH = ("minor_from", "minor_until")
"""Properties of an account that tell when a minor comes of age: no masked export has them of its nodes, nor of maps of
a node's properties.  A value that a statement returns by itself does not say whose it is: it stays."""
_OURS = frozenset({"batch_id", "kind", "tier", "run_id", "minor_basis", "role", "status", "part", "jurisdiction"})
"""Properties whose words are ours or the register's."""


def without_births(subgraph: Subgraph, masked: Set[str]) -> Subgraph:
    """The graph of which the ``masked`` nodes, by key, do not say when they come of age."""
    nodes = tuple(
        replace(node, properties=_undated(node.properties)) if node.key in masked else node for node in subgraph.nodes
    )
    return Subgraph(nodes, subgraph.edges)  # no key changed: the order is the same


def _undated(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in OF_BIRTH}


@dataclass(frozen=True)
class Masking:
    """``minors``: ids of accounts; ``telling``: what else tells them; ``borne``: whose name or id a cell is.

    ``shown``: names of accounts that stand beside a cell and are not masked: they are their own.
    """

    minors: frozenset[str]
    telling: Telling
    borne: Borne = NOBODYS
    shown: frozenset[str] = frozenset()

    def subgraph(self, subgraph: Subgraph) -> Subgraph:
        """The graph with as many nodes and edges."""
        nodes = {node.key: self.node(node) for node in subgraph.nodes}
        edges = (self._edge(edge, nodes[edge.source].key, nodes[edge.target].key) for edge in subgraph.edges)
        return Subgraph.of(nodes.values(), edges)

    def node(self, node: Node) -> Node:
        """The node; of a minor neither id nor name, nor what follows from a day of birth."""
        minor = node.label == "Account" and node.id in self.minors
        told = _undated(node.properties) if minor else node.properties
        properties = {name: self._property(node, name, value) for name, value in told.items()}
        return replace(node, id=self._id(node.label, node.id), properties=properties)

    def value(self, value: Any) -> Any:
        """A cell of an answer: nodes, relationships and paths as well, and what stands in lists and maps."""
        if isinstance(value, Node):
            return self.node(value)
        if isinstance(value, Edge):
            return self._edge(value, self._key(value.source), self._key(value.target))
        if isinstance(value, Path):
            return replace(value, nodes=tuple(map(self.node, value.nodes)), edges=tuple(map(self.value, value.edges)))
        if isinstance(value, Mapping):
            minor = isinstance(who := value.get("id"), str) and who in self.minors
            return {name: self.value(item) for name, item in (_undated(value) if minor else value).items()}
        if isinstance(value, list | tuple):
            return type(value)(map(self.value, value))
        return self._text(value) if isinstance(value, str) else value

    def _text(self, text: str) -> str:
        """An id as a token; so is a name that is one minor's alone: rows of one stay together."""
        if text in self.shown:
            return HIDDEN if self.telling.hides("Account", text) else text
        who = text if text in self.minors else self.borne.own(text)
        if who in self.minors:
            return self._id("Account", who)
        if not self.minors.isdisjoint(self.borne.bearers(text)):
            return HIDDEN
        shown: str = self.telling.cleared(text)
        return shown

    def _edge(self, edge: Edge, source: str, target: str) -> Edge:
        properties = {
            name: value if name in _OURS else self.telling.cleared(value) for name, value in edge.properties.items()
        }
        return replace(edge, source=source, target=target, properties=properties)

    def _key(self, key: str) -> str:
        label, _, identity = key.partition("/")
        return f"{label}/{self._id(label, identity)}"

    def _id(self, label: str, identity: str) -> str:
        if label == "Finding":
            return self.telling.lead(identity)
        minor = label == "Account" and identity in self.minors
        hidden = minor or self.telling.hides(label, native(identity))  # by a chat's name in it
        return f"{identity.partition(':')[0]}:~{token(identity, self.telling.key)}" if hidden else identity

    def _property(self, node: Node, name: str, value: Any) -> Any:
        if name in _OURS:
            return value
        if name == "id" and value == node.id:
            return self._id(node.label, node.id)
        if name in _NAMES and isinstance(value, str):
            if node.label == "Account" and node.id in self.minors:
                return self.telling.hidden_name(node.id)
            return HIDDEN if self.telling.hides(node.label, value) else value
        return self.telling.cleared(value)
