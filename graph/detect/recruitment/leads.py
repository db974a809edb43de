"""How does a call become a finding?  Of each account its best call, with reasons and what speaks against it."""

from collections.abc import Iterable, Sequence

from graph.detect.context import DetectionContext
from graph.detect.finding import Finding, instant
from graph.detect.reason import CounterEvidence, Reason
from graph.detect.recruitment.calls import calls
from graph.detect.recruitment.model import ACQUAINTED, BOUNDS, STRANGERS, TOLD, UNTOLD, Case, evidence, parts_of
from graph.detect.recruitment.parameters import RecruitmentParameters
from graph.detect.recruitment.reach import reaches
from graph.detect.tiers import grade
from graph.detect.values import Value, accounts, count, number, quote, share, word

_RECORDS = 500
_SHOWN = 60


def find_recruitment(context: DetectionContext, parameters: RecruitmentParameters) -> tuple[Finding, ...]:
    """Recruitment findings: members = [the recruiter], targets = those it reached; unordered.

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
    roles, usual = dict(context.rows(context.roles)), _usual_minors(context)
    cases: dict[str, list[Case]] = {call.sender: [] for call in found}
    for call, reach in zip(found, reaches(context, found, parameters), strict=True):
        named = [roles.get(id_) for id_ in call.ids] if call.kind == "person" else []
        office = max(role for role in named if role) if named and all(named) else None
        case = Case(call, reach, roles.get(call.sender), office, usual, parameters)
        if not call.place or evidence(case) >= UNTOLD:
            cases[call.sender].append(case)
    left = sum(not judged for judged in cases.values())
    if left:
        context.note("recruitment", f"{left} accounts repeat the name of a place to anybody: announcements, no lead")
    return tuple(_best(judged) for judged in cases.values() if judged)


def _best(cases: Sequence[Case]) -> Finding:
    """The call of most evidence, among equals the first; names called to beside it are given too."""
    case = max(cases, key=evidence)  # the first of equals
    beside = {case.call.name, *(other.name for other in case.call.also)}
    others = dict.fromkeys(other.call.name for other in cases if other.call.name not in beside)
    call = case.call
    tier, score = grade(evidence(case), BOUNDS)
    return Finding(
        kind="recruitment", members=(call.sender,), targets=tuple(one.recipient for one in call.sent), tier=tier,
        score=score, q_value=call.mention.q_value, first_at=instant(min(one.at for one in call.sent)),
        last_at=instant(max(one.at for one in call.sent)), reasons=tuple(_reasons(case, tuple(others))),
        counter_evidence=tuple(_counter(case)),
    )


def _usual_minors(context: DetectionContext) -> float:
    """The share of minors among targets of known age of all first contacts, kept inside (0, 1)."""
    known = context.first_contacts.filter(lambda t: t.target_basis.notnull())
    counted = known.agg(n=lambda t: t.count(), minors=lambda t: t.target_minor.cast("int64").sum())
    total, minors = context.rows(counted)[0]
    return float(((minors or 0) + 0.5) / (total + 1.0))


def _reasons(case: Case, others: Sequence[str]) -> Iterable[Reason]:
    call, reach, size, parts = case.call, case.reach, len(case.call.sent), parts_of(case)
    yield Reason(
        "people_sent_to_one_subject",
        {
            "recipients": count(size), "partners": count(call.mention.partners),
            "expected": number(call.mention.expected), "subject": word(call.kind),
            "names": quote(_shown(item.name) for item in (call, *call.also[:2])),
            "bearers": accounts(call.named("person")) if call.named("person") else word("none"),
        },
        observed=size, expected=round(call.mention.expected, 4), unit="people",
        records=(*(f"messages:{one.record}" for one in call.sent[:_RECORDS]), *call.records[:20]),
    )
    yield Reason(
        "near_identical_messages",
        {"alike": count(call.alike), "recipients": count(size), "wordings": count(case.parameters.wordings)},
        observed=call.alike, unit="messages",
    )
    if case.to_minors and reach.grown:
        yield Reason("minors_called_by_an_adult", *_minors(case))
    elif not case.to_minors and parts["ages"] >= TOLD:
        usual = 1.0 - case.usual_minors
        yield Reason(
            "adults_among_recipients",
            {"adults": count(len(reach.adults)), "known": count(case.known), "usual": share(usual)},
            observed=len(reach.adults), expected=round(case.known * usual, 2), unit="people",
            records=_messages(reach.adults),
        )
    if parts["strangers"] >= TOLD:
        strangers = len(reach.strangers)
        values = {
            "strangers": count(strangers), "recipients": count(size), "hours": count(case.parameters.call_hours),
            "usual": share(STRANGERS[1]),
        }
        yield Reason(
            "strangers_called", values, strangers, round(STRANGERS[1] * size, 2), "people", _messages(reach.strangers)
        )
    if parts["acquainted"] >= TOLD:
        yield Reason("few_knew_the_person", *_knew(case))
    if parts["came"] >= TOLD:
        yield Reason("recipients_who_came", *_came(case))
    if others:
        yield Reason(
            "other_calls", {"calls": count(len(others)), "names": quote(_shown(name) for name in others)},
            observed=len(others), unit="names",
        )


def _counter(case: Case) -> Iterable[CounterEvidence]:
    """The harmless readings that hold first: they lower the evidence; then what else speaks against it."""
    call, reach, size, benign = case.call, case.reach, len(case.call.sent), case.benign
    parts = parts_of(case)
    usual = call.mention.expected / call.mention.partners
    if "role" in benign:
        yield CounterEvidence("role", {"role": word(case.role or "none")})
    if "role_of_the_person_named" in benign:
        yield CounterEvidence("role_of_the_person_named", {"role": word(case.office or "none")})
    if "a_common_word" in benign:
        yield CounterEvidence("a_common_word", {"usual": share(usual)}, observed=usual, unit="share")
    if "minors_mostly" in benign:
        yield CounterEvidence("minors_mostly", *_minors(case))
    elif reach.minors and not case.to_minors:
        yield CounterEvidence("minors_among_recipients", *_minors(case))
    if "mass_mailing" in benign:
        yield CounterEvidence("mass_mailing", {"recipients": count(size)}, observed=size, unit="people")
    if "one_occasion" in benign:
        yield CounterEvidence("one_occasion", {"recipients": count(size)}, observed=size, unit="people")
    if "a_number" in benign:
        yield CounterEvidence("a_number")
    if "no_person_named" in benign:
        yield CounterEvidence("no_person_named")
    if acquainted := size - len(reach.strangers):
        values = {
            "acquainted": count(acquainted), "recipients": count(size), "sought": count(reach.sought),
            "earlier": count(acquainted - reach.sought), "hours": count(case.parameters.call_hours),
        }
        yield CounterEvidence("acquaintances", values, observed=acquainted, unit="people")
    if call.ids and parts["came"] < TOLD:
        yield CounterEvidence("no_more_came", *_came(case))
    if parts["acquainted"] < 0.0:
        yield CounterEvidence("knew_the_person_or_place", *_knew(case))
    answers = {"answered": count(reach.answered), "recipients": count(size)}
    yield CounterEvidence("answers", answers, observed=reach.answered, unit="people")
    yield CounterEvidence("what_would_clear_it")


def _knew(case: Case) -> tuple[dict[str, Value], float, float, str, tuple[str, ...]]:
    """Values, observed, expected, unit and records of whatever is said of who knew the person or the place before."""
    knew, size, usual = len(case.reach.knew), len(case.call.sent), ACQUAINTED[1]
    values = {"knew": count(knew), "recipients": count(size), "usual": share(usual)}
    return values, knew, round(usual * size, 2), "people", _messages(case.reach.knew)


def _minors(case: Case) -> tuple[dict[str, Value], float, float, str, tuple[str, ...]]:
    """Values, observed, expected, unit and records of whatever is said of the minors among the recipients."""
    minors = case.reach.minors
    values = {"minors": count(len(minors)), "known": count(case.known), "usual": share(case.usual_minors)}
    return values, len(minors), round(case.known * case.usual_minors, 2), "people", _messages(minors)


def _came(case: Case) -> tuple[dict[str, Value], float, float, str, tuple[str, ...]]:
    """The same of those who met the person or place afterwards, beside before."""
    came, before = case.reach.came, case.reach.before
    values = {
        "came": count(len(came)), "before": count(before), "recipients": count(len(case.call.sent)),
        "days": count(case.parameters.follow_days),
    }
    return values, len(came), before, "people", _messages(came)


def _messages(records: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"messages:{record}" for record in sorted(records)[:_RECORDS])


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
