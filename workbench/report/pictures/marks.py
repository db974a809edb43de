"""Which devices, addresses and identifiers tie the accounts of one operator to each other?"""

from collections.abc import Sequence

import ibis
import pyarrow as pa

from graph.opaque import token
from ingest.case_folder import label_key
from ingest.lake import Lake
from workbench.dossier.marks import FROM_SESSIONS
from workbench.dossier.rows import rows
from workbench.report.pictures.shapes import Matrix

MOST_ROWS, MOST_COLUMNS = 18, 16
SEPARATOR = "\x1f"
"""Between the kind and the value in the label of a row, until it is written for people."""


def marks_matrix(lake: Lake, members: Sequence[str]) -> Matrix | None:
    """Marks that two members or more used against the members; those that fewest accounts ever used stand first."""
    sessions, identifiers = lake.table("sessions"), lake.table("identifiers")
    used = [
        sessions.filter(sessions[column].notnull(), sessions[column] != "").select(
            "account", kind=ibis.literal(kind), value=column
        )
        for kind, column in FROM_SESSIONS
    ]
    every = ibis.union(*used, identifiers.select("account", "kind", "value"))
    held: dict[tuple[str, str], set[str]] = {}
    for account, kind, value in rows(every.filter(every.account.isin(sorted(members))).distinct()):
        held.setdefault((kind, value), set()).add(account)
    common = sorted(mark for mark in held if len(held[mark]) > 1)
    if not common:
        return None
    wanted = ibis.memtable(pa.table({"kind": [mark[0] for mark in common], "value": [mark[1] for mark in common]}))
    ever = {
        (kind, value): int(holders)
        for kind, value, holders in rows(
            every.semi_join(wanted, ["kind", "value"]).group_by(["kind", "value"]).aggregate(
                holders=lambda t: t.account.nunique()
            )
        )
    }
    shared = sorted(common, key=lambda mark: (ever[mark], -len(held[mark]), mark))
    key = label_key(lake.case)
    columns = sorted(members, key=lambda one: (-sum(one in held[mark] for mark in shared), token(one, key)))
    columns = columns[:MOST_COLUMNS]
    cells = tuple(
        (row, columns.index(account))
        for row, mark in enumerate(shared[:MOST_ROWS])
        for account in sorted(held[mark])
        if account in columns
    )
    return Matrix(tuple(SEPARATOR.join(mark) for mark in shared[:MOST_ROWS]), tuple(columns), cells)
