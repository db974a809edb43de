"""Who is in a cited row, of which moment is it, how long is a hidden text?  One reading for screens and report."""

from collections.abc import Mapping

from ingest.lake import Record
from workbench.language import Words
from workbench.plain_text import plain_text

_WHO = ("sender", "recipient", "account", "reporter", "reported", "owner", "owned", "company", "person", "room")
"""Columns of evidence that hold ids of the graph; who acted before whom it met."""
_WHEN = ("sent_at", "made_at", "started_at", "first_seen_at", "created_at", "from", "incorporated_at")


def involved(record: Record) -> list[str]:
    """The ids in a row, who acted first."""
    return [identity for column in _WHO if (identity := record.columns.get(column))]


def marks_in(record: Record) -> list[tuple[str, str]]:
    """Kind and value of every mark that a row says its account used."""
    columns = record.columns
    found = [(kind, columns.get(name)) for kind, name in (("ip", "ip"), ("device", "device_id"))]
    found.append((columns.get("kind") or "", columns.get("value")))
    return [(kind, value) for kind, value in found if kind and value]


def holders_by_value(record: Record, holders: Mapping[tuple[str, str], int]) -> dict[str, tuple[str, int]]:
    """By value of a mark of the row: its kind, and how many accounts used it where ``holders`` tells."""
    return {value: (kind, holders[kind, value]) for kind, value in marks_in(record) if (kind, value) in holders}


def moment(record: Record) -> tuple[str, str]:
    """The row's moment in UTC and as its source writes it; empty where it has none."""
    for name in _WHEN:
        if value := record.columns.get(name):
            return value, record.columns.get(f"{name}_raw") or ""
    return "", ""


def operated(record: Record, words: Words) -> str:
    """What a row of operators says of its company; empty of any other row."""
    platform = record.columns.get("platform") if record.table == "operators" else None
    return words.gettext("operates {platforms}", platforms=plain_text(platform, limit=120)) if platform else ""


def hidden_text(text: str, words: Words) -> str:
    """How long a text is that is not shown."""
    return words.ngettext("hidden, {number} character", "hidden, {number} characters", len(text))
