"""Who complained of whom?  Report nodes, and REPORTED between the accounts where the reporter is known."""

from typing import Any

import ibis

from graph.project.observed import Observed


def reports(observed: Observed) -> Any:
    """Report rows; the id is ``platform:report_id``, where a report has none ``platform:record_id``.

    Not the record id throughout: that of a report changes once another batch brings its id again.
    """

    def identity(table: Any) -> Any:
        return table.platform + ":" + ibis.coalesce(table.report_id, table.record_id)

    return observed.latest("reports", "id", ("made_at", "reason"), keyed=identity)


def reported(observed: Observed) -> Any:
    """The REPORTED relationships, one a report; ``fresh`` for all of a pair if for one."""
    table = observed.table("reports")
    known = table.filter(table.reporter.notnull())
    pair = ibis.window(group_by=["source", "target"])
    rows = known.select(
        "made_at", "reason", "batch_id", "fresh", source=known.reporter, target=known.reported
    )
    return rows.mutate(fresh=rows.fresh.any().over(pair))
