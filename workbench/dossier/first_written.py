"""Whom did an account write to before they wrote to it, when, and what was known of their age then?

Whom a hub wrote to who was not known to be a minor then, but is one by all there is, or only likely one, is no target
of its lead; yet no bystander either.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

import ibis

from graph.detect.finding import Finding
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from workbench.dossier.ages import known_at, minors_among
from workbench.dossier.rows import rows

LATER, LIKELY = "later", "likely"
_LIKELY_REASON = "likely_minors"


class FirstWritten(NamedTuple):
    """The first private message of a pair, written by the account; ``age`` in years and ``basis`` None: unknown."""

    other: str
    at: datetime
    record: str
    minor: bool
    age: int | None
    basis: str | None


def both_ways(lake: Lake, account: str) -> Any:
    """The account's private messages: ``sent_at``, ``record_id``, ``other``, ``own`` (did the account write it?).

    Two conditions of one column each: an engine finds their rows without reading the others, not those of an OR.
    """
    messages = lake.table("messages")
    return ibis.union(
        messages.filter(messages.sender == account, messages.recipient.notnull(), messages.recipient != account)
        .select("sent_at", "record_id", other="recipient", own=ibis.literal(True)),
        messages.filter(messages.recipient == account, messages.sender != account)
        .select("sent_at", "record_id", other="sender", own=ibis.literal(False)),
    )


def first_written(lake: Lake, account: str) -> list[FirstWritten]:
    """One a person, in no particular order; ages as they were known at that moment."""
    nth = ibis.row_number().over(ibis.window(group_by="other", order_by=["sent_at", "record_id"]))
    first = both_ways(lake, account).mutate(nth=nth).filter(lambda t: (t.nth == 0) & t.own)
    found = rows(first.select("other", "sent_at", "record_id"))
    known = known_at(lake, [(other, at) for other, at, _record in found])
    return [
        FirstWritten(other, at, record, then.minor, then.age, then.basis)
        for (other, at, record), then in zip(found, known, strict=True)
    ]


def not_known_then(lake: Lake, finding: Finding) -> dict[str, str]:
    """By id ``later`` or ``likely``, each in order of the first message; of other kinds of leads nobody."""
    if finding.kind != "hub" or len(finding.members) != 1:
        return {}
    met = sorted(first_written(lake, finding.members[0]), key=lambda one: (one.at, one.other))
    return parted(lake, finding, met)


def parted(lake: Lake, finding: Finding, met: list[FirstWritten]) -> dict[str, str]:
    """The same of those whom its account wrote to first, in the order given."""
    others = [one for one in met if one.other not in finding.targets and not one.minor]
    minors = minors_among(lake.case, [one.other for one in others])
    likely = _likely_records((finding,))
    later = [one.other for one in others if one.other in minors]
    only_likely = [one.other for one in others if one.other not in minors and f"messages:{one.record}" in likely]
    return {**dict.fromkeys(later, LATER), **dict.fromkeys(only_likely, LIKELY)}


def likely_in(case: CaseFolder, findings: Iterable[Finding]) -> frozenset[str]:
    """Everybody whom a hub's lead calls a likely minor: to whom the messages were that it cites for that."""
    cited = sorted(_likely_records(findings))
    if not cited:
        return frozenset()
    with Lake(case) as lake:
        met = (record.columns.get("recipient") for record in lake.records(cited, texts=False))
        return frozenset(one for one in met if one)


def _likely_records(findings: Iterable[Finding]) -> set[str]:
    return {
        ref
        for finding in findings if finding.kind == "hub"
        for reason in finding.reasons if reason.code == _LIKELY_REASON for ref in reason.records
    }
