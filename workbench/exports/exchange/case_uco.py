"""A subgraph as a CASE/UCO bundle (JSON-LD, CASE 1.4): accounts, threads, relationships, and where they come from.

The source files stand in it with their hashes, and a provenance record says which case and evidence they are of.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from graph.subgraph import Edge, Node, Subgraph
from workbench.exports.exchange.statements import (
    about,
    first_and_last,
    instant,
    native_id,
    platform_of,
    sentence,
    sources_told,
    text_of,
    uuid_of,
)
from workbench.exports.values import display_name

_UCO = "https://ontology.unifiedcyberontology.org/uco/"
_CONTEXT = {
    "kb": "http://example.org/kb/", "xsd": "http://www.w3.org/2001/XMLSchema#",
    "case-investigation": "https://ontology.caseontology.org/case/investigation/",
    **{f"uco-{name}": f"{_UCO}{name}/" for name in (
        "action", "core", "identity", "observable", "tool", "types",
    )},
}
Entry = dict[str, Any]


def write_case(subgraph: Subgraph, path: Path, provenance: Mapping[str, Any]) -> None:
    """Write the bundle, one node a line, in ASCII."""
    with path.open("w", encoding="ascii", newline="\n") as out:
        out.write('{"@context": ' + json.dumps(_CONTEXT, sort_keys=True) + ',\n"@graph": [\n')
        for number, entry in enumerate(_nodes(subgraph, provenance)):
            out.write((",\n" if number else "") + json.dumps(entry, sort_keys=True))
        out.write("\n]}\n")


def _ref(kind: str, *parts: str) -> Entry:
    return {"@id": f"kb:{kind}-{uuid_of(kind, *parts)}"}


def _nodes(subgraph: Subgraph, provenance: Mapping[str, Any]) -> Iterator[Entry]:
    tool = _ref("tool", "Filature")
    yield {**tool, "@type": "uco-tool:AnalyticTool", "uco-core:name": "Filature",
           "uco-tool:version": str(provenance.get("filature", ""))}
    files: list[Entry] = []
    for source in {one.sha256: one for one in sources_told(provenance)}.values():
        file = _ref("file", source.sha256)
        files.append(file)
        digest = {**_ref("hash", source.sha256), "@type": "uco-types:Hash",
                  "uco-types:hashMethod": "SHA256",
                  "uco-types:hashValue": {"@type": "xsd:hexBinary", "@value": source.sha256}}
        yield _thing(file, "File", _facet(file, "FileFacet", {"fileName": source.name, "sizeInBytes": source.bytes}),
                     _facet(file, "ContentDataFacet", {"hash": digest}))
    platforms = sorted({platform_of(node) for node in subgraph.nodes if node.label == "Account"})
    for name in platforms:
        app = _ref("application", name)
        yield {**_thing(app, "Application", _facet(app, "ApplicationFacet", {})), "uco-core:name": name}
    ids = {node.key: _ref(node.label.lower(), node.key) for node in subgraph.nodes}
    for node in subgraph.nodes:
        yield _node(node, ids[node.key])
    labels = {node.key: node.label for node in subgraph.nodes}
    for edge in subgraph.edges:
        yield _edge(edge, ids, labels)
    record = _ref("provenance-record", json.dumps(dict(provenance), default=str, sort_keys=True))
    yield {**record, "@type": "case-investigation:ProvenanceRecord", "uco-core:description": about(provenance),
           **({"uco-core:object": files} if files else {})}
    yield {**_ref("investigative-action", record["@id"]), "@type": "case-investigation:InvestigativeAction",
           "uco-core:name": "exported", "uco-core:description": about(provenance), "uco-action:instrument": tool,
           **({"uco-action:object": files} if files else {}), "uco-action:result": record}


def _facet(owner: Entry, kind: str, told: Mapping[str, Any]) -> Entry:
    properties = {f"uco-observable:{name}": value for name, value in told.items() if value not in (None, "")}
    return {"@id": f"kb:{kind}-{uuid_of(owner['@id'], kind)}", "@type": f"uco-observable:{kind}", **properties}


def _thing(reference: Entry, kind: str, *facets: Entry) -> Entry:
    return {**reference, "@type": f"uco-observable:{kind}", **({"uco-core:hasFacet": list(facets)} if facets else {})}


def _node(node: Node, own: Entry) -> Entry:
    told, name = node.properties, text_of(display_name(node))
    named = {"uco-core:name": name} if name else {}
    if node.label == "Account":
        pseudonym = told.get("pseudonym")
        return _thing(
            own, "ApplicationAccount",
            _facet(own, "AccountFacet", {"accountIdentifier": native_id(node),
                                         "observableCreatedTime": _time(instant(told.get("created_at")))}),
            _facet(own, "ApplicationAccountFacet", {"application": _ref("application", platform_of(node))}),
            *([_facet(own, "DigitalAccountFacet", {"displayName": text_of(pseudonym)})] if pseudonym else []),
        )
    if node.label == "Room":
        return {**_thing(own, "MessageThread"), **named}
    if node.label == "Identifier":
        kind, value = str(told.get("kind")), text_of(told.get("value") or "")
        if kind == "email":
            return _thing(own, "EmailAddress", _facet(own, "EmailAddressFacet", {"addressValue": value}))
        if kind == "device":
            return _thing(own, "Device", _facet(own, "DeviceFacet", {"serialNumber": value}))
        return {**_thing(own, "ObservableObject"), "uco-core:name": f"{kind}: {value}"}
    if node.label in ("Company", "Person"):
        kind = "Organization" if node.label == "Company" else "Person"
        return {**own, "@type": f"uco-identity:{kind}", **named}
    said = f"{node.label} {text_of(node.id)}"
    if node.label == "Finding":
        said += f": {told.get('kind')} lead, tier {told.get('tier')}, score {told.get('score')}; a lead is no verdict"
    return {**own, "@type": "uco-core:UcoObject", **named, "uco-core:description": said}


_OBSERVED = frozenset(("Account", "Room", "Identifier"))


def _edge(edge: Edge, ids: Mapping[str, Entry], labels: Mapping[str, str]) -> Entry:
    observed = {labels[edge.source], labels[edge.target]} <= _OBSERVED
    first, last = first_and_last(edge)
    said = sentence(edge)
    share = edge.properties.get("share")
    if share is not None:
        said = ", ".join(filter(None, (f"share {float(share):g}", said)))
    entry = {
        **_ref("relationship", edge.source, edge.type, edge.target, repr(sorted(edge.properties.items()))),
        "@type": "uco-observable:ObservableRelationship" if observed else "uco-core:Relationship",
        "uco-core:source": ids[edge.source], "uco-core:target": ids[edge.target],
        "uco-core:isDirectional": True, "uco-core:kindOfRelationship": edge.type.capitalize(),
        "uco-core:description": said or None, "uco-core:startTime": _time(first), "uco-core:endTime": _time(last),
    }
    return {name: value for name, value in entry.items() if value is not None}


def _time(moment: datetime | None) -> Entry | None:
    if moment is None:
        return None
    return {"@type": "xsd:dateTime", "@value": moment.replace(tzinfo=None).isoformat() + "Z"}
