"""Which columns does stored evidence have?  The contract's columns with full ids, parsed values and provenance."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ingest.tables import TABLES

PROVENANCE = (
    ("record_id", "VARCHAR"),
    ("batch_id", "VARCHAR"),
    ("source_sha256", "VARCHAR"),
    ("row", "BIGINT"),
    ("attributes", "VARCHAR"),
)
LOCATED = "left(source_sha256, 12) || '-' || \"row\""
_TYPES = {"instant": "TIMESTAMP", "age": "INTEGER", "share": "DOUBLE", "id": "VARCHAR", "text": "VARCHAR",
          "choice": "VARCHAR"}

# contract column → the stored column that holds the full id ``platform:native``
FULL_IDS: Mapping[str, Mapping[str, str]] = MappingProxyType({
    "accounts": {"account_id": "account"},
    "rooms": {"room_id": "room"},
    "messages": {"sender_id": "sender", "recipient_id": "recipient", "room_id": "room"},
    "sessions": {"account_id": "account"},
    "identifiers": {"account_id": "account"},
    "reports": {"reported_id": "reported", "reporter_id": "reporter"},
    "companies": {"company_id": "company"},
    "persons": {"person_id": "person"},
    "ownerships": {"owner_id": "owner", "owned_id": "owned"},
    "operators": {"company_id": "company"},
})
# tables of the company register: their ids live under the case's name, not under a platform
REGISTER = frozenset({"companies", "persons", "ownerships", "operators"})
# tables whose own id column is kept as written beside the full id
_KEEP_NATIVE = frozenset({"accounts", "rooms", "companies", "persons"})


@dataclass(frozen=True)
class StoredTable:
    """``canonical``: the columns of ``Lake.table``; ``stored``: those in the files.

    The files hold the original texts of the instants too, and no ``record_id``: it is ``record_ids.record_sql`` over
    them, by the ``native`` column where that is filled.
    """

    name: str
    canonical: tuple[tuple[str, str], ...]
    stored: tuple[tuple[str, str], ...]
    native: str | None

    @property
    def bare(self) -> bool:
        """Is the native column an id as the platform wrote it, which another platform may use as well?"""
        return self.native is not None and self.native == TABLES[self.name].native_id


def _stored(name: str) -> StoredTable:
    table = TABLES[name]
    full = FULL_IDS[name]
    columns: list[tuple[str, str]] = []
    raw: list[tuple[str, str]] = []
    if name not in REGISTER and "platform" not in table.names:
        columns.append(("platform", "VARCHAR"))
    for column in table.columns:
        if column.name in full:
            columns.append((full[column.name], "VARCHAR"))
            if name not in _KEEP_NATIVE:
                continue
        columns.append((column.name, _TYPES[column.kind]))
        if column.kind == "instant":
            raw += [(f"{column.name}_raw", "VARCHAR"), (f"{column.name}_basis", "VARCHAR")]
    canonical = PROVENANCE + tuple(columns)
    native = None if table.native_id is None else full.get(table.native_id, table.native_id)
    return StoredTable(name, canonical, canonical[1:] + tuple(raw), native)


STORED: Mapping[str, StoredTable] = MappingProxyType({name: _stored(name) for name in TABLES})
