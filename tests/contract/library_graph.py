"""A small graph by hand, on which every library query has one exact answer."""

from datetime import UTC, datetime
from typing import Any

from graph.store import Store


def day(number: int, hour: int = 12) -> datetime:
    """A day of March 2024."""
    return datetime(2024, 3, number, hour, tzinfo=UTC)


# id, platform, pseudonym, declared age, minority's basis, role, created on
ACCOUNTS = [
    ("p:hub", "p", "Heron", 34, None, "member", day(1)),
    ("p:kid1", "p", "Wren", 13, "declared", "member", day(2)),
    ("p:kid2", "p", "Finch", 14, "declared", "member", day(2)),
    ("p:kid3", "p", "Robin", None, "stated", "member", day(3)),
    ("p:mod", "p", "Owl", 40, None, "moderator", day(1)),
    ("p:ann", "p", "Ann", 30, None, "member", day(1)),
    ("q:heron", "q", "Heron too", 35, None, "member", day(4)),
    ("p:late", "p", "Swift", 29, None, "member", day(20)),
    ("p:alone", "p", "Hermit", None, None, "member", None),
    ("q:ban", "q", "Crow", 41, None, "member", day(1)),
    ("q:back", "q", "Swift", 41, None, "member", day(9)),
]
# id, status, does only another table mention it
STATES = [("q:ban", "banned", False), ("p:alone", None, True)]
# from when until when it was known for a minor: Robin told it after the first message; two are of age by now
MINORITIES = [
    ("p:kid2", None, day(30)), ("p:kid3", day(7, 13), None), ("p:ann", day(2), day(9)), ("q:heron", day(2), day(9)),
]
# from, to, messages, replies, initiated, days, first, last
CONTACTS = [
    ("p:hub", "p:kid1", 20, 5, True, 4, day(5), day(9)),
    ("p:kid1", "p:hub", 5, 20, False, 2, day(5, 13), day(8)),
    ("p:hub", "p:kid2", 7, 0, True, 2, day(6), day(7)),
    ("p:hub", "p:kid3", 3, 0, True, 1, day(7), day(7)),
    ("p:hub", "p:ann", 1, 0, True, 1, day(8), day(8)),
    ("p:mod", "p:kid1", 2, 1, True, 1, day(10), day(10)),
    ("p:kid1", "p:mod", 1, 2, False, 1, day(10, 13), day(10, 13)),
    ("p:mod", "p:kid2", 2, 0, True, 1, day(11), day(11)),
    ("p:late", "p:kid3", 4, 0, True, 3, day(21), day(24)),
    ("p:ann", "q:heron", 6, 0, True, 3, day(12), day(14)),
    ("q:back", "q:ban", 1, 0, True, 1, day(3), day(3)),
]
ROOMS = [("p:lobby", "Lobby"), ("p:games", "Games")]
POSTS = [
    ("p:hub", "p:lobby", 10), ("p:kid1", "p:lobby", 4), ("p:kid2", "p:lobby", 3), ("p:mod", "p:lobby", 9),
    ("p:hub", "p:games", 2), ("p:kid1", "p:games", 8), ("p:kid3", "p:games", 1),
]
IDENTIFIERS = [("device:d1", "device", "d1", 2), ("device:d2", "device", "d2", 3), ("ip:10.0.0.1", "ip", "10.0.0.1", 4),
               ("email:crow@example.org", "email", "crow@example.org", 2)]
