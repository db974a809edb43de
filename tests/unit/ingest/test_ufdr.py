"""Cellebrite reports: chats, calls, contacts and accounts of a report.xml, alone or in its zip, torn and hostile.

The samples are built after the format as IPED and UFEDLib read it; all people are invented.
"""

import json
import zipfile
from pathlib import Path

import pytest

from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from ingest.errors import SourceUnreadable
from ingest.sources.registry import reader_for
from tests.unit.ingest.chat_exports import as_written, put, read, reconciled

T = "2024-05-01T16:03:04.000+00:00"
HEAD = ('<?xml version="1.0" encoding="utf-8"?>\n<project id="p1" name="Device 7" extractionType="Physical" '
        'xmlns="http://pa.cellebrite.com/report/2.0">')
END = "</decodedData></project>"


def field(name: str, value: str, kind: str = "String", more: str = "") -> str:
    return f'<field name="{name}" type="{kind}"><value type="{kind}"{more}>{value}</value></field>'


def party(identifier: str = "", name: str = "", *, owner: bool = False, role: str = "") -> str:
    told = "".join((
        field("Identifier", identifier) if identifier else '<field name="Identifier" type="String"><empty/></field>',
        field("Name", name) if name else "", field("Role", role, "PartyRole") if role else "",
        field("IsPhoneOwner", "True", "Boolean") if owner else "",
    ))
    return f'<model type="Party" id="x">{told}</model>'


def models(name: str, kind: str, *inner: str) -> str:
    return f'<multiModelField name="{name}" type="{kind}">{"".join(inner)}</multiModelField>'


def one(name: str, kind: str, inner: str) -> str:
    return f'<modelField name="{name}" type="{kind}">{inner}</modelField>'


def message(sender: str, text: str, *, at: str = T, state: str = "Intact", more: str = "", number: str = "") -> str:
    written = one("From", "Party", sender) if sender else ""
    return (f'<model type="InstantMessage" id="m" deleted_state="{state}">{written}'
            + field("Body", f"<![CDATA[{text}]]>") + (field("Identifier", number) if number else "")
            + field("TimeStamp", at, "TimeStamp", ' format="TimeStampKnown"') + more + "</model>")


def chat(source: str, number: str, people: tuple[str, ...], *messages: str, name: str = "", late: bool = False) -> str:
    participants, said = models("Participants", "Party", *people), models("Messages", "InstantMessage", *messages)
    body = said + participants if late else participants + said
    return (f'<model type="Chat" id="c-{number}" deleted_state="Intact">{field("Source", source)}{field("Id", number)}'
            + (field("Name", name) if name else "") + body + "</model>")


def report(*parts: str, before: str = "", kind: str = "Chat") -> str:
    return f'{HEAD}{before}<decodedData><modelType type="{kind}">{"".join(parts)}</modelType>{END}'


WOLF, KID = "32470000001@s.whatsapp.net", "32470000002@s.whatsapp.net"
PAIR = (party(WOLF, "Wolf", owner=True), party(KID, "Kid"))
FIRST, SECOND = message(party(WOLF), "first", number="A1"), message(party(KID), "second", number="A2")
TALK = chat("WhatsApp", KID, PAIR, FIRST, SECOND)


def model(kind: str, *parts: str, state: str = "Intact") -> str:
    return f'<model type="{kind}" id="{kind}" deleted_state="{state}">{"".join(parts)}</model>'


def test_a_chat_of_two_is_private_and_numbers_are_accounts_and_phones(tmp_path: Path) -> None:
    found, tables, _ = read(tmp_path, put(tmp_path / "report.xml", report(TALK)))
    sent = tables["messages"]
    assert list(sent.sender) == ["whatsapp:+32470000001", "whatsapp:+32470000002"]
    assert list(sent.recipient) == ["whatsapp:+32470000002", "whatsapp:+32470000001"]
    assert list(sent.text) == ["first", "second"]
    assert list(sent.message_id) == [f"{KID}/A1", f"{KID}/A2"]
    assert (list(sent.row), set(map(str, sent.sent_at))) == ([4, 6], {"2024-05-01 16:03:04"})
    assert set(zip(tables["identifiers"].account, tables["identifiers"].value, strict=True)) == {
        ("whatsapp:+32470000001", "+32470000001"), ("whatsapp:+32470000002", "+32470000002"),
    }
    assert {"Wolf", "Kid"} <= set(tables["accounts"].pseudonym)
    assert reconciled(found)


