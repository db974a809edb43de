"""One value in one form, and values that name nobody."""

import ibis
import pyarrow as pa
import pytest

from graph.detect.context import DetectionContext
from graph.detect.shells import ShellParameters, find_shells
from graph.text_forms.written import identifier, named, place_of, places
from tests.unit.graph.detect.relational_evidence import WrittenEvidence
from tests.unit.graph.detect.shells.shell_platform import DAY, Platform, members

CASES = [
    ("email", " Jo.Han@Mail.Example ", "jo.han@mail.example"),
    ("email", "Jo.Han+2@gmail.com", "johan@gmail.com"),
    ("email", "johan@googlemail.com", "johan@gmail.com"),
    ("email", "jo.han+alt@outlook.com", "jo.han@outlook.com"),
    ("email", "jo.han+alt@hotmail.co.uk", "jo.han@hotmail.co.uk"),
    ("email", "jo.han+alt@mail.example", "jo.han+alt@mail.example"),  # nobody says that it delivers so
    ("email", "+2@gmail.com", "+2@gmail.com"),
    ("email", "johan2@gmail.com", "johan2@gmail.com"),
    ("email", "johan", "johan"),
    ("email", "n.one+1@gmail.com", None),
    ("email", "none@none.com", None),
    ("email", "nonette@none.com", "nonette@none.com"),
    ("phone", "0033 6 12-34.56 78", "+33612345678"),
    ("phone", "+33 6 00 00 00 00", None),
    ("phone", "a3f9 0000000", "a3f9 0000000"),  # no number: a digest, say
    ("cookie", "undefined", None),
    ("cookie", "Unknowns", "Unknowns"),
    ("payment", "----", None),
    ("device", "00000000-0000-0000-0000-000000000000", None),
    ("device", "9774D56D682E549C", None),
    ("device", "7", "7"),
    ("device", "aab", "aab"),
    ("device", "\u0645\u0633\u062a\u062e\u062f\u0645", "\u0645\u0633\u062a\u062e\u062f\u0645"),
]


def test_values_take_one_form_or_none():
    given = ibis.memtable(pa.table({"kind": [kind for kind, *_ in CASES], "value": [value for _, value, _ in CASES]}))
    read = given.mutate(form=identifier(given.kind, given.value)).to_pyarrow().to_pylist()
    assert {(row["kind"], row["value"]): row["form"] for row in read} == {(k, v): form for k, v, form in CASES}


def test_a_device_is_the_text_without_its_blanks():
    given = ibis.memtable(pa.table({"value": [" Pixel-1 ", "n/a", "(null)", "emulator"]}))
    assert [row["form"] for row in given.mutate(form=named(given.value)).to_pyarrow().to_pylist()] == [
        "Pixel-1", None, None, None,
    ]


@pytest.mark.parametrize(("text", "place"), [
    ("2001:DB8:1:2:0:0:0:1", "2001:db8:1:2::/64"),
    ("2001:db8:1:2:9f::7", "2001:db8:1:2::/64"),
    ("[2001:db8:1:2::1]", "2001:db8:1:2::/64"),
    ("fe80::1%eth0", "fe80::/64"),
    ("::ffff:192.0.2.7", "192.0.2.7"),
    ("192.0.2.7:50123", "192.0.2.7"),
    ("::1", ""),
    ("::", ""),
    ("not:an:address", "not:an:address"),
])
def test_the_place_of_an_address(text, place):
    assert place_of(text) == place


def test_addresses_of_no_place_are_left_out():
    read = places(ibis.memtable(pa.table({"ip": ["192.0.2.7", "::ffff:192.0.2.7", "0.0.0.0", "127.0.0.1", "::1"]})))
    assert sorted((row["ip"], row["value"]) for row in read.to_pyarrow().to_pylist()) == [
        ("192.0.2.7", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7"),
    ]


def test_values_that_name_nobody_link_nobody_and_are_noted():
    platform = Platform()
    for number, name in enumerate(("n1", "n2")):
        platform.account(name, name=platform.word())
        platform.evenings([name], device="unknown", ip=f"10.9.9.{number}")
        platform.identifiers += [
            {"account": f"c:{name}", "kind": kind, "value": value}
            for kind, value in (("email", "none@none.com"), ("phone", "0000000000"), ("cookie", "undefined"))
        ]
    context = DetectionContext(WrittenEvidence(
        accounts=platform.accounts, sessions=platform.sessions, identifiers=platform.identifiers
    ))
    assert find_shells(context, ShellParameters()) == ()
    assert context.notes["shell"] == [
        f"1 values of kind {kind} name nobody (unknown, zeros and the like) and link none"
        for kind in ("cookie", "device", "email", "phone")
    ]


def test_an_operator_is_found_however_its_addresses_are_written_and_the_records_open():
    platform = Platform()
    ring = {"r1": ("Le.Roi@Mail.Example", "2001:db8:1:2::1"), "r2": ("le.roi@mail.example ", "2001:DB8:1:2:0:0:0:9")}
    for name, (mail, ip) in ring.items():
        platform.account(name, name={"r1": "Belakovu", "r2": "b3lakovu"}[name])
        platform.identifiers.append({"account": f"c:{name}", "kind": "email", "value": mail})
        for day in range(8):
            start = day * DAY + (60_000 if name == "r1" else 66_000)
            platform.session(name, start, start + 1800, f"d-{name}", ip)
    found = platform.found()
    assert members(found) == [("c:r1", "c:r2")]
    reasons = {reason.code: reason for reason in found[0].reasons}
    assert reasons["same_address"].values["value"].value == "2001:db8:1:2::/64"
    assert len(reasons["same_address"].records) == 2
    assert reasons["same_email"].records == ("identifiers:i00000", "identifiers:i00001")
