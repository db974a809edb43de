"""Which evidence do the tests of loading bring?  Small batches, each changing what the one before said."""

from collections.abc import Callable
from pathlib import Path

from graph.load import LoadReport
from ingest.case_folder import CaseFolder
from tests.contract.graph_content import add
from tests.engines import CASE
from tests.scenarios import at

Load = Callable[..., LoadReport]


def chat(*lines: tuple[float, str, str]) -> list[dict[str, object]]:
    """Messages (minutes, sender, recipient or #room)."""
    return [
        {
            "sent_at": at(minutes), "sender_id": sender, "recipient_id": "" if to.startswith("#") else to,
            "room_id": to[1:] if to.startswith("#") else "",
        }
        for minutes, sender, to in lines
    ]


def report(name: str, minutes: float, reason: str) -> dict[str, object]:
    return {
        "report_id": name, "reported_id": "a", "reporter_id": "c", "made_at": at(minutes), "reason": reason,
    }


def three_batches(case: CaseFolder, folder: Path) -> Callable[[], bool]:
    """Adds one batch a call, each changing what the one before said; False when there is none left."""
    batches = [
        {
            "messages": chat((5, "a", "b"), (9, "b", "a"), (11, "a", "#lobby"), (12, "c", "a")),
            "sessions": [{"account_id": "a", "started_at": at(0), "ip": "192.0.2.1", "device_id": "d1"}],
            "ownerships": [
                {"owner_id": "p1", "owned_id": "c1", "share": 0.5}, {"owner_id": "x", "owned_id": "c1", "share": 0.1}
            ],
            "reports": [report("s1", 20, "spam")],
        },
        {
            "accounts": [{"account_id": "a", "pseudonym": "ann", "declared_age": 15}, {"account_id": "new"}],
            "messages": chat((1, "b", "a"), (2000, "a", "b"), (13, "d", "#lobby")),
            "sessions": [{"account_id": "b", "started_at": at(3), "ip": "192.0.2.1"}],
            "persons": [{"person_id": "p1", "name": "Someone"}],
            "reports": [report("s2", 30, "more")],
        },
        {
            "accounts": [{"account_id": "a", "status": "closed"}],
            "rooms": [{"room_id": "lobby", "name": "Lobby"}],
            "companies": [{"company_id": "c1", "name": "One"}],
            "ownerships": [
                {"owner_id": "p1", "owned_id": "c1", "share": 0.6, "from": "2024-01-01T00:00:00Z"},
                {"owner_id": "x", "owned_id": "c1", "share": 0.2},
            ],
            "operators": [{"company_id": "c1", "platform": CASE}],
            "identifiers": [
                {"account_id": "a", "kind": "email", "value": "a@courriel.example", "first_seen_at": at(1)}
            ],
        },
    ]
    left = list(enumerate(batches))

    def following() -> bool:
        if not left:
            return False
        number, tables = left.pop(0)
        add(case, folder / str(number), **tables)
        return True

    return following
