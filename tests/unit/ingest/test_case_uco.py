"""CASE/UCO bundles: accounts, messages, threads and devices, by local names; the examples of CASE, torn and hostile."""

import json
from pathlib import Path
from typing import Any

from tests.real_data import real_data
from tests.unit.ingest.chat_exports import put, read, reconciled

UCO = "https://ontology.unifiedcyberontology.org/uco/"
T = {"@type": "xsd:dateTime", "@value": "2024-05-01T16:03:04Z"}


def node(name: str, kind: str, /, *, prefix: str = "uco-observable:", **facet: Any) -> dict[str, Any]:
    told = {f"{prefix}{key}": value for key, value in facet.items()}
    return {"@id": f"kb:{name}", "@type": f"{prefix}{kind}", "uco-core:hasFacet": [{"@type": "x:Facet", **told}]}


def ref(name: str) -> dict[str, str]:
    return {"@id": f"kb:{name}"}


def link(source: str, kind: str, target: str) -> dict[str, Any]:
    return {"@id": "kb:l", "@type": "uco-core:Relationship", "uco-core:source": ref(source),
            "uco-core:target": ref(target), "uco-core:kindOfRelationship": kind}


def bundle(*nodes: Any) -> dict[str, Any]:
    return {"@context": {"kb": "http://example.org/kb/", "uco-observable": f"{UCO}observable/"}, "@graph": list(nodes)}


APP = node("app", "Application", name="Kik")
A, B = (node(name, "ApplicationAccount", application=ref("app"), accountIdentifier=f"{name}-id") for name in "ab")
C = node("c", "ApplicationAccount", application=ref("app"), accountIdentifier="c-id")


def said(name: str, sender: str, *to: str, text: str = "hi") -> dict[str, Any]:
    whom: dict[str, Any] = {"from": ref(sender), "to": [ref(one) for one in to]}
    return node(name, "Message", messageText=text, sentTime=T, **whom)


def test_a_message_to_one_is_private_and_accounts_bear_their_application(tmp_path: Path) -> None:
    _, tables, rejects = read(tmp_path, put(tmp_path / "x.jsonld", bundle(said("m", "a", "b"), B, A, APP)))
    sent = tables["messages"]
    assert list(zip(sent.sender, sent.recipient, sent.text, sent.row, strict=True)) == [
        ("kik:a-id", "kik:b-id", "hi", 1)
    ]
    assert (set(tables["accounts"].account), rejects) == ({"kik:a-id", "kik:b-id"}, [])


def test_a_thread_of_three_is_a_room_and_a_device_is_an_identifier_of_its_account(tmp_path: Path) -> None:
    thread = node("t", "MessageThread", participant=[ref("a"), ref("b"), ref("c")],
                  messageThread={"@type": "uco-types:Thread", "co:element": [ref("m")]})
    device = node("d", "MobileDevice", IMEI="490154203237518")
    person = {"@id": "kb:p", "@type": "uco-identity:Person", "uco-core:name": "Ann"}
    path = put(tmp_path / "x.json", bundle(APP, A, B, C, thread, device, person, link("d", "Used_By", "a"),
                                           link("p", "Has_Account", "b"), said("m", "a", "b", "c")))
    _, tables, _ = read(tmp_path, path)
    assert list(tables["messages"].room) == ["kik:kb:t"]
    assert list(zip(tables["identifiers"].account, tables["identifiers"].value, strict=True)) == [
        ("kik:a-id", "490154203237518")
    ]
    persons = {row.account: json.loads(row.attributes).get("persons") for row in tables["accounts"].itertuples()}
    assert persons["kik:b-id"] == ["Ann"]


def test_full_names_and_other_prefixes_are_known_as_well(tmp_path: Path) -> None:
    prefix = f"{UCO}observable/"
    one = node("a", "DigitalAccount", prefix=prefix, accountIdentifier="a@example.org")
    two = node("m", "Message", prefix=prefix, **{"from": ref("a"), "to": ref("z")}, messageText="x", sentTime=T)
    _, tables, _ = read(tmp_path, put(tmp_path / "x.json", bundle(one, two)))
    assert list(zip(tables["messages"].sender, tables["messages"].recipient, strict=True)) == [
        ("case:a@example.org", "case:z")
    ]
    assert list(tables["identifiers"].kind) == ["email"]


def test_the_examples_of_case_are_read(tmp_path: Path) -> None:
    folder = real_data("case-uco")
    found, tables, rejects = read(tmp_path, folder / "message.json", folder / "accounts.json")
    whole = json.loads((folder / "message.json").read_text())["@graph"]
    written = [one for one in whole if one.get("@type") == "uco-observable:Message" and "uco-core:hasFacet" in one]
    assert sorted(tables["messages"].text) == sorted(
        one["uco-core:hasFacet"][0]["uco-observable:messageText"] for one in written
    )
    assert len(rejects) == 2, "two of its messages are stubs without a sender"
    assert {"whatsapp:account-3b61cb4c-f5fd-428c-80d7-79ac841a4f87"} <= set(tables["messages"].sender)
    assert reconciled(found)


def test_a_bundle_cut_anywhere_or_odd_keeps_what_stands_before(tmp_path: Path) -> None:
    whole = json.dumps(bundle(APP, A, B, said("m", "a", "b", text="first"), said("n", "b", "a", text="second")))
    first_ends = whole.index(', {"@id": "kb:n"')
    for number, cut in enumerate(range(300, len(whole), 137)):
        found, tables, rejects = read(tmp_path / str(number), put(tmp_path / str(number) / "x.json", whole[:cut]))
        assert reconciled(found)
        assert [one.reason for one in rejects] == ["the file ends too early"]
        assert list(tables["messages"].text if cut >= first_ends else ()) == ["first"][: int(cut >= first_ends)]
    odd = bundle(APP, A, B, 7, {"@id": 5, "@type": {"@id": "x"}}, said("m", "a"), said("n", "a", "b"))
    found, tables, rejects = read(tmp_path, put(tmp_path / "odd.json", odd))
    assert list(tables["messages"].text) == ["hi"]
    assert sorted(one.reason for one in rejects) == ["is no object", "the message names no recipient"]
    assert reconciled(found)