@pytest.mark.parametrize("late", [False, True])
def test_three_are_a_room_a_name_alone_is_weak_and_deleted_is_marked(tmp_path: Path, late: bool) -> None:
    people = (party("u1", "A", owner=True), party("u2", "B"), party("", "Somebody"))
    system = message(party("", "System Message"), "B joined")
    talk = chat("Signal", "g9", people, message(party("", "Somebody"), "gone", state="Deleted"), system,
                message("", "mine"), name="Harbour", late=late)
    _, tables, _ = read(tmp_path, put(tmp_path / "report.xml", report(talk)))
    sent = tables["messages"]
    assert list(sent.sender) == ["signal:Somebody in Device 7", "signal:system of Device 7", "signal:u1"]
    assert (set(sent.room), list(tables["rooms"].name)) == ({"signal:g9"}, ["Harbour"])
    told = [json.loads(text) if isinstance(text, str) else {} for text in sent.attributes]
    assert [(one.get("deleted"), one.get("form")) for one in told] == [(True, None), (None, "notice"), (None, None)]
    weak = tables["accounts"][tables["accounts"].pseudonym == "Somebody"].attributes.iloc[0]
    assert json.loads(weak) == {"weak_identity": True}


def test_calls_texts_contacts_and_own_accounts(tmp_path: Path) -> None:
    mail, number = field("Value", "w@example.org"), field("Value", "+32 470 00 00 02")
    owner = model("UserAccount", field("Source", "Kik"), field("Username", "wolf9"),
                  models("Entries", "ContactEntry", model("EMailAddress", mail)))
    entries = model("UserID", field("Value", "kid7")), model("PhoneNumber", number)
    friend = model("Contact", field("Source", "Kik"), field("Name", "Kid"), models("Entries", "ContactEntry", *entries),
                   state="Deleted")
    call = model("Call", field("Source", "Kik"), field("Direction", "Incoming"),
                 field("Duration", "00:01:05", "TimeSpan"),
                 field("TimeStamp", "01/05/2024 18:03:04(UTC+2)", "TimeStamp"),
                 models("Parties", "Party", party("kid7", role="From")))
    text = model("SMS", field("Body", "hello"), field("TimeStamp", T, "TimeStamp"),
                 models("Parties", "Party", party("+32470000009", role="To"), party("+32470000008", role="To")))
    unread = f'</modelType><modelType type="Journey"><model type="Journey" id="j">{field("Name", "trip")}</model>'
    path = put(tmp_path / "report.xml", report(owner, friend, call, text, unread))
    found, tables, rejects = read(tmp_path, path)
    sent = tables["messages"].sort_values("row")
    assert list(zip(sent.sender, sent.recipient, strict=True)) == [
        ("kik:kid7", "kik:wolf9"), ("sms:owner of Device 7", "sms:+32470000009"),
        ("sms:owner of Device 7", "sms:+32470000008"),
    ]
    assert json.loads(sent.attributes.iloc[0]) == {"form": "call", "duration": "00:01:05", "direction": "Incoming"}
    assert str(sent.sent_at.iloc[0]) == "2024-05-01 16:03:04"
    assert as_written(tmp_path, "messages", sent.record_id[:1]) == ["01/05/2024 18:03:04(UTC+2)"]
    assert {("kik:wolf9", "email", "w@example.org"), ("kik:kid7", "phone", "+32470000002")} <= set(
        zip(tables["identifiers"].account, tables["identifiers"].kind, tables["identifiers"].value, strict=True))
    kid = tables["accounts"][tables["accounts"].pseudonym == "Kid"].attributes.iloc[0]
    assert json.loads(kid) == {"contact": True, "deleted": True}
    assert (found.ignored, rejects) == ((f"{path}: Journey",), [])


