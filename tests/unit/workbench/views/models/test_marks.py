"""A mark that many accounts use is said to tell little, wherever marks stand."""

from dataclasses import replace

import pytest

from graph.subgraph import Edge, Node, Subgraph
from ingest.lake import Record
from workbench.dossier import CROWD, Mark, Shared
from workbench.language import words
from workbench.views.models import records
from workbench.views.models.dossiers import account as model
from workbench.views.models.dossiers import side_by_side
from workbench.views.models.explore import rows
from workbench.views.models.names import Names, names_in
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


def test_how_many_marks_are_a_crowd_s_is_said_with_the_most_used() -> None:
    marks = [mark("device", "d1", 2), mark("ip", "192.0.2.1", 150), mark("ip", "192.0.2.2", 160),
             mark("avatar_sha256", "0a", 250)]
    assert model.crowds_told(marks, Names(), EN, account="p:x") == (
        f"3 of them have more than {CROWD} accounts, as a carrier's address or a school's has; most of all IP address "
        "192.0.2.2 (used by 160 accounts: a shared line tells little)."
    )
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
    for shown, account, values in (
        (names, "p:kid", ["▪▪▪le", "▪▪▪66", "d1", "c-1", "192.0.2.1"]),
        (names, "p:other", [one.value for one in own]),
        (replace(names, opened=frozenset({"p:kid"})), "p:kid", [one.value for one in own]),
    ):
        assert list(model.mark_rows(own, shown, EN, account=account)["Value"]) == values
    both = Shared(tuple((one.kind, one.value, one.holders) for one in own[:3]), (), (), (), None)
    assert list(side_by_side.mark_rows(both, ("p:other", "p:kid"), names, EN)["Value"]) == ["▪▪▪le", "▪▪▪66", "d1"]


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
    for names, shown in ((names_in(graph), "▪▪▪le"), (names_in(graph, opened=frozenset({"p:kid"})), "fox@x.example")):
        assert [names.of(mark.id) for mark in nodes[2:]] == [shown, "ann@x.example", "fox-1"]
        assert [names.identity(mark.id) for mark in nodes[2:]] == [
            f"email:{shown}", "email:ann@x.example", "device:fox-1",
        ]
        told = str([rows.properties(nodes[2], names, EN), names.full(nodes[2].id), names.called(nodes[2].id),
                    names.chained(nodes[2].id), names.apart(nodes[2].id)])
        assert ("fox" in told) == (shown == "fox@x.example")
