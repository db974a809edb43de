"""What do the tests of exports write?  Two accounts and a room, where they come from, and texts that may act."""

from datetime import UTC, datetime

from graph.subgraph import Edge, Node, Subgraph

HOSTILE = [
    "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "=HYPERLINK(\"http://x\")", "@SUM(1)", "+1",
    "-1", "'quoted", "a\x00b\x1b[31m", "\ufffe\uffff", "\ud800", "_x0041_", "_x005F_x0041_", "\u202egnp.exe",
    "a\r\nb\tc", " ", "]]>", "&amp;", "href", "\u2028", "{{7*7}}", "", "‘", "😀",
]
MARCH = datetime(2024, 3, 1, tzinfo=UTC)
SMALL = Subgraph.of(
    [
        Node("p:1", "Account", {"pseudonym": "Heron", "declared_age": 34, "created_at": MARCH}),
        Node("p:2", "Account", {"pseudonym": "Wren", "declared_age": 13}),
        Node("p:r", "Room", {"name": "Lobby", "aliases": ["a", "b"], "share": 0.5, "stub": True, "kind": None}),
    ],
    [
        Edge("Account/p:1", "Account/p:2", "CONTACTED", {"messages": 3}),
        Edge("Account/p:1", "Account/p:2", "CONTACTED", {"messages": 4}),
        Edge("Account/p:2", "Room/p:r", "POSTED_IN", {"messages": 1}),
    ],
)
PROVENANCE = {
    "case": "north", "evidence_digest": "sha256:1", "batch_ids": ["b1"], "selection": {"finding": "hub-1"},
    "shown": 3, "total": 9, "filature": "0.1.0",
}
