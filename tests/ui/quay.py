"""The case of the dossiers: an account with 100,000 messages, hostile names, shared marks, owners in a circle."""

from datetime import datetime, timedelta
from pathlib import Path

from graph.detect.finding import Finding, FindingsDocument
from graph.detect.reason import Reason
from graph.detect.values import count, number, word
from tests.ui.conftest import table
from tests.unit.workbench.hostile import HOSTILE

CASE, START, MANY = "quay", datetime(2024, 1, 1), 100_000  # noqa: DTZ001
HUB, OTHER, MINOR = f"{CASE}:hub", f"{CASE}:x0", f"{CASE}:kid"


def instant(minutes: float) -> str:
    return f"{(START + timedelta(minutes=minutes)).isoformat(timespec='seconds')}Z"


def evidence(folder: Path) -> Path:
    """A hub with a conversation of 100,000 messages, a minor, hostile names, shared marks, a room, two companies."""
    folder.mkdir(parents=True)
    people = [("hub", "north_star", 34), ("kid", "little_kid", 13)]
    people += [(f"x{i}", name.replace("\x00", ""), 30) for i, name in enumerate(HOSTILE)]
    table(folder / "accounts.csv", ("account_id", "pseudonym", "declared_age"), people)
    messages = [
        (f"m{n:06d}", instant(n), *(("hub", "x0") if n % 2 else ("x0", "hub")), "",
         f"needle {n}" if n % 20_000 == 7 else f"word {n}")
        for n in range(MANY)
    ]
    messages.append(("k0", instant(60), "hub", "kid", "", "good morning"))
    messages.append(("k1", instant(60 * 24 * 9), "kid", "hub", "", "hi"))
    messages += [(f"r{n}", instant(30 + n), who, "", "lobby", HOSTILE[0]) for n, who in enumerate(("hub", "kid", "x1"))]
    table(folder / "messages.csv", ("message_id", "sent_at", "sender_id", "recipient_id", "room_id", "text"), messages)
    table(folder / "rooms.csv", ("room_id", "name"), [("lobby", HOSTILE[1])])
    sessions = [("hub", instant(600 * n), instant(600 * n + 45), "192.0.2.1", "d-1") for n in range(450)]
    sessions += [("x0", instant(600 * n + 50), instant(600 * n + 70), "192.0.2.1", "d-1") for n in range(20)]
    table(folder / "sessions.csv", ("account_id", "started_at", "ended_at", "ip", "device_id"), sessions)
    companies = [("c1", HOSTILE[2], HOSTILE[1]), ("c2", "Pier", "")]
    table(folder / "companies.csv", ("company_id", "name", "address"), companies)
    table(folder / "persons.csv", ("person_id", "name"), [("p1", "A. Keel"), ("p2", HOSTILE[3])])
    held = [
        ("p1", "c1", 0.9, "shareholding", "2019-01-01T00:00:00Z", "2021-01-01T00:00:00Z"),
        ("c2", "c1", 0.6, "shareholding", "2021-01-01T00:00:00Z", ""),
        ("p2", "c2", 0.8, "shareholding", "2020-01-01T00:00:00Z", ""),
        ("c1", "c2", 0.2, "shareholding", "2020-01-01T00:00:00Z", ""),
        ("p2", "c1", "", "director", "2020-01-01T00:00:00Z", ""),
    ]
    table(folder / "ownerships.csv", ("owner_id", "owned_id", "share", "kind", "from", "to"), held)
    table(folder / "operators.csv", ("company_id", "platform"), [("c1", CASE)])
    return folder


def findings() -> FindingsDocument:
    told = {
        "minors": count(1), "contacts": count(2), "usual": number(0.1),
        "records": word("all"), "beyond": word("more"), "cited": count(1),
    }
    reason = Reason("minors_among_first_contacts", told, 1, 0.1, "minors", ("messages:k0", "messages:m050001"))
    hub = Finding(
        "hub", (HUB,), "strong", 0.9, (reason,), targets=(MINOR,), first_at=instant(60), last_at=instant(60)
    )
    return FindingsDocument(CASE, "run-1", "sha256:test", {"kinds": ["hub"]}, (hub,))
