"""Who complained of whom?  Report nodes, and REPORTED between the accounts where the reporter is known."""

from typing import Any

import ibis

from graph.project.observed import Observed


def reports(observed: Observed) -> Any:
    """Report rows; the id is ``platform:record_id``."""
    told = observed.latest("reports", "record_id", ("platform", "made_at", "reason"))
    return told.select(
        "made_at", "reason", "batch_id", "fresh", id=told.platform + ":" + told.record_id
    )


def reported(observed: Observed) -> Any:
    """The REPORTED relationships, one a report; ``fresh`` for all of a pair if for one."""
    table = observed.table("reports")
    known = table.filter(table.reporter.notnull())
    pair = ibis.window(group_by=["source", "target"])
    rows = known.select(
        "made_at", "reason", "batch_id", "fresh", source=known.reporter, target=known.reported
    )
    return rows.mutate(fresh=rows.fresh.any().over(pair))
