"""Who wrote to whom in private, in the whole case?  The graph that measures of the whole case are taken on."""

from graph.subgraph import Edge, Node, Subgraph
from ingest.lake import Lake
from workbench.dossier.rows import rows


def contact_graph(lake: Lake) -> Subgraph:
    """Every account with a private message, and a link for each direction in which two wrote; nothing else of them."""
    messages = lake.table("messages")
    private = messages.filter(messages.recipient.notnull() & messages.sender.notnull())
    pairs = rows(private.select("sender", "recipient").distinct().order_by("sender", "recipient"))
    people = sorted({account for pair in pairs for account in pair})
    return Subgraph.of(
        [Node(account, "Account") for account in people],
        [Edge(f"Account/{sender}", f"Account/{recipient}", "CONTACTED") for sender, recipient in pairs],
    )
