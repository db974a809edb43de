"""How does a convergence become a finding?  Its tier, the sentences for it, and what speaks against it."""

from collections.abc import Iterator, Mapping

import numpy as np
import pyarrow as pa

from graph.detect.arrays import Ints
from graph.detect.convergence.around import Around, periods
from graph.detect.convergence.arrivals import Arrival
from graph.detect.convergence.contacts import ADULT, UNKNOWN, YOUNG, Contacts
from graph.detect.convergence.model import Windows
from graph.detect.convergence.occasions import Occasion
from graph.detect.convergence.parameters import ConvergenceParameters
from graph.detect.finding import Finding
from graph.detect.reason import CounterEvidence, Reason
from graph.detect.tiers import Bounds, grade
from graph.detect.values import Value, count, number, room, seconds, word

HARMLESS = 1.0  # nats below a moderate lead at most, where a harmless explanation holds: a raid, an event, a greeting
TIE = 1e-3  # q-values tie; the evidence itself orders then


def shared_by_many(around: Around) -> bool:
    """Within a day half of the members, three at least, came to somebody else as well."""
    return around.hours <= 24.0 and around.shared >= max(3.0, len(around.rows) / 2)


def came(contacts: Contacts, windows: Windows, row: int, around: Around) -> tuple[int, float]:
    """How many came in a window, beside how many are usual: adults to a minor, anybody to anybody else."""
    young = contacts.target_side[windows.first[row]] == YOUNG
    return around.adults if young else len(around.rows), round(float(windows.expected[row]), 2)


def lead(
    contacts: Contacts, windows: Windows, row: int, around: Around, occasion: Occasion | None, arrival: Arrival | None,
    q_value: float, parameters: ConvergenceParameters, answers: Mapping[tuple[str, str], str],
) -> Finding:
    """The finding of one target's best window; ``answers``: ``DetectionContext.first_messages`` to its members."""
    evidence = -np.log(max(q_value, 1e-300)) + TIE * float(windows.evidence[row])
    bounds = Bounds(moderate=parameters.moderate, strong=parameters.strong)
    if shared_by_many(around) or occasion is not None:
        evidence = min(evidence, bounds.moderate - HARMLESS)
    elif contacts.target_side[windows.first[row]] != YOUNG and evidence > bounds.moderate:
        scale = bounds.strong - bounds.moderate  # many come to one person for many reasons: never strong
        evidence = bounds.strong - scale * float(np.exp((bounds.moderate - evidence) / scale))
    tier, score = grade(float(evidence), bounds)
    rows = around.rows
    target = contacts.names(windows.target[row : row + 1])
    return Finding(
        kind="convergence", members=contacts.names(contacts.initiator[rows]), targets=target, tier=tier, score=score,
        q_value=q_value, first_at=_times(contacts, rows[:1])[0], last_at=_times(contacts, rows[-1:])[0],
        reasons=tuple(_reasons(contacts, windows, row, around)), qualifier=target[0],
        counter_evidence=tuple(_counter(contacts, windows, row, around, occasion, arrival, answers)),
    )


