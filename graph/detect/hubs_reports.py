"""Which accounts were reported by people they had written to first?"""

from collections.abc import Sequence

from graph.detect.context import DetectionContext


def reports_by_contacts(context: DetectionContext, accounts: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """For each account the reports (``reports:record_id``), one a reporter, made after its first message to him or her.

    Reports by people it never wrote to first do not count: a campaign against an account costs its makers nothing.
    """
    reports = context.table("reports")
    wanted = reports.filter(reports.reported.isin(list(accounts)), reports.reporter.notnull())
    met = wanted.join(
        context.pairs, (wanted.reported == context.pairs.initiator) & (wanted.reporter == context.pairs.target)
    )
    after = met.filter(lambda t: t.made_at.isnull() | (t.made_at >= t.first_at))
    first = after.group_by(["reported", "reporter"]).agg(record=lambda t: t.record_id.min())
    found: dict[str, list[str]] = {}
    for account, _, record in context.rows(first.select("reported", "reporter", "record")):
        found.setdefault(account, []).append(f"reports:{record}")
    return {account: tuple(records) for account, records in found.items()}
