"""A mark that many accounts use is said to tell little, wherever marks stand."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from graph.subgraph import Edge, Node, Subgraph
from ingest.lake import Lake, Record
from tests.unit.graph.search.cases import case_of
from workbench.dossier import CROWD, Event, Mark, Shared
from workbench.language import words
from workbench.views.models import records
from workbench.views.models.dossiers import account as model
from workbench.views.models.dossiers import side_by_side, timeline
from workbench.views.models.explore import rows
from workbench.views.models.names import Names, held_in, names_in
from workbench.views.models.words.marks import holders_told

EN, FR = words("en"), words("fr")


def mark(kind: str, value: str, holders: int) -> Mark:
    return Mark(kind, value, 1, None, None, (("p:a", 1),), holders)


@pytest.mark.parametrize(("kind", "holders", "told"), [
    ("ip", 1, "used by 1 account"), ("ip", CROWD, f"used by {CROWD} accounts"),
    ("ip", 150, "used by 150 accounts: a shared line tells little"),
    ("avatar_sha256", 150, "used by 150 accounts: what so many use tells little"),
])
def test_a_mark_says_how_many_use_it_and_a_crowd_s_that_it_tells_little(kind: str, holders: int, told: str) -> None:
    assert holders_told(kind, holders, EN) == told
    assert holders_told(kind, holders, FR) != told


def test_of_a_mark_of_a_crowd_nobody_is_named_in_the_table() -> None:
    marks = [mark("device", "d1", 2), mark("ip", "192.0.2.1", 150)]
    shown = model.mark_rows(marks, Names({"p:a": "oak"}), EN, account="p:x")
    assert list(shown["Also used by"]) == ["oak", "many: it tells little"]
    assert list(shown["Accounts"]) == [2, 150]


def test_who_else_used_a_mark_has_the_id_beside_a_name_that_another_has_too_and_a_long_value_an_ellipsis() -> None:
    names = Names({"p:a": "oak", "p:b": "oak", "p:c": "elm"})
    marks = [mark("device", "d" * 40, 3), Mark("device", "d2", 1, None, None, (("p:c", 1),), 2)]
    shown = model.mark_rows(marks, names, EN, account="p:x", letters=12)
    assert list(shown["Also used by"]) == ["oak (p:a) and 1 more", "elm"]
    assert list(shown["Value"]) == [f"{'d' * 11}…", "d2"]


def test_how_many_marks_are_a_crowd_s_is_said_with_the_most_used() -> None:
    marks = [mark("device", "d1", 2), mark("ip", "192.0.2.1", 150), mark("ip", "192.0.2.2", 160),
             mark("avatar_sha256", "0a", 250)]
    assert model.crowds_told(marks, Names(), EN, account="p:x") == (
        f"3 of them have more than {CROWD} accounts, as the address of a carrier or a school, or a picture that many "
        "take; most of all profile picture 0a (used by 250 accounts: what so many use tells little)."
    )
    assert model.crowds_told(marks[1:], Names(), EN, account="p:x").startswith("Every one of them has more than ")
    one = model.crowds_told(marks[:2], Names(), EN, account="p:x")
    assert one.startswith(f"1 of them has more than {CROWD} accounts")
    assert model.crowds_told(marks[:1], Names(), EN, account="p:x") == ""
    assert model.crowds_told([], Names(), EN, account="p:x") == ""


def test_a_record_of_a_lead_says_how_many_use_its_marks() -> None:
    session = {"account": "p:a", "ip": "192.0.2.1", "device_id": "d-1"}
    card = {"account": "p:a", "kind": "payment", "value": "visa-1"}
    listed = [Record(f"t:{n}", "t", "x.csv", "00", n, dict(row)) for n, row in enumerate((session, card))]
    holders = {("ip", "192.0.2.1"): 150, ("device", "d-1"): 2, ("payment", "visa-1"): 3}
    told = list(records.table(listed, Names(), EN, texts=False, holders=holders)["Content"])
    assert told == [
        "IP address 192.0.2.1 (used by 150 accounts: a shared line tells little), device d-1 (used by 2 accounts)",
        "Kind: payment, Value: visa-1 (used by 3 accounts)",
    ]
    assert list(records.table(listed[1:], Names(), EN, texts=False)["Content"]) == ["Kind: payment, Value: visa-1"]


def test_people_whose_names_look_the_same_are_told_apart_in_records_by_their_ids() -> None:
    listed = [
        Record(f"t:{n}", "t", "x.csv", "00", n, {"account": who}) for n, who in enumerate(("p:a", "p:b", "p:c", "p:d"))
    ]
    called = {"p:a": "lea", "p:b": "le\u0430", "p:c": "oak", "p:elsewhere": "oak", "p:d": "lea"}
    names = Names(called, frozenset({"p:d"}))
    who = list(records.table(listed, names, EN, texts=False)["Who"])
    assert who[:3] == ["lea (p:a)", "le\u0430 (p:b)", "oak"], "nobody else called so stands here"
    assert "lea" not in who[3], "a minor is masked"


def test_a_masked_minor_s_e_mail_and_telephone_are_shortened_until_opened_and_what_links_accounts_is_not() -> None:
    own = [mark("email", "little_fox@mail.example", 2), mark("phone", "+33 6 99 88 77 66", 1), mark("device", "d1", 2),
           mark("cookie", "c-1", 1), mark("ip", "192.0.2.1", 2)]
    names = Names({"p:kid": "fox"}, frozenset({"p:kid"}))
    mail, phone = (names.shortened(one.value) for one in own[:2])
    for shown, account, values in (
        (names, "p:kid", [mail, phone, "d1", "c-1", "192.0.2.1"]),
        (names, "p:other", [one.value for one in own]),
        (replace(names, opened=frozenset({"p:kid"})), "p:kid", [one.value for one in own]),
    ):
        assert list(model.mark_rows(own, shown, EN, account=account)["Value"]) == values
    shared = [replace(own[0], others=(("p:kid", 1),)), replace(own[2], others=(("p:kid", 1),))]
    lifted = replace(names, opened=frozenset({"p:kid"}))
    for seen, value in ((names, mail), (lifted, shared[0].value)):
        told = list(model.mark_rows(shared, seen, EN, account="p:other")["Value"])
        assert told == [value, "d1"], "a masked minor's as well"
        crowd = [replace(shared[0], holders=CROWD + 1)]
        assert ("little_fox" in model.crowds_told(crowd, seen, EN, account="p:other")) == (seen is not names)
    both = Shared(tuple((one.kind, one.value, one.holders) for one in own[:3]), (), (), (), None)
    assert list(side_by_side.mark_rows(both, ("p:other", "p:kid"), names, EN)["Value"]) == [mail, phone, "d1"]


def test_a_timeline_shortens_the_mark_of_a_masked_minor_on_its_own_page_and_on_another_s() -> None:
    day = datetime.fromisoformat("2024-03-01")
    events = [
        Event(day, None, "mark", word=kind, what=value)
        for kind, value in (("email", "little_fox@mail.example"), ("device", "fox-1"))
    ]
    names = Names({"p:kid": "fox"}, frozenset({"p:kid"}))
    held = replace(names, held={"email:little_fox@mail.example": frozenset({"p:kid"})})
    hidden = names.shortened("little_fox@mail.example")
    opened = replace(held, opened=frozenset({"p:kid"}))
    assert timeline.marks_in(events) == {"email:little_fox@mail.example", "device:fox-1"}
    for seen, account, mark in (
        (names, "p:kid", hidden), (held, "p:other", hidden), (names, "p:other", "little_fox@mail.example"),
        (opened, "p:kid", "little_fox@mail.example"),
    ):
        rows_ = timeline.event_rows(events, seen, {}, EN, lead=str, account=account)
        assert [told.partition(" ")[2] for told in rows_["More"]] == [mark, "fox-1"]


def test_in_a_record_a_mark_that_a_masked_minor_has_too_is_shortened(tmp_path: Path) -> None:
    people = [
        {"account_id": "kid", "pseudonym": "fox", "declared_age": 12},
        {"account_id": "ann", "pseudonym": "ann", "declared_age": 41},
    ]
    marks = [
        {"account_id": who, "kind": kind, "value": value} for who, kind, value in (
            ("kid", "email", "Little_Fox@mail.example"), ("ann", "email", "little_fox@mail.example"),
            ("ann", "email", "ann@mail.example"), ("kid", "cookie", "c-1"), ("ann", "cookie", "c-1"),
        )
    ]
    with Lake(case_of(tmp_path, {"accounts": people, "identifiers": marks})) as lake:
        ids = lake.table("identifiers").to_pyarrow().to_pylist()
        of_ann = lake.records([f"identifiers:{row['record_id']}" for row in ids if row["account"].endswith(":ann")])
        names = records.called(lake, of_ann, Names({"town:ann": "ann"}))
        opened = replace(names, opened=frozenset({"town:kid"}))
        assert held_in(lake.case, ["email:LITTLE_fox@mail.example", "email:ann@mail.example", "cookie:c-1"]) == {
            "email:LITTLE_fox@mail.example": frozenset({"town:kid"})
        }
    shown, mail = records.table(of_ann, names, EN, texts=False)["Content"], names.shortened("little_fox@mail.example")
    told = {"Kind: cookie, Value: c-1", "Kind: email, Value: ann@mail.example", f"Kind: email, Value: {mail}"}
    assert {*shown} == told
    assert "little_fox@mail.example" in records.table(of_ann, opened, EN, texts=False).to_string()


def test_in_a_picture_a_masked_minor_s_e_mail_is_shortened_and_a_device_is_not() -> None:
    nodes = [Node("p:kid", "Account", {"declared_age": 12}), Node("p:ann", "Account"), *(
        Node(f"{kind}:{value}", "Identifier", {"kind": kind, "value": value})
        for kind, value in (("email", "fox@x.example"), ("email", "ann@x.example"), ("device", "fox-1"))
    )]
    used = [Edge(f"Account/p:{who}", f"Identifier/{mark}", "USED") for who, mark in (
        ("kid", "email:fox@x.example"), ("ann", "email:ann@x.example"),
        ("kid", "device:fox-1"), ("ann", "device:fox-1"),
    )]
    graph = Subgraph.of(nodes, used)
    hidden = Names().shortened("fox@x.example")
    for names, shown in ((names_in(graph), hidden), (names_in(graph, opened=frozenset({"p:kid"})), "fox@x.example")):
        assert [names.of(mark.id) for mark in nodes[2:]] == [shown, "ann@x.example", "fox-1"]
        assert [names.identity(mark.id) for mark in nodes[2:]] == [
            f"email:{shown}", "email:ann@x.example", "device:fox-1",
        ]
        told = str([rows.properties(nodes[2], names, EN), names.full(nodes[2].id), names.called(nodes[2].id),
                    names.chained(nodes[2].id), names.apart(nodes[2].id)])
        assert ("fox" in told) == (shown == "fox@x.example")
