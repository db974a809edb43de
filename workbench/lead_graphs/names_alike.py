"""What is it called that several accounts' names read alike?  By how one is written, not as they are compared."""

from graph.subgraph import Node
from workbench.language import Words

BETWEEN = " / "


def bearers(node: Node) -> tuple[str, ...]:
    """Ids of the accounts whose names read so; of what is no such node none."""
    return tuple(filter(None, str(node.properties.get("bearers", "")).split(",")))


def written(node: Node) -> tuple[str, ...]:
    """The names as they are written, each once, the shortest first."""
    found = {name for name in str(node.properties.get("written", "")).split(BETWEEN) if name}
    return tuple(sorted(found, key=lambda name: (len(name), name)))


def read_alike(node: Node, words: Words) -> str:
    """For whoever may see the names; of what is no such node its id."""
    names = written(node)
    return words.gettext("read alike: {name}", name=names[0]) if names else node.id
