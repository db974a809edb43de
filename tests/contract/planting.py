"""How do the tests of fetching get a small graph?  Accounts, contacts, rooms and devices by name."""

from collections.abc import Sequence

from graph.load.statements import create_edges, create_nodes
from graph.store import Store

WHEN = "2024-03-04T17:00:00.123456Z"
Link = tuple[str, str, int]


def plant(store: Store, links: Sequence[Link], *, rooms: Sequence[Link] = (), devices: Sequence[Link] = ()) -> None:
    """Accounts ``t:NAME`` with contacts, rooms and devices; the number is messages or times."""
    store.mark_case("contract", "sha256:1")
    people = sorted({end for link in links for end in link[:2]} | {link[0] for link in (*rooms, *devices)})
    told = [{"id": f"t:{name}", "pseudonym": f"{name} person", "messages": 1, "contacts": 1} for name in people]
    store.write_rows(create_nodes("Account"), told)
    store.write_rows(create_nodes("Platform"), [{"id": "t", "name": "t"}])
    places = sorted({room for _, room, _ in rooms})
    store.write_rows(create_nodes("Room"), [{"id": f"t:{name}", "name": name} for name in places])
    store.write_rows(
        create_nodes("Identifier"),
        [{"id": f"device:{name}", "kind": "device", "value": name} for name in sorted({d[1] for d in devices})],
    )
    store.write_rows(
        create_edges("CONTACTED", "Account", "Account"),
        [{"source": f"t:{a}", "target": f"t:{b}", "messages": n, "first_at": WHEN} for a, b, n in links],
    )
    store.write_rows(
        create_edges("POSTED_IN", "Account", "Room"),
        [{"source": f"t:{a}", "target": f"t:{b}", "messages": n} for a, b, n in rooms],
    )
    store.write_rows(
        create_edges("USED", "Account", "Identifier"),
        [{"source": f"t:{a}", "target": f"device:{b}", "times": n} for a, b, n in devices],
    )


def ids(nodes: Sequence[object]) -> list[str]:
    return [node.id for node in nodes]  # type: ignore[attr-defined]
