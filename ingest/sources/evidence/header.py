"""Do the columns of an evidence file fit the contract?  Unknown ones become attributes, missing ones end the ingest."""

from collections.abc import Sequence

from ingest.errors import SourceUnreadable
from ingest.tables import Table


def check_columns(table: Table, names: Sequence[str], *, where: str) -> None:
    """SourceUnreadable, with every fault in one line, if the header cannot be used."""
    faults = []
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        faults.append("has a column twice: " + _listed(repeated))
    if any(not name.strip() for name in names):
        faults.append("has a column without a name")
    if any(not name.isprintable() for name in names):
        faults.append("has a column name with control characters")
    missing = [name for name in table.required if name not in names]
    if missing:
        faults.append("lacks the required column " + _listed(missing))
    if table.exactly_one and not set(table.exactly_one) & set(names):
        faults.append("lacks one of the columns " + _listed(table.exactly_one))
    if faults:
        raise SourceUnreadable(
            "; ".join(faults), where=where,
            fix=f"the columns of {table.name} are {', '.join(table.names)}; for others filature map proposes a mapping",
        )


def contract_columns(table: Table, names: Sequence[str]) -> tuple[str, ...]:
    """Those of the file's columns that the contract knows; every table may have ``platform``."""
    return tuple(name for name in names if name in table.names or name == "platform")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(repr(name)[1:-1] for name in names)
