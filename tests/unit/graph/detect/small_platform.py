"""A small made-up platform as a native evidence folder, and its lake through real ingest."""

import json
import random
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from ingest.lake import Lake

START = datetime(2024, 3, 1)  # noqa: DTZ001


def moment(hours: float) -> str:
    return (START + timedelta(hours=hours)).isoformat(timespec="milliseconds") + "Z"


def write_folder(folder: Path, tables: Mapping[str, Iterable[Mapping[str, Any]]]) -> Path:
    folder.mkdir(parents=True)
    for name, rows in tables.items():
        lines = (json.dumps({k: v for k, v in row.items() if v is not None}) for row in rows)
        (folder / f"{name}.jsonl").write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return folder


@contextmanager
def lake_of(folder: Path, sources: Iterable[Path], *, name: str = "small") -> Iterator[Lake]:
    """The lake of a new workspace ``folder`` into which the sources were ingested, one batch each, in that order."""
    case = CaseFolder(folder, name).create()
    for source in sources:
        report = ingest([source], case=case)
        assert report.rejected == 0
    with Lake(case) as lake:
        yield lake


class Platform:
    """Adults a0…, teenagers t0… who live in one room, and whatever a test adds."""

    def __init__(self, *, adults: int = 90, teens: int = 60, seed: int = 3) -> None:
        self.random = random.Random(seed)
        self.accounts: list[dict[str, Any]] = []
        self.messages: list[dict[str, Any]] = []
        self.reports: list[dict[str, Any]] = []
        self.adults = [self.account(f"a{i}", age=self.random.randint(25, 34)) for i in range(adults)]
        self.teens = [self.account(f"t{i}", age=self.random.randint(14, 15)) for i in range(teens)]

    def account(self, name: str, *, age: int | None = None, role: str = "member", since: float = -2000.0) -> str:
        self.accounts.append(
            {"account_id": name, "pseudonym": name, "created_at": moment(since), "declared_age": age, "role": role}
        )
        return name

    def private(self, sender: str, to: str, hours: float, text: str = "hello") -> None:
        self._message(sender, hours, text, recipient_id=to)

    def post(self, sender: str, hours: float, text: str = "hello all") -> None:
        self._message(sender, hours, text, room_id="hall")

    def _message(self, sender: str, hours: float, text: str, **where: str) -> None:
        number = len(self.messages)
        self.messages.append(
            {"message_id": f"m{number:05d}", "sender_id": sender, "sent_at": moment(hours), "text": text, **where}
        )

    def ordinary_life(self) -> None:
        """Everybody posts; adults open a few chats mostly with adults, teenagers within circles of six, both ways."""
        for name in (*self.adults, *self.teens):
            for _ in range(12):
                self.post(name, self.random.uniform(0, 600))
        for name in self.adults:
            for _ in range(self.random.randint(2, 8)):
                crowd = self.teens if self.random.random() < 0.12 else self.adults
                self.meet(name, self.random.choice(crowd), answered=self.random.random() < 0.5)
        for first in range(0, len(self.teens), 6):
            circle = self.teens[first : first + 6]
            for i, one in enumerate(circle):
                for other in circle[i + 1 :]:
                    pair = [one, other]
                    self.random.shuffle(pair)
                    self.meet(*pair, answered=True)
            for name in circle:
                for _ in range(3):
                    self.meet(name, self.random.choice(self.teens + self.adults), answered=self.random.random() < 0.5)

    def meet(self, one: str, other: str, *, answered: bool, text: str = "hello", hours: float | None = None) -> None:
        if one != other:
            at = self.random.uniform(0, 600) if hours is None else hours
            self.private(one, other, at, text)
            if answered:
                self.private(other, one, at + 0.05)

    def tables(self) -> dict[str, list[dict[str, Any]]]:
        tables = {"accounts": self.accounts, "messages": self.messages, "reports": self.reports}
        return {name: rows for name, rows in tables.items() if rows}