USES = [
    ("p:hub", "device:d1"), ("q:heron", "device:d1"),
    ("p:kid1", "device:d2"), ("p:kid2", "device:d2"), ("p:kid3", "device:d2"),
    ("p:hub", "ip:10.0.0.1"), ("p:mod", "ip:10.0.0.1"), ("p:ann", "ip:10.0.0.1"), ("p:kid1", "ip:10.0.0.1"),
]
LATER_USES = [
    ("q:ban", "email:crow@example.org", 3, day(1), day(7)), ("q:back", "email:crow@example.org", 1, day(9), day(9)),
]
REPORTS = [
    ("p:kid1", "p:hub", day(9), "pressure"), ("p:kid2", "p:hub", day(10), "asks for photos"),
    ("p:kid2", "p:hub", day(11), "again"), ("p:kid3", "p:late", day(22), "pressure"),
]
COMPANIES = [
    ("c:op", "Operator Ltd", "MT"), ("c:mid", "Middle BV", "NL"), ("c:side", "Side SA", "LU"),
    ("c:site", "Site Ltd", "MT"),
    ("c:ring1", "Ring One", "CY"), ("c:ring2", "Ring Two", "CY"), ("c:lone", "Lone Ltd", "CY"),
]
PERSONS = [("h:boss", "A. Boss"), ("h:small", "B. Small"), ("h:former", "C. Former"), ("h:seat", "D. Seat")]
# owner's label, owner, owned, share, kind, from, to, least share
OWNERSHIPS = [
    ("Person", "h:boss", "c:mid", 0.8, None, None, None, None),
    ("Company", "c:mid", "c:op", 0.5, None, None, None, None),
    ("Company", "c:side", "c:op", 0.25, None, None, None, None),
    ("Person", "h:boss", "c:side", 1.0, None, None, None, None),
    ("Person", "h:small", "c:mid", 0.125, None, None, None, None),
    ("Person", "h:former", "c:site", 1.0, "shareholding", day(1), day(10), None),
    ("Person", "h:former", "c:site", 0.5, "votingRights", day(1), day(10), None),
    ("Company", "c:ring1", "c:site", None, "shareholding", day(10), None, 0.75),
    ("Person", "h:seat", "c:site", None, "boardMember", day(10), None, None),
    ("Person", "h:boss", "c:ring1", 0.5, "shareholding", day(2), None, None),
    ("Person", "h:small", "c:ring1", 0.25, "nominee", day(2), None, None),
    ("Company", "c:ring2", "c:ring1", 0.25, "shareholding", None, None, None),
    ("Company", "c:ring1", "c:ring2", 0.5, "shareholding", None, None, None),
]
PLATFORMS = ["p", "q"]
OPERATORS = [("c:op", "p"), ("c:site", "q")]
FINDINGS = [("hub-1", "hub", "strong", 0.97, 1e-9), ("owner-1", "owner", "moderate", 0.5, None)]
INVOLVES = [
    ("hub-1", "Account", "p:hub", "member"), ("hub-1", "Account", "p:kid1", "target"),
    ("owner-1", "Person", "h:boss", "member"), ("owner-1", "Company", "c:op", "target"),
]


def plant(store: Store) -> None:
    """Write the graph with a writer's store."""
    for label, names, rows in (
        ("Account", "id platform pseudonym declared_age minor_basis role created_at", ACCOUNTS),
        ("Account", "id status stub", STATES),
        ("Account", "id minor_from minor_until", MINORITIES),
        ("Room", "id name", ROOMS),
        ("Identifier", "id kind value accounts", IDENTIFIERS),
        ("Company", "id name jurisdiction", COMPANIES),
        ("Person", "id name", PERSONS),
        ("Platform", "id name", [(name, name) for name in PLATFORMS]),
        ("Finding", "id kind tier score q_value", FINDINGS),
    ):
        columns = names.split()
        settings = ", ".join(f"n.{name} = {_value(name)}" for name in columns[1:])
        statement = f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET {settings}, n.batch_id = 'b1'"
        _write(store, statement, columns, rows)
    _edges(store, "Account", "CONTACTED", "Account", "messages replies initiated days first_at last_at", CONTACTS)
    _edges(store, "Account", "POSTED_IN", "Room", "messages first_at last_at", [(*p, day(5), day(6)) for p in POSTS])
    uses = [*((*use, 2, day(5), day(6)) for use in USES), *LATER_USES]
    _edges(store, "Account", "USED", "Identifier", "times first_at last_at", uses)
    _edges(store, "Account", "REPORTED", "Account", "made_at reason", REPORTS)
    for label in ("Person", "Company"):
        owned = [row[1:] for row in OWNERSHIPS if row[0] == label]
        _edges(store, label, "OWNS", "Company", "share kind from to share_min", owned)
    _edges(store, "Company", "OPERATES", "Platform", "", OPERATORS)
    for label in ("Account", "Person", "Company"):
        involved = [(finding, key, part) for finding, kind, key, part in INVOLVES if kind == label]
        _edges(store, "Finding", "INVOLVES", label, "part", involved)


def _edges(store: Store, source: str, kind: str, target: str, names: str, rows: list[Any]) -> None:
    columns = ["a", "b", *names.split()]
    settings = "".join(f", r.`{name}` = {_value(name)}" for name in columns[2:])
    statement = (
        f"UNWIND $rows AS row MATCH (a:{source} {{id: row.a}}) MATCH (b:{target} {{id: row.b}}) "
        f"CREATE (a)-[r:{kind}]->(b) SET r.batch_id = 'b1'{settings}"
    )
    _write(store, statement, columns, rows)


def _write(store: Store, statement: str, columns: list[str], rows: list[Any]) -> None:
    store.write_rows(statement, [dict(zip(columns, map(_plain, row), strict=True)) for row in rows])


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _value(name: str) -> str:
    instant = f"CASE WHEN row.`{name}` IS NULL THEN NULL ELSE datetime(row.`{name}`) END"
    return instant if name.endswith(("_at", "_from", "_until")) or name in ("from", "to") else f"row.`{name}`"