def _reasons(contacts: Contacts, windows: Windows, row: int, around: Around) -> Iterator[Reason]:
    rows, first = around.rows, int(windows.first[row])
    seen, usual = came(contacts, windows, row, around)
    when = {"from": _moment(contacts, rows[:1]), "until": _moment(contacts, rows[-1:])}
    records = tuple(f"messages:{record}" for record in contacts.record.take(rows).to_pylist())
    age, unknown = int(contacts.age[first]), around.unknown
    others = {"unknown": count(unknown), "others": word("some" if unknown else "none")}
    if contacts.target_side[first] == YOUNG:
        known = {"age": count(age)} if age >= 0 else {}
        yield Reason(
            "adults_wrote_first" if known else "adults_wrote_first_to_minor",
            {"adults": count(seen), "usual": _usual(usual), **known, **others, **when}, seen, usual, "adults", records,
        )
    else:
        yield Reason(
            "accounts_wrote_first", {"accounts": count(seen), "usual": _usual(usual), **when},
            seen, usual, "accounts", records,
        )
    runs = periods(contacts, rows)
    fullest = max(runs, key=len)
    yield Reason(
        "replay",
        {
            "periods": count(len(runs)), "starts": _moment(contacts, np.array([run[0] for run in runs])),
            "most": count(len(fullest)), "from": _moment(contacts, fullest[:1]),
            "until": _moment(contacts, fullest[-1:]),
        },
        len(runs), None, "periods", records,
    )
    if len(around.others) > around.others_expected:
        expected, elsewhere = round(around.others_expected, 2), len(around.others)
        yield Reason(
            "other_minors",
            {"writers": count(elsewhere), "members": count(len(rows)), "usual": number(expected)},
            elsewhere, expected, "accounts",
            tuple(f"messages:{record}" for record in contacts.record.take(around.others).to_pylist()),
        )


def _counter(
    contacts: Contacts, windows: Windows, row: int, around: Around, occasion: Occasion | None, arrival: Arrival | None,
    answers: Mapping[tuple[str, str], str],
) -> Iterator[CounterEvidence]:
    rows, side = around.rows, contacts.target_side[int(windows.first[row])]
    answered = int(contacts.answered[rows].sum())
    target = contacts.names(windows.target[row : row + 1])[0]
    replies = (answers.get((target, member)) for member in contacts.names(contacts.initiator[rows]))
    if occasion is not None:
        yield CounterEvidence(
            "public_occasion",
            {
                "members": count(occasion.members), "of": count(len(rows)), "room": room(occasion.room),
                "crowd": count(occasion.crowd), "usual": number(round(occasion.usual, 1)),
            },
            occasion.crowd, round(occasion.usual, 2), "accounts",
        )
    if shared_by_many(around):
        yield CounterEvidence(
            "one_wave", {"shared": count(around.shared), "members": count(len(rows))}, around.shared, None, "accounts"
        )
    if arrival is not None:
        usual = None if arrival.usual is None else round(arrival.usual, 2)
        yield CounterEvidence(
            "target_newly_arrived",
            {
                "before": seconds(arrival.before // 1000), "span": seconds(arrival.span // 1000),
                "received": count(arrival.received), "usual": word("unknown") if usual is None else number(usual),
            },
            arrival.received, usual, "first contacts", (arrival.record,),
        )
    if around.young:
        inside = np.arange(windows.first[row], windows.after[row])
        young = contacts.record.take(pa.array(inside[contacts.side[inside] == YOUNG])).to_pylist()
        yield CounterEvidence(
            "young_came_too", {"young": count(around.young)}, around.young, None, "minors",
            tuple(f"messages:{record}" for record in young),
        )
    if around.unknown or side == UNKNOWN:
        whose = {ADULT: "adult", UNKNOWN: "unknown", YOUNG: "minor"}[int(side)]
        yield CounterEvidence(
            "ages", {"unknown": count(around.unknown), "members": count(len(rows)), "target": word(whose)},
            around.unknown, None, "accounts",
        )
    elif side == ADULT:
        yield CounterEvidence("target_is_no_minor")
    yield CounterEvidence(
        "answers", {"answered": count(answered), "members": count(len(rows))}, answered, None, "accounts",
        tuple(reply for reply in replies if reply),
    )
    yield CounterEvidence("what_would_clear_it")


def _usual(expected: float) -> Value:
    return number(round(expected, 1)) if expected >= 0.75 else word("hardly_any")


def _times(contacts: Contacts, rows: Ints) -> tuple[str, ...]:
    """When these contacts were made, as ``finding.instant`` tells it."""
    return tuple(f"{at}Z" for at in np.datetime_as_string(contacts.at[rows].astype("datetime64[ms]"), unit="ms"))


def _moment(contacts: Contacts, rows: Ints) -> Value:
    times = _times(contacts, rows)
    return Value("instant", times if len(times) > 1 else times[0])
