"""Which account calls many adults to one person or place by near-identical messages?

Words that name an account or a room (or ``@somebody`` outside, or a link) are counted per sender over its recipients
and held against how often all others say them (``mentions``); what stands out is read as a call (``calls``) and judged
by whom it reached and who came (``answers``).  Every call of an account is judged, the best one is told.  Advertisers
and bots call to places and address anybody.
"""

from collections.abc import Sequence

from graph.detect.context import DetectionContext
from graph.detect.finding import TIERS, Finding
from graph.detect.recruitment.answers import reaches
from graph.detect.recruitment.calls import Call, calls
from graph.detect.recruitment.leads import lead, with_others
from graph.detect.recruitment.parameters import RecruitmentParameters

__all__ = ["RecruitmentParameters", "find_recruitment"]


def find_recruitment(context: DetectionContext, parameters: RecruitmentParameters) -> tuple[Finding, ...]:
    """Recruitment findings: members = [the recruiter], targets = those it told; unordered.

    The person or place stands in the first reason.  Without message texts it finds nothing and notes that.
    """
    messages = context.table("messages")
    written = messages.filter(messages.text.notnull(), messages.recipient.notnull()).select("record_id")
    if not context.rows(written.limit(1)):
        context.note("recruitment", "the private messages have no text: nothing to compare")
        return ()
    found = calls(context, parameters)
    if not found:
        return ()
    reached = reaches(context, found, parameters)
    roles = dict(context.rows(context.roles))
    usual = _usual_minors(context)
    leads: dict[str, list[tuple[Call, Finding]]] = {call.sender: [] for call in found}
    for call, reach in zip(found, reached, strict=True):
        named = [roles.get(id_) for id_ in call.ids] if call.kind == "person" else []
        office = max(role for role in named if role) if named and all(named) else None
        finding = lead(call, reach, roles.get(call.sender), office, usual, parameters)
        if finding is not None:
            leads[call.sender].append((call, finding))
    told = tuple(_best(findings) for findings in leads.values() if findings)
    if len(told) < len(leads):
        context.note(
            "recruitment",
            f"{len(leads) - len(told)} accounts repeat the name of a place to people of any age: announcements, no "
            "lead",
        )
    return told


def _best(leads: Sequence[tuple[Call, Finding]]) -> Finding:
    """The call of the best tier, among equals the first, which is of most weight; the others are named in it."""
    call, finding = min(leads, key=lambda lead: TIERS.index(lead[1].tier))
    beside = {call.name, *(other.name for other in call.also)}
    return with_others(finding, dict.fromkeys(other.name for other, _ in leads if other.name not in beside))


def _usual_minors(context: DetectionContext) -> float:
    """The share of minors among targets of known age of all first contacts, kept inside (0, 1)."""
    pairs = context.pairs
    known = context.with_minority(pairs.select("target", "first_at"), account="target", at="first_at")
    known = known.filter(known.basis.notnull())
    total, minors = context.rows(
        known.agg(total=lambda t: t.count(), minors=lambda t: t.minor.cast("int64").sum())
    )[0]
    return float(((minors or 0) + 0.5) / (total + 1.0))