def test_attachments_are_name_and_hash_of_the_tagged_file(tmp_path: Path) -> None:
    tagged = ('<taggedFiles><file id="f1" path="/x"><metadata section="File"><item name="MD5">'
              'd41d8cd98f00b204e9800998ecf8427e</item></metadata></file></taggedFiles>')
    target = '<jumptargets><targetid ismodel="false">f1</targetid></jumptargets>'
    attached = one("Attachment", "Attachment", model("Attachment", field("Filename", "a/b.jpg"), target))
    talk = chat("Kik", "c", PAIR, message(party(WOLF), "x", more=attached))
    path = put(tmp_path / "r.xml", report(talk, before=tagged))
    _, tables, _ = read(tmp_path, path)
    assert json.loads(tables["messages"].attributes.iloc[0])["attachments"] == [
        {"name": "b.jpg", "hash": "d41d8cd98f00b204e9800998ecf8427e"}
    ]


def test_the_zip_is_read_in_place_and_two_extractions_of_one_device_agree(tmp_path: Path) -> None:
    plain = put(tmp_path / "report.xml", report(TALK))
    with zipfile.ZipFile(tmp_path / "device.ufdr", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("report.xml", report(TALK).replace('id="m"', 'id="other"'))
        packed.writestr("files/image.jpg", b"never looked at")
    assert reader_for(tmp_path / "device.ufdr").NAME == "ufdr"
    case = CaseFolder(tmp_path / "ws", "case")
    ingest([plain], case=case)
    second = ingest([tmp_path / "device.ufdr"], case=case)
    assert (second.tables["messages"].accepted, second.tables["messages"].duplicate) == (0, 2)


def test_a_report_cut_anywhere_keeps_what_stands_before(tmp_path: Path) -> None:
    whole = report(TALK)
    for number, cut in enumerate(range(len(HEAD) + 60, len(whole), len(whole) // 12)):
        path = put(tmp_path / str(number) / "report.xml", whole[:cut])
        found, tables, rejects = read(tmp_path / str(number), path)
        assert reconciled(found)
        assert [one.reason for one in rejects] == ["the file ends too early"]
        ended = whole[:cut].count('TimeStampKnown">' + T + "</value></field></model>")
        assert list(tables["messages"].text if ended else ()) == ["first", "second"][:ended]


@pytest.mark.parametrize(("odd", "shown"), [
    ("fi&#x0;rst\x07", "fi\ufffdrst\ufffd"), ("<script>", "<script>"), ("a]]&gt;b", "a]]&gt;b"),
    ("\u202etxt", "\u202etxt"),
])
def test_what_xml_forbids_spoils_no_row(tmp_path: Path, odd: str, shown: str) -> None:
    talk = TALK.replace("first", odd).replace("<![CDATA[fi&#x0;rst\x07]]>", "fi&#x0;rst\x07")
    _, tables, rejects = read(tmp_path, put(tmp_path / "report.xml", report(talk)))
    assert (list(tables["messages"].text), rejects) == ([shown, "second"], [])


@pytest.mark.parametrize(("body", "what"), [
    ('<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;&b;">]>' + report(TALK)[report(TALK).index("<project"):],
     "declares a document type"),
    (report("<a>" * 100_000), "nests more than 120 levels deep"),
    (report(TALK, "<model></field>"), "is no XML from line"),
])
def test_entities_depth_and_broken_xml_end_in_one_reject(tmp_path: Path, body: str, what: str) -> None:
    path = put(tmp_path / "report.xml", body)
    found, _, rejects = read(tmp_path, path)
    assert [what in one.reason for one in rejects] == [True]
    assert reconciled(found)


def test_a_zip_that_swells_or_is_torn_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "d.ufdr"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("report.xml", report(TALK) + " " * (280 << 20))
    with pytest.raises(SourceUnreadable, match="swells to more than"):
        ingest([path], case=CaseFolder(tmp_path / "ws", "case"))
