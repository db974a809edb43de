"""A subgraph as FollowTheMoney entities, one JSON object a line, as Aleph, OpenAleph and the ``ftm`` tools read them.

Source: FollowTheMoney, default model.  Accounts and rooms are ``UserAccount``, identifiers ``Note`` (addresses stand at
their accounts as well), owners ``Ownership``; all else is ``UnknownLink`` with its role.  ``proof`` names the files
that an entity's batch was read from, which are ``Document`` with their hash.
"""

import ipaddress
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale

from graph.subgraph import Edge, Node, Subgraph
from workbench.exports.exchange.statements import (
    about,
    first_and_last,
    instant,
    platform_of,
    sentence,
    sources_told,
    text_of,
    uuid_of,
)
from workbench.exports.values import display_name

Entity = dict[str, Any]
_SCHEMAS = {
    "Account": "UserAccount", "Room": "UserAccount", "Identifier": "Note", "Report": "Note", "Finding": "Note",
    "Company": "Company", "Person": "Person", "Platform": "Asset",
}
_MAIL = re.compile(r"[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}", re.IGNORECASE)


def write_ftm(subgraph: Subgraph, path: Path, provenance: Mapping[str, Any]) -> None:
    """Write the file, one entity a line, documents first."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for entity in _entities(subgraph, provenance):
            properties = {name: sorted(set(values)) for name, values in entity["properties"].items() if values}
            out.write(json.dumps({**entity, "properties": properties}, ensure_ascii=True, sort_keys=True) + "\n")


def _entities(subgraph: Subgraph, provenance: Mapping[str, Any]) -> Iterator[Entity]:
    proofs: dict[str, list[str]] = defaultdict(list)
    for source in sources_told(provenance):
        number = uuid_of("source", source.sha256)
        if number not in proofs[source.batch_id]:
            proofs[source.batch_id].append(number)
    seen: set[str] = set()
    for source in sources_told(provenance):
        number = uuid_of("source", source.sha256)
        if number not in seen:
            seen.add(number)
            yield _entity(number, "Document", name=[source.name], fileName=[source.name], fileSize=[str(source.bytes)],
                          notes=[f"sha256 {source.sha256}"], publisher=[about(provenance)])
    more = _of_accounts(subgraph)
    for node in subgraph.nodes:
        yield _node(node, more.get(node.key, {}), proofs[str(node.properties.get("batch_id"))])
    for edge in subgraph.edges:
        yield _edge(edge, proofs[str(edge.properties.get("batch_id"))])


def _entity(number: str, schema: str, **properties: list[str]) -> Entity:
    return {"id": number, "schema": schema, "properties": properties}


def _of_accounts(subgraph: Subgraph) -> dict[str, dict[str, list[str]]]:
    """Addresses that stand at the accounts that used them, by node key."""
    nodes = {node.key: node for node in subgraph.nodes if node.label == "Identifier"}
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for edge in subgraph.edges:
        node = nodes.get(edge.target)
        if edge.type != "USED" or node is None:
            continue
        kind, value = str(node.properties.get("kind")), str(node.properties.get("value"))
        if kind == "email" and _MAIL.fullmatch(value):
            found[edge.source]["email"].append(value.lower())
        elif kind == "ip" and _is_ip(value):
            found[edge.source]["ipAddress"].append(str(ipaddress.ip_address(value)))
    return found


def _is_ip(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _node(node: Node, more: Mapping[str, list[str]], proof: list[str]) -> Entity:
    told = node.properties
    schema = _SCHEMAS.get(node.label, "Note")
    entity = _entity(
        uuid_of(node.key), schema, name=[_name(node)], notes=[f"{node.label} {text_of(node.id)}"], proof=proof,
        **{name: list(values) for name, values in more.items()},
    )
    found = entity["properties"]
    if schema == "UserAccount":
        found["service"] = [platform_of(node)]
        found["createdAt"] = _date(told.get("created_at"))
        if isinstance(told.get("pseudonym"), str) and told["pseudonym"]:
            found["username"] = [text_of(told["pseudonym"])]
    if node.label == "Company":
        found["incorporationDate"] = _date(told.get("incorporated_at"))
        place = str(told.get("jurisdiction") or "")
        if place.split("-")[0].upper() in _countries():
            found["jurisdiction"] = [place.split("-")[0].lower()]
        elif place:
            found["description"] = [f"jurisdiction {text_of(place)}"]
    elif node.label == "Finding":
        found["description"] = [f"{told.get('kind')} lead, tier {told.get('tier')}, score {told.get('score')}"]
    elif node.label == "Report" and told.get("reason"):
        found["description"] = [text_of(told["reason"])]
    return entity


def _name(node: Node) -> str:
    if node.label == "Identifier":
        return text_of(f"{node.properties.get('kind')}: {node.properties.get('value')}")
    return " ".join(text_of(display_name(node)).split()) or node.label


def _edge(edge: Edge, proof: list[str]) -> Entity:
    first, last = first_and_last(edge)
    number = uuid_of(edge.source, edge.type, edge.target, repr(sorted(edge.properties.items())))
    ends = [uuid_of(edge.source)], [uuid_of(edge.target)]
    when = {"startDate": _date(first), "endDate": _date(last), "proof": proof}
    if edge.type == "OWNS":
        share = edge.properties.get("share")
        return _entity(
            number, "Ownership", owner=ends[0], asset=ends[1],
            percentage=[] if share is None else [f"{float(share) * 100:g}"],
            role=[text_of(edge.properties["kind"])] if edge.properties.get("kind") else [], **when,
        )
    said = sentence(edge)
    return _entity(number, "UnknownLink", subject=ends[0], object=ends[1],
                   role=[edge.type.lower().replace("_", " ")], description=[said] if said else [], **when)


def _date(value: Any) -> list[str]:
    moment = instant(value)
    return [] if moment is None else [moment.replace(tzinfo=None).isoformat(timespec="seconds")]


@cache
def _countries() -> frozenset[str]:
    codes = map(str, Locale("en").territories)
    return frozenset(code for code in codes if len(code) == 2 and code.isalpha() and code != "ZZ")
