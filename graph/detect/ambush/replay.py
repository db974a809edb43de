"""How did a crew act?  Who came when, in which order, who leads and who follows: a reason a victim, with records."""

from collections.abc import Sequence
from datetime import timedelta

from graph.detect.ambush.crews import Convergence, Crew, Part
from graph.detect.finding import instant
from graph.detect.french import decimal
from graph.detect.written import Reason

NAMED_TARGETS = 12  # targets with a replay of their own; the rest are counted and their records kept together
NAMED_MEMBERS = 12  # arrivals or members written out in one sentence; the rest are counted


def replay(crew: Crew) -> tuple[Reason, ...]:
    """Order and parts in one reason, then one a target in order of time; what is left out is counted."""
    ordered = sorted(crew.convergences, key=lambda meeting: (meeting.first_at, meeting.victim))
    reasons = [_order(crew), *(_scene(meeting) for meeting in ordered[:NAMED_TARGETS])]
    rest = ordered[NAMED_TARGETS:]
    if rest:
        reasons.append(Reason(
            "replay of the other targets", len(rest), None,
            f"{NAMED_TARGETS} of {len(ordered)} targets are told one by one; the records of the other {len(rest)} are "
            f"kept here: {_listed([meeting.victim for meeting in rest])}.",
            tuple(record for meeting in rest for record in _records(meeting)),
            f"{NAMED_TARGETS} cibles sur {len(ordered)} sont racontées une à une ; les enregistrements des {len(rest)} "
            f"autres sont gardés ici : {_listed([meeting.victim for meeting in rest], french=True)}.",
        ))
    return tuple(reasons)


def _order(crew: Crew) -> Reason:
    """The median gap and each member's part: who opens, who came ahead, who follows, who was missing."""
    lead, met = crew.parts[0], len(crew.convergences)
    return Reason(
        "order and parts", lead.first, round(lead.first_expected, 2),
        f"Median gap between two members {crew.median_gap_s:.0f} s. "
        + _listed([_part(part, met) for part in crew.parts], separator="; ") + ".",
        tuple(record for meeting in crew.convergences for record in _records(meeting)),
        f"Écart médian entre deux membres : {crew.median_gap_s:.0f} s. "
        + _listed([_part_fr(part, met) for part in crew.parts], separator=" ; ", french=True) + ".",
    )


def _part(part: Part, met: int) -> str:
    said = f"{part.member} took part on {part.targets} of {met} targets"
    if part.first:
        said += f", came first on {part.first} ({part.first_expected:.1f} if order were by chance)"
    elif part.targets:
        said += ", always after another"
    return said + (f", ahead of the others on {part.ahead} more" if part.ahead else "")


def _part_fr(part: Part, met: int) -> str:
    said = f"{part.member} a pris part auprès de {part.targets} cibles sur {met}"
    if part.first:
        said += f", en premier {part.first} fois ({decimal(part.first_expected, 1)} si l'ordre était dû au hasard)"
    elif part.targets:
        said += ", toujours après un autre"
    return said + (f", avant les autres auprès de {part.ahead} de plus" if part.ahead else "")


def _scene(meeting: Convergence) -> Reason:
    """One target: who came when after the first, who had come ahead and who came long after."""
    steps = [f"{hit.actor} {_after(hit.at - meeting.first_at)}" for hit in meeting.hits]
    ahead = [f"{hit.actor} {_after(hit.at - meeting.first_at)}" for hit in meeting.before]
    late = [f"{hit.actor} {_after(hit.at - meeting.first_at)}" for hit in meeting.asides if hit not in meeting.before]
    english = f"{meeting.victim}, {instant(meeting.first_at)}: {_listed(steps)}"
    french = f"{meeting.victim}, {instant(meeting.first_at)} : {_listed(steps, french=True)}"
    if ahead:
        english += f"; ahead of them {_listed(ahead)}"
        french += f" ; avant eux {_listed(ahead, french=True)}"
    if late:
        english += f"; later {_listed(late)}"
        french += f" ; plus tard {_listed(late, french=True)}"
    return Reason("replay", len(meeting.hits), None, english + ".", _records(meeting), french + ".")


def _records(meeting: Convergence) -> tuple[str, ...]:
    return tuple(f"messages:{hit.record}" for hit in (*meeting.hits, *meeting.asides))


def _after(passed: timedelta) -> str:
    """``+95 s``, ``+12 min``, ``-26.5 h``: the largest unit that keeps two digits."""
    seconds = passed.total_seconds()
    if abs(seconds) < 600:
        return f"{seconds:+.0f} s"
    return f"{seconds / 60:+.0f} min" if abs(seconds) < 36_000 else f"{seconds / 3600:+.0f} h"


def _listed(items: Sequence[str], *, separator: str = ", ", french: bool = False) -> str:
    """The items in a row, at most ``NAMED_MEMBERS`` and how many were left out."""
    said = separator.join(items[:NAMED_MEMBERS])
    left = len(items) - NAMED_MEMBERS
    if left <= 0:
        return said
    return said + (f"{separator}et {left} autres" if french else f"{separator}and {left} more")
