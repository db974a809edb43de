"""A small made-up platform as canonical tables, without ingest: what ``lake_of`` would give, sooner."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from tests.unit.graph.detect.relational_evidence import WrittenEvidence
from tests.unit.graph.detect.small_platform import Platform

PREFIX = "small:"
_IDS = {"accounts": ("account_id",), "reports": ("reported_id", "reporter_id"), "rooms": ("room_id",),
        "messages": ("sender_id", "recipient_id", "room_id")}
_TIMES = ("created_at", "sent_at", "made_at")


def evidence_of(platform: Platform, **more: Iterable[Mapping[str, Any]]) -> WrittenEvidence:
    """The platform's tables and ``more`` native rows, ids with the prefix ``small:``."""
    tables = {**platform.tables(), **more}
    return WrittenEvidence(**{name: [_row(name, row) for row in rows] for name, rows in tables.items()})


def _row(table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    key = {"accounts": "account_id", "messages": "message_id", "reports": "report_id", "rooms": "room_id"}[table]
    result: dict[str, Any] = {"record_id": f"{PREFIX}{row[key]}"}
    for name, value in row.items():
        if name in _TIMES and value is not None:
            value = datetime.fromisoformat(value).replace(tzinfo=None)
        result[name] = value
        if name in _IDS[table]:
            result[name.removesuffix("_id")] = f"{PREFIX}{value}"
            if name in ("sender_id", "recipient_id", "reported_id", "reporter_id") or (table, name) == (
                "messages", "room_id"
            ):
                del result[name]
    return result
