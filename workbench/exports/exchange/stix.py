"""A subgraph as a STIX 2.1 bundle (OASIS Standard, 2021): accounts, addresses, identities and their relationships.

What STIX has no object for is an ``infrastructure`` (a device, a cookie, a platform) or an ``identity`` (a room is a
group).  Leads are ``grouping`` objects.  ``created`` is the latest moment of its evidence: no clock is read.
"""

import ipaddress
import json
import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from graph.subgraph import Edge, Node, Subgraph
from workbench.exports.exchange.statements import (
    about,
    first_and_last,
    instant,
    latest,
    native_id,
    platform_of,
    sentence,
    sources_told,
    text_of,
    uuid_of,
)
from workbench.exports.values import display_name

_OBSERVABLES = uuid.UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")
"""Namespace of deterministic ids (STIX 2.1, 2.9)."""
Entry = dict[str, Any]


def write_stix(subgraph: Subgraph, path: Path, provenance: Mapping[str, Any]) -> None:
    """Write the bundle, one object a line."""
    moment = _time(latest(subgraph))
    producer = f"identity--{uuid_of('producer')}"
    head = {"type": "bundle", "id": f"bundle--{uuid_of('bundle', json.dumps(dict(provenance), default=str))}"}
    with path.open("w", encoding="ascii", newline="\n") as out:
        out.write(json.dumps(head)[:-1] + ', "objects": [\n')
        objects = _objects(subgraph, provenance, moment, producer)
        written: set[str] = set()
        for entry in objects:
            if entry["id"] not in written:  # two nodes may be one observable, as STIX tells these apart
                out.write((",\n" if written else "") + json.dumps(entry, sort_keys=True))
                written.add(entry["id"])
        out.write("\n]}\n")


def _objects(
    subgraph: Subgraph, provenance: Mapping[str, Any], moment: str, producer: str
) -> Iterator[Entry]:
    def domain(kind: str, number: str, **properties: Any) -> Entry:
        return {"type": kind, "spec_version": "2.1", "id": f"{kind}--{number}", "created": moment, "modified": moment,
                "created_by_ref": producer, **properties}

    made = domain("identity", uuid_of("producer"), name="Filature", identity_class="system")
    del made["created_by_ref"]
    yield made
    files = [_observable("file", ("hashes", "name"), hashes={"SHA-256": one.sha256}, name=one.name, size=one.bytes)
             for one in sources_told(provenance)]
    yield from files
    ids: dict[str, str] = {}
    for node in subgraph.nodes:
        if node.label != "Finding":
            entry = _node(node, domain)
            ids[node.key] = entry["id"]
            yield entry
    involved: dict[str, list[str]] = {}
    for edge in subgraph.edges:
        if edge.type == "INVOLVES" and edge.target in ids:
            involved.setdefault(edge.source, []).append(ids[edge.target])
        elif edge.source in ids and edge.target in ids:
            yield _relationship(edge, ids, domain)
    for node in subgraph.nodes:
        if node.label == "Finding" and node.key in involved:
            told = node.properties
            yield domain(
                "grouping", uuid_of(node.key), name=f"{told.get('kind')} lead, {told.get('tier')}",
                context="suspicious-activity", object_refs=sorted(set(involved[node.key])),
                description=f"score {told.get('score')}; a lead is no verdict", labels=[text_of(node.id)],
            )
    yield domain("note", uuid_of("about", about(provenance)), content=about(provenance),
                 object_refs=sorted({entry["id"] for entry in files}) or [producer])


def _observable(kind: str, telling: tuple[str, ...], **properties: Any) -> Entry:
    """An observable whose id its telling properties make (STIX 2.1, 2.9)."""
    named = {name: properties[name] for name in telling if name in properties}
    body = json.dumps(named, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return {"type": kind, "spec_version": "2.1", "id": f"{kind}--{uuid.uuid5(_OBSERVABLES, body)}", **properties}


def _node(node: Node, domain: Any) -> Entry:
    told, name = node.properties, text_of(display_name(node)) or node.label
    if node.label == "Account":
        properties: Entry = {"user_id": native_id(node), "account_type": platform_of(node)}
        if told.get("pseudonym"):
            properties["display_name"] = text_of(told["pseudonym"])
        if (made := instant(told.get("created_at"))) is not None:
            properties["account_created"] = _time(made)
        return _observable("user-account", ("account_type", "user_id"), **properties)
    if node.label == "Identifier":
        value = str(told.get("value") or "")
        if told.get("kind") == "email" and "@" in value.strip("@"):
            return _observable("email-addr", ("value",), value=text_of(value))
        if told.get("kind") == "ip" and (version := _version(value)):
            return _observable(f"ipv{version}-addr", ("value",), value=value)
        return _other(node, f"{told.get('kind')} {value}", domain)
    if node.label in ("Room", "Company", "Person"):
        kind = {"Room": "group", "Company": "organization", "Person": "individual"}[node.label]
        return dict(domain("identity", uuid_of(node.key), name=name, identity_class=kind, labels=[text_of(node.id)]))
    return _other(node, name, domain)


def _other(node: Node, name: str, domain: Any) -> Entry:
    return dict(domain("infrastructure", uuid_of(node.key), name=text_of(name), infrastructure_types=["unknown"],
                       labels=[text_of(f"{node.label}/{node.id}")]))


def _version(text: str) -> int:
    try:
        return ipaddress.ip_address(text).version
    except ValueError:
        return 0


def _relationship(edge: Edge, ids: Mapping[str, str], domain: Any) -> Entry:
    number = uuid_of(edge.source, edge.type, edge.target, repr(sorted(edge.properties.items())))
    entry: Entry = domain("relationship", number, relationship_type=edge.type.lower().replace("_", "-"),
                          source_ref=ids[edge.source], target_ref=ids[edge.target])
    said = sentence(edge)
    share = edge.properties.get("share")
    if share is not None:
        said = ", ".join(filter(None, (f"share {float(share):g}", said)))
    if said:
        entry["description"] = said
    first, last = first_and_last(edge)
    if first is not None:
        entry["start_time"] = _time(first)
    if last is not None and (first is None or last - first >= timedelta(milliseconds=1)):
        entry["stop_time"] = _time(last)
    return entry


def _time(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"
