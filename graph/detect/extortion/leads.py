"""How is pressure on minors told as a finding?  Reasons and counter-evidence as data; sentences: ``extortion.toml``."""

from graph.detect import values
from graph.detect.extortion.model import Chats, Exchanges
from graph.detect.extortion.parameters import ExtortionParameters
from graph.detect.finding import Finding, instant
from graph.detect.reason import CounterEvidence, Reason
from graph.detect.tiers import graded


def lead(found: Exchanges, parameters: ExtortionParameters) -> Finding:
    """The finding of one account."""
    item, how = found.presser, shape(found.chats, parameters)
    tier, score = graded(item.q_value, how, moderate_q=parameters.moderate_q, strong_q=parameters.strong_q)
    return Finding(
        kind="extortion",
        members=(item.account,),
        targets=found.targets,
        tier=tier,
        score=score,
        q_value=item.q_value,
        first_at=instant(found.chats.began),
        last_at=instant(found.chats.ended),
        reasons=_reasons(found, parameters),
        counter_evidence=_counter(found),
    )


def shape(chats: Chats, parameters: ExtortionParameters) -> float:
    """How far the chats run as extortion does: 1 where ``strong_minors`` were pressed, half where none was.

    Those of unknown age count as the share of minors among the others.  A mutual chat cancels one that is not.
    """
    likely = (chats.pressed + chats.ageless * chats.minors / chats.known) / parameters.strong_minors
    found = 0.5 + 0.5 * min(likely, 1.0)
    return found * min(1.0, (chats.asked - chats.mutual) / chats.mutual) if chats.mutual else found


def _reasons(found: Exchanges, parameters: ExtortionParameters) -> tuple[Reason, ...]:
    item, chats = found.presser, found.chats
    pressed = {**_counts(pressed=item.pressed, minors=item.minors), "usual": values.number(item.expected)}
    cap = parameters.records_cap
    records, unanswered = (
        tuple(f"messages:{record}" for record in some[:cap]) for some in (found.records, found.unanswered)
    )
    silent = _counts(silent=chats.silent, pressed=chats.pressed)
    reasons = [
        Reason("minors_pressed", pressed, item.pressed, item.expected, "minors", records),
        Reason("silence_after_pressure", silent, chats.silent, unit="minors", records=unanswered),
    ]
    if chats.ageless:
        ageless = {**_counts(people=chats.ageless), "minors": values.share(chats.minors / chats.known)}
        reasons.append(Reason("unknown_age_pressed", ageless, chats.ageless, unit="people"))
    if found.reports:
        told = tuple(f"reports:{record}" for record in found.reports[:cap])
        number = len(found.reports)
        reasons.append(Reason("reports_by_asked", _counts(reports=number), number, unit="people", records=told))
    return tuple(reasons)


def _counter(found: Exchanges) -> tuple[CounterEvidence, ...]:
    chats = found.chats
    people = (
        CounterEvidence("asked_in_turn", *_part(chats.returned, chats.asked)),
        CounterEvidence("they_wrote_first", *_part(chats.sought, chats.asked)),
    )
    return (
        *(item for item in people if item.observed), CounterEvidence("read_by_word_lists"),
        CounterEvidence("what_would_clear_it"),
    )


def _part(people: int, whole: int) -> tuple[dict[str, values.Value], int]:
    return _counts(people=people, whole=whole), people


def _counts(**counts: int) -> dict[str, values.Value]:
    return {name: values.count(count) for name, count in counts.items()}
