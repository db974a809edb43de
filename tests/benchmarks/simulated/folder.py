"""What does the platform's log keep of what happened?  The evidence folder, with the gaps of its setting."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from tests.benchmarks.simulated.marks import Mark
from tests.benchmarks.simulated.owners import Register
from tests.benchmarks.simulated.setting import DAY, Setting
from tests.benchmarks.simulated.world import World

Kept = tuple[str, str, str]
"""Account, address and device of a visit as the log keeps it."""


class Folder:
    """A folder of tables in the making."""

    def __init__(self, home: Path, setting: Setting, rng: random.Random) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self.home, self.setting, self.rng = home, setting, rng

    def write(self, world: World, marks: Sequence[Mark], register: Register) -> list[Kept]:
        """All tables; gives back the visits as kept."""
        self._accounts(world)
        self._messages(world)
        kept = self._sessions(world)
        self._table("identifiers", ("account_id", "kind", "value"), ((who.id, *rest) for who, *rest in marks))
        complaints = sorted((each for each in world.complaints if each.at < world.end), key=lambda each: each.at)
        self._table(
            "reports", ("report_id", "reported_id", "reporter_id", "made_at", "reason"),
            ((f"p{n}", each.about.id, each.by.id, self._time(each.at), each.reason)
             for n, each in enumerate(complaints)),
        )
        self._register(register)
        return kept

    def _accounts(self, world: World) -> None:
        rng, rows = self.rng, []
        for person in sorted(world.people, key=lambda each: each.id):
            created = person.created or -rng.uniform(1, 700) * DAY
            gender = {"m": "male", "f": "female"}[person.gender] if rng.random() < 0.7 else ""
            age = "" if person.stated is None else person.stated
            rows.append((person.id, person.name, self._time(created), age, gender, person.role, person.status))
        self._table(
            "accounts",
            ("account_id", "pseudonym", "created_at", "declared_age", "declared_gender", "role", "status"), rows,
        )
        self._table(
            "rooms", ("room_id", "name", "kind"),
            ((place.id, place.name, "private" if self.setting.closed else "public")
             for place in world.places if place.posts),
        )

    def _messages(self, world: World) -> None:
        self._table(
            "messages", ("message_id", "sent_at", "sender_id", "room_id", "recipient_id", "text"),
            ((f"m{n}", self._time(each.at), each.sender.id, each.place.id if each.place else "",
              each.recipient.id if each.recipient else "", each.text) for n, each in enumerate(world.messages)),
        )

    def _sessions(self, world: World) -> list[Kept]:
        rng, setting = self.rng, self.setting
        kept, rows = [], []
        for visit in sorted(world.visits, key=lambda each: (each.started, each.person.number)):
            ip = "" if rng.random() < setting.ip_missing else visit.ip
            device = "" if rng.random() < setting.device_missing else visit.device
            kept.append((visit.person.id, ip, device))
            rows.append((visit.person.id, self._time(visit.started), self._time(visit.ended), ip, device, visit.agent))
        self._table("sessions", ("account_id", "started_at", "ended_at", "ip", "device_id", "user_agent"), rows)
        return kept

    def _register(self, register: Register) -> None:
        def day(days: int | None) -> str:
            return "" if days is None else self._time(days * DAY)

        self._table(
            "companies", ("company_id", "name", "jurisdiction", "incorporated_at"),
            ((who, name, place, day(since)) for who, name, place, since in register.companies),
        )
        self._table("persons", ("person_id", "name"), register.persons)
        self._table(
            "ownerships", ("owner_id", "owned_id", "share", "kind", "from", "to"),
            ((owner, company, share, "shareholding", day(since), day(until))
             for owner, company, share, since, until in register.holdings),
        )
        if register.operators:
            self._table(
                "operators", ("company_id", "platform"), ((who, self.setting.name) for who in register.operators)
            )

    def _time(self, t: float) -> str:
        at = self.setting.start + t
        if self.setting.zone == "epoch":
            return str(int(at * 1000))
        zone = UTC if self.setting.zone == "utc" else timezone(timedelta(hours=2))
        return datetime.fromtimestamp(int(at), zone).isoformat()

    def _table(self, name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        with (self.home / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(header)
            writer.writerows(rows)
