"""How are the accounts of one operator drawn?  What ties them on the left, they in a circle, common targets right."""

from collections import defaultdict
from itertools import combinations

from graph.detect.finding import Finding
from graph.subgraph import Node
from graph.text_forms.names import readings
from ingest.lake import Lake
from workbench.lead_graphs.caption import Caption, Link
from workbench.lead_graphs.cited import Cited, stands_for
from workbench.lead_graphs.drawing import HANDED_OVER, NAME, SAME_NAME
from workbench.lead_graphs.names_alike import BETWEEN
from workbench.lead_graphs.places import circle, columns
from workbench.lead_graphs.sketch import Sketch, contacted, first_messages, moment
from workbench.views.models.pictures.shell_pairs import ties

_MEANT = {
    "same_device": "Identifier/device", "same_address": "Identifier/ip", "same_line": "Identifier/ip",
    "same_ip": "Identifier/ip",
}
_KINDS = ("device", "ip", "cookie", "phone", "email", "payment", "avatar_sha256")


def ring(lake: Lake, finding: Finding, cited: Cited) -> Sketch:  # noqa: ARG001
    """Values that two of them have, ways of writing that two names share, hand-overs, whom several wrote to."""
    members = [f"Account/{member}" for member in finding.members]
    handed = {tie.pair: tie for tie in ties(finding, cited.all) if tie.code == "hand_overs"}
    handing = {ref for tie in handed.values() for ref in tie.records}
    shows: list[tuple[Link | str, str]] = []
    captions: dict[Link, Caption] = {}
    for (one, other), tie in sorted(handed.items()):
        link = (f"Account/{one}", f"Account/{other}", HANDED_OVER)
        shows += [(link, ref) for ref in tie.records]
        captions[link] = Caption(times=tie.number)
    named, nodes = _names(cited)
    shows += named
    targets = _targets(cited, shows, captions)
    targets += sorted({f"Account/{target}" for target in finding.targets} - set(targets))
    values = _values(cited, handing)
    for (account, key), refs in sorted(values.items()):
        shows += [((account, key, "USED"), ref) for ref in refs]
    drawn = {ref for _, ref in shows}
    # what neither two of them have nor a hand-over needs is drawn as it is: no record stands behind nothing
    shows += [(link, record.ref) for record in cited.all if record.ref not in drawn for link in stands_for(record)]
    keys = sorted({link[1] for link, _ in shows if not isinstance(link, str) and link[2] == "USED"}, key=_kind_order)
    places = columns([*keys, *sorted(node.key for node in nodes)], [], targets)
    middle = circle(members)
    left, right = _edges(places, [*keys, *(node.key for node in nodes)]), _edges(places, targets)
    radius = max((abs(x) for x, _ in middle.values()), default=0.0)
    shifted = {
        **{key: (places[key][0] - left[1] - radius - 7.0, places[key][1]) for key in places if key not in targets},
        **{key: (places[key][0] - right[0] + radius + 7.0, places[key][1]) for key in targets},
    }
    return Sketch(tuple(shows), {**shifted, **middle}, captions, nodes=nodes, others=tuple(targets))


def _values(cited: Cited, handing: set[str]) -> dict[tuple[str, str], list[str]]:
    """References by account and identifier that two of them have; hand-overs stand for the other sessions."""
    held: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for record in cited.table("sessions", "identifiers"):
        codes = cited.codes(record) - {"hand_overs"}
        if record.ref in handing and not codes:
            continue
        meant = {_MEANT[code] for code in codes if code in _MEANT}
        for link in stands_for(record):
            # a session cited for its device: its address is not what ties
            if not isinstance(link, str) and (not meant or link[1].partition(":")[0] in meant):
                held[link[1]][link[0]].append(record.ref)
    return {
        (account, key): refs
        for key, accounts in held.items() if len(accounts) > 1
        for account, refs in accounts.items()
    }


def _names(cited: Cited) -> tuple[list[tuple[Link | str, str]], tuple[Node, ...]]:
    """Ways of writing that names of two accounts share: links with references, and a node each."""
    bearers: dict[str, dict[str, str]] = defaultdict(dict)
    written: dict[str, set[str]] = defaultdict(set)
    for record in cited.of("same_name"):
        account = record.columns.get("account")
        for skeleton in sorted(readings(record.columns.get("pseudonym") or "")) if account else ():
            bearers[skeleton][str(account)] = record.ref
            written[skeleton].add(record.columns.get("pseudonym") or "")
    nodes: list[Node] = []
    links: list[tuple[Link | str, str]] = []
    told: set[frozenset[str]] = set()
    for skeleton, accounts in sorted(bearers.items(), key=lambda item: (-len(item[1]), item[0])):
        pairs = {frozenset(pair) for pair in combinations(sorted(accounts), 2)}
        if not pairs or pairs <= told:
            continue
        told |= pairs
        told_of = {
            "name": skeleton, "accounts": len(accounts), "bearers": ",".join(sorted(accounts)),
            "written": BETWEEN.join(sorted(written[skeleton])),
        }
        node = Node(skeleton, NAME, told_of)
        nodes.append(node)
        links += [((f"Account/{account}", node.key, SAME_NAME), ref) for account, ref in sorted(accounts.items())]
    return links, tuple(nodes)


def _targets(cited: Cited, shows: list[tuple[Link | str, str]], captions: dict[Link, Caption]) -> list[str]:
    """Whom several of them wrote to, in order of time."""
    records = cited.of("common_targets")
    first = first_messages(records)
    for (sender, to), record in first.items():
        captions[contacted(sender, to)] = Caption(at=moment(record))
    shows += [(link, record.ref) for record in records for link in stands_for(record)]
    people = {to for _, to in first}
    earliest = {to: min(moment(record) for (_, other), record in first.items() if other == to) for to in people}
    return [f"Account/{to}" for to in sorted(people, key=lambda to: (earliest[to], to))]


def _kind_order(key: str) -> tuple[int, str]:
    kind = key.partition("/")[2].partition(":")[0]
    return (_KINDS.index(kind) if kind in _KINDS else len(_KINDS), key)


def _edges(places: dict[str, tuple[float, float]], keys: list[str]) -> tuple[float, float]:
    across = [places[key][0] for key in keys if key in places] or [0.0]
    return (min(across), max(across))
