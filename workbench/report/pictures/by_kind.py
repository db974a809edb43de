"""Which picture tells a lead of its kind at a glance?  From evidence to a shape whose labels are still ids.

Of several alike the order is by token: by id, a masked one's place between others would tell the id.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from graph.detect.finding import Finding
from graph.detect.wordings import catalogue, written
from graph.opaque import token
from ingest.case_folder import label_key
from ingest.lake import Lake, Record
from workbench.dossier.first_written import first_written
from workbench.dossier.room import room_file
from workbench.language import Words
from workbench.report.pictures.marks import marks_matrix
from workbench.report.pictures.shapes import Bars, Chart, Lanes, Point

MOST_LANES, MOST_SERIES, MOST_BARS = 24, 7, 48
_DAY = timedelta(days=1)
_MINUTE_S = 60.0


def picture_of(lake: Lake, finding: Finding, records: Sequence[Record], words: Words) -> Chart | None:
    """The picture of one lead; None where its evidence has nothing to draw."""
    if finding.kind == "hub":
        return first_contacts(lake, finding.members[0], words)
    if finding.kind == "room":
        return audience(lake, finding.members[0], words)
    key = label_key(lake.case)
    if finding.kind == "shell":
        return marks_matrix(lake, finding.members)
    if finding.kind == "ambush":
        return arrivals(finding, records, words, key)
    if finding.kind == "convergence":
        return members_over_time(finding, records, words, key)
    return sequence(finding, records, words, key)


def first_contacts(lake: Lake, account: str, words: Words) -> Bars | None:
    """Whom the account wrote to before they wrote to it, by what was known of their age then."""
    told = [(one.at, 0 if one.minor else 1 if one.basis is not None else 2) for one in first_written(lake, account)]
    if not told:
        return None
    starts, days = _bars(min(at for at, _ in told), max(at for at, _ in told))
    counts = [[0] * len(starts) for _ in range(3)]
    for at, group in told:
        counts[group][int((at - starts[0]) / (_DAY * days))] += 1
    return _by_age(starts, days, counts, words.gettext("first private messages"), words)


def audience(lake: Lake, room: str, words: Words) -> Bars | None:
    """Who wrote in a room, month by month, by age known then."""
    months = room_file(lake, room).audience
    if not months:
        return None
    counts = [[row[1] for row in months], [row[2] for row in months], [row[3] for row in months]]
    return _by_age([row[0] for row in months], 28, counts, words.gettext("people who wrote"), words)


def arrivals(finding: Finding, records: Sequence[Record], words: Words, key: bytes) -> Lanes | None:
    """A lane a target, in order of time: how long after the first member the others wrote, by the cited messages."""
    came = _arrivals(finding, records)
    if not came:
        return None
    targets = sorted(came, key=lambda target: (min(came[target].values()), token(target, key)))[:MOST_LANES]
    often = Counter(member for target in targets for member in came[target])
    members = sorted(often, key=lambda member: (-often[member], token(member, key)))
    series = [*members[:MOST_SERIES], *([words.gettext("other members")] if len(members) > MOST_SERIES else [])]
    places = {member: min(place, len(series) - 1) for place, member in enumerate(members)}
    first = {target: min(came[target].values()) for target in targets}
    points = tuple(
        Point(lane, places[member], (at - first[target]).total_seconds() / _MINUTE_S)
        for lane, target in enumerate(targets)
        for member, at in sorted(came[target].items())
    )
    return Lanes(tuple(targets), tuple(series), points, words.gettext("time after the first of them, ever wider steps"))


def arrivals_told(finding: Finding, drawn: Lanes, words: Words) -> str:
    """What a picture of ``arrivals`` shows; where some came later, what the lead counts as together."""
    said = words.gettext(
        "How long after the first of the group the others first wrote to each target, by the cited messages: "
        "{shown} of {total} targets.", shown=len(drawn.lanes), total=len(finding.targets),
    )
    window = next((one.values["window"] for one in finding.reasons if "window" in one.values), None)
    latest = max(point.at for point in drawn.points if isinstance(point.at, float))
    if window is None or not isinstance(window.value, int | float) or latest * _MINUTE_S <= window.value:
        return said
    return said + " " + words.gettext(
        "Together are those who came to a target within {window} of each other; members who came up to two days before "
        "or after them stand here too.", window=written(window, catalogue(finding.kind, words.language)),
    )


def members_over_time(finding: Finding, records: Sequence[Record], words: Words, key: bytes) -> Lanes | None:
    """A lane a member, in order of arrival at the target, by the cited messages."""
    came = _arrivals(finding, records)
    first = {
        member: min(row[member] for row in came.values() if member in row)
        for member in sorted({member for row in came.values() for member in row})
    }
    if not first:
        return None
    members = sorted(first, key=lambda member: (first[member], token(member, key)))[:MOST_LANES]
    points = tuple(Point(lane, 0, first[member]) for lane, member in enumerate(members))
    return Lanes(tuple(members), (words.gettext("first private message"),), points, words.gettext("time (UTC)"))


def sequence(finding: Finding, records: Sequence[Record], words: Words, key: bytes) -> Lanes | None:
    """A lane a person on the other side: cited messages from members and to them, in order of time."""
    members = set(finding.members)
    told: list[tuple[datetime, str, int]] = []
    for record in records:
        sender, other, sent = (record.columns.get(name) for name in ("sender", "recipient", "sent_at"))
        place = other or record.columns.get("room")
        if not sender or not place or not sent:
            continue
        at = datetime.fromisoformat(sent)
        told.append((at, place, 0) if sender in members else (at, sender, 1))
    if not told:
        return None
    first: dict[str, datetime] = {}
    for at, person, _ in sorted(told):
        first.setdefault(person, at)
    lanes = sorted(first, key=lambda person: (first[person], token(person, key)))[:MOST_LANES]
    points = tuple(Point(lanes.index(person), way, at) for at, person, way in sorted(told) if person in lanes)
    series = (words.gettext("written by a member"), words.gettext("written to a member"))
    return Lanes(tuple(lanes), series, points, words.gettext("time (UTC)"))


def _arrivals(finding: Finding, records: Sequence[Record]) -> dict[str, dict[str, datetime]]:
    """By target and member, the moment of the first cited message."""
    members, targets = set(finding.members), set(finding.targets)
    found: dict[str, dict[str, datetime]] = {}
    for record in records:
        sender, other, sent = (record.columns.get(name) for name in ("sender", "recipient", "sent_at"))
        if sender in members and other in targets and sender and other and sent:
            row, at = found.setdefault(other, {}), datetime.fromisoformat(sent)
            row[sender] = min(at, row.get(sender, at))
    return found


def _bars(first: datetime, last: datetime) -> tuple[list[datetime], int]:
    """Starts of bars and their width in days: a day, a week or whole weeks, at most ``MOST_BARS``."""
    begin = first.replace(hour=0, minute=0, second=0, microsecond=0)
    span = (last - begin).days + 1
    days = 1 if span <= MOST_BARS else 7 * -(-span // (7 * MOST_BARS))
    return [begin + _DAY * days * number for number in range(-(-span // days))], days


def _by_age(starts: Sequence[datetime], days: int, counts: Sequence[Sequence[int]], y: str, words: Words) -> Bars:
    names = (words.gettext("minors"), words.gettext("adults"), words.gettext("age unknown"))
    series = tuple((name, tuple(row)) for name, row in zip(names, counts, strict=True))
    return Bars(tuple(starts), float(days), series, words.gettext("time (UTC)"), y)
