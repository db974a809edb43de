"""What else is known of the accounts to compare?  Sessions, birth, profile, conversation and first contacts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import ibis
import numpy as np
import pyarrow as pa

from graph.detect.context import DetectionContext
from graph.detect.shells.rhythm import Timeline


@dataclass(frozen=True)
class Profile:
    """An account's row: creation (epoch seconds), declared age and gender, and the record."""

    created: float | None
    age: int | None
    gender: str | None
    record: str


@dataclass(frozen=True)
class Known:
    """Evidence about the candidates; ``births``: creation times of all accounts, sorted.

    ``reached``: by account its first-contact targets with the message that made each; ``popularity``: sum over
    targets of m² / K² for m first contacts out of K; ``talk``: messages each way between two candidates (the smaller
    of the two directions).
    """

    profiles: Mapping[str, Profile]
    births: "np.ndarray[tuple[int], np.dtype[np.float64]]"
    timelines: Mapping[str, Timeline]
    reached: Mapping[str, Mapping[str, str]]
    popularity: float
    talk: Mapping[tuple[str, str], int]


def read_accounts(context: DetectionContext, names: Sequence[str]) -> Known:
    """Read what ``weights`` needs of these accounts; sizes follow the candidates, not the platform."""
    accounts = context.table("accounts")
    created = context.rows(accounts.filter(accounts.created_at.notnull()).select("created_at"))
    profiles: dict[str, Profile] = {}
    columns = ("account", "record_id", "created_at", "declared_age", "declared_gender")
    for account, record, born, age, gender in context.rows(
        accounts.semi_join(_listed(names, "account"), "account").select(*columns)
    ):
        profiles.setdefault(
            account, Profile(_seconds(born) if born else None, age, gender, f"accounts:{record}")
        )
    pairs = context.pairs
    own = pairs.semi_join(_listed(names, "initiator"), "initiator")
    reached: dict[str, dict[str, str]] = {}
    talk: dict[tuple[str, str], int] = {}
    inside = set(names)
    for account, target, record, sent, replies in context.rows(
        own.select("initiator", "target", "first_record", "sent", "replies")
    ):
        reached.setdefault(account, {})[target] = f"messages:{record}"
        if target in inside:
            talk[min(account, target), max(account, target)] = min(sent, replies)
    sizes = pairs.group_by("target").agg(m=pairs.count())
    total, squares = context.rows(sizes.agg(total=sizes.m.sum(), squares=(sizes.m * sizes.m).sum()))[0]
    return Known(
        profiles, np.array(sorted(_seconds(row[0]) for row in created)), _timelines(context, names), reached,
        squares / (total * total) if total else 0.0, talk,
    )


def _timelines(context: DetectionContext, names: Sequence[str]) -> dict[str, Timeline]:
    """By account its sessions in order of start; one without an end counts as an instant."""
    sessions = context.table("sessions")
    rows: list[tuple[Any, ...]] = context.rows(
        sessions.semi_join(_listed(names, "account"), "account").select(
            "account", "started_at", "ended_at", "device_id", "record_id"
        )
    )
    codes = {device: i for i, device in enumerate(sorted({row[3] for row in rows if row[3] is not None}))}
    grouped: dict[str, list[tuple[float, float, int, str]]] = {}
    for account, start, end, device, record in rows:
        begun = _seconds(start)
        ended = max(begun, _seconds(end)) if end is not None else begun
        code = codes[device] if device is not None else -1
        grouped.setdefault(account, []).append((begun, ended, code, f"sessions:{record}"))
    return {
        account: Timeline(
            np.array([row[0] for row in entries]), np.array([row[1] for row in entries]),
            np.array([row[2] for row in entries], dtype=np.int64), tuple(row[3] for row in entries),
        )
        for account, entries in ((name, sorted(found)) for name, found in grouped.items())
    }


def _listed(names: Sequence[str], column: str) -> Any:
    return ibis.memtable(pa.table({column: pa.array(list(names), pa.string())}))


def _seconds(instant: datetime) -> float:
    return instant.replace(tzinfo=UTC).timestamp()
