"""Which accounts are no ordinary members, and how is that said beside a name?  A path through a bot tells little."""

from graph.subgraph import Node
from ingest.tables import ROLES
from workbench.language import Words

_ORDINARY = "member"


def beside(name: str, node: Node, words: Words) -> str:
    """The name, with the role of a moderator, a bot and the like."""
    role = node.properties.get("role")
    if node.label != "Account" or role not in ROLES or role == _ORDINARY:
        return name
    return f"{name} · {words.gettext(str(role))}"
