"""How are a crew, a recruiter and a room drawn?  In columns: who acts, whom they met, where those were sent."""

from collections import Counter, defaultdict
from datetime import datetime

from graph.detect.finding import Finding
from graph.detect.values import Value
from graph.subgraph import Node
from ingest.lake import Lake, Record
from workbench.lead_graphs.caption import Caption, Link
from workbench.lead_graphs.cited import Cited, stands_for
from workbench.lead_graphs.drawing import NAME, SENT_TO
from workbench.lead_graphs.places import columns
from workbench.lead_graphs.sketch import Sketch, contacted, first_messages, moment


def crew(lake: Lake, finding: Finding, cited: Cited) -> Sketch:  # noqa: ARG001
    """Members left, those who came first most often on top; targets right in order of time.

    A link says which of the members came when, and how long after the first of them.
    """
    targets: dict[str, dict[str, datetime]] = defaultdict(dict)
    for (sender, other), record in first_messages(cited.all).items():
        if sender in finding.members and other in finding.targets:
            targets[other][sender] = moment(record)
    captions: dict[Link, Caption] = {}
    ahead: Counter[str] = Counter()
    for target, came in targets.items():
        ordered = sorted(came, key=lambda sender: (came[sender], sender))
        ahead[ordered[0]] += 1
        for place, sender in enumerate(ordered, start=1):
            later = (came[sender] - came[ordered[0]]).total_seconds()
            captions[contacted(sender, target)] = Caption(order=place, at=came[sender], later_s=later)
    members = sorted(finding.members, key=lambda member: (-ahead[member], member))
    met = sorted(targets, key=lambda target: (min(targets[target].values()), target))
    met += sorted(set(finding.targets) - set(met))
    return Sketch(_shown(cited.all), columns(_accounts(members), _accounts(met)), captions | _reported(cited))


def recruiter(lake: Lake, finding: Finding, cited: Cited) -> Sketch:  # noqa: ARG001
    """The recruiter, those it wrote to in order of time, and the person or place that they were sent to."""
    (account,) = finding.members
    sent = {other: record for (sender, other), record in first_messages(cited.all).items() if sender == account}
    people = sorted(sent, key=lambda other: (moment(sent[other]), other))
    where = [key for record in cited.table("accounts", "rooms") for key in stands_for(record) if isinstance(key, str)]
    where = [key for key in dict.fromkeys(where) if key.partition("/")[2] not in (account, *people)]
    nodes: tuple[Node, ...] = ()
    if not where:
        names = _quoted(finding, "people_sent_to_one_subject", "names")
        nodes = (Node(" / ".join(names) or "?", NAME, {"name": " / ".join(names), "accounts": 0}),)
        where = [nodes[0].key]
    captions: dict[Link, Caption] = {
        contacted(account, other): Caption(order=place, at=moment(sent[other]))
        for place, other in enumerate(people, start=1)
    }
    shows = list(_shown(cited.all))
    for key in where:
        for other in people:
            shows.append(((f"Account/{other}", key, SENT_TO), sent[other].ref))
    marks = {key: Caption(people=len(people)) for key in where}
    waiting = sorted(set(finding.targets) - set(people))
    places = columns([f"Account/{account}"], _accounts([*people, *waiting]), where)
    return Sketch(tuple(shows), places, captions | _reported(cited), marks, nodes, subjects=tuple(where))


def room(lake: Lake, finding: Finding, cited: Cited) -> Sketch:  # noqa: ARG001
    """The room on the left, the adults who look for minors there, and the minors whom each wrote to after they met."""
    (place,) = finding.members
    first = first_messages(cited.all)
    met = Counter(sender for sender, _ in first)
    adults = {record.columns["account"] or "" for record in cited.table("accounts")} | set(met)
    since: dict[str, str] = {}
    for (_, to), record in first.items():
        since[to] = min(since.get(to, "~"), moment(record).isoformat())
    minors = sorted(set(finding.targets) | set(since), key=lambda minor: (since.get(minor, "~"), minor))
    captions = {contacted(*pair): Caption(at=moment(record)) for pair, record in first.items()}
    ordered = sorted(adults - set(minors), key=lambda adult: (-met[adult], adult))
    return Sketch(
        _shown(cited.all), columns([f"Room/{place}"], _accounts(ordered), _accounts(minors)), captions,
        others=tuple(_accounts(ordered)),
    )


def _accounts(identities: list[str]) -> list[str]:
    return [f"Account/{identity}" for identity in identities]


def _shown(records: list[Record]) -> tuple[tuple[Link | str, str], ...]:
    return tuple((link, record.ref) for record in records for link in stands_for(record))


def _reported(cited: Cited) -> dict[Link, Caption]:
    return {
        link: Caption(at=moment(record))
        for record in cited.table("reports") for link in stands_for(record) if not isinstance(link, str)
    }


def _quoted(finding: Finding, code: str, name: str) -> tuple[str, ...]:
    for reason in finding.reasons:
        value = reason.values.get(name) if reason.code == code else None
        if isinstance(value, Value):
            return value.texts
    return ()
