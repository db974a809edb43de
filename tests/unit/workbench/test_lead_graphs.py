"""The drawing of a lead: every cited record is a link or a node, who is who, who came first, how rare a tie is."""

import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from graph import fetch
from graph.detect.finding import Finding
from graph.detect.reason import CounterEvidence, Reason
from graph.detect.values import count, quote, word
from graph.subgraph import Edge, Node, Subgraph
from ingest.case_folder import label_key
from ingest.lake import Lake
from tests.unit.graph.detect.small_platform import Platform, lake_of, write_folder
from tests.unit.workbench.views.models import test_pictures as platform
from workbench.dossier import LATER, LIKELY, not_known_then
from workbench.language import words
from workbench.lead_graphs import (
    BYSTANDER,
    MEMBER,
    SUBJECT,
    TARGET,
    Drawing,
    caption_of,
    caption_text,
    drawing_of,
    numbered,
    on_one_line,
    together,
)
from workbench.lead_graphs.places import columns
from workbench.lead_picture import picture_of
from workbench.masking.leads import lead_called
from workbench.views.models.names import mask

EN, FR = words("en"), words("fr")


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lake]:
    yield from platform.lake.__wrapped__(tmp_path_factory)  # type: ignore[attr-defined]


def refs(lake: Lake, table: str, **wanted: str) -> tuple[str, ...]:
    return tuple(platform.refs(lake, table, **wanted))


def keys(*names: str) -> list[str]:
    return [f"Account/small:{name}" for name in names]


def graph(keys: list[str]) -> Subgraph:
    """The graph of the platform: the device has two accounts of all, the register its shares."""
    known = {"Identifier/device:d1": {"kind": "device", "value": "d1", "accounts": 2}}
    nodes = [Node(key.partition("/")[2], key.partition("/")[0], known.get(key, {})) for key in keys]
    owned = {"share": 0.6, "kind": "shareholding"}
    return Subgraph.of(nodes, [Edge("Company/register:c2", "Company/register:c1", "OWNS", owned)])


def drawn(lake: Lake, finding: Finding) -> Drawing:
    """The drawing, of which every kind holds: what is cited is shown, by what is there, and nothing covers another."""
    drawing = drawing_of(lake, graph, finding)
    links = {(edge.source, edge.target, edge.type) for edge in drawing.subgraph.edges}
    nodes = {node.key for node in drawing.subgraph.nodes}
    assert {one for one in drawing.shows if not isinstance(one, str)} <= links
    assert {one for one in drawing.shows if isinstance(one, str)} <= nodes
    cited = {ref for reason in finding.reasons for ref in reason.records}
    assert {ref for shown in drawing.shows.values() for ref in shown} | set(drawing.lacking) == cited
    assert set(drawing.places) == nodes
    assert len(set(drawing.places.values())) == len(nodes)
    return drawing


def lead(kind: str, members: tuple[str, ...], targets: tuple[str, ...], *reasons: Reason) -> Finding:
    return Finding(
        kind, tuple(f"small:{one}" for one in members), "strong", 0.9, reasons,
        targets=tuple(f"small:{one}" for one in targets),
    )


def test_a_hub_s_minors_stand_apart_from_adults_and_links_are_numbered_in_order_of_time(lake: Lake) -> None:
    drawing = drawn(lake, platform.hub(lake))
    assert drawing.parts == {
        **dict.fromkeys(keys("k1", "k2", "k3"), TARGET), **dict.fromkeys(keys("g1", "g3"), BYSTANDER),
        "Account/small:hub": MEMBER,
    }
    assert all(drawing.places[key][0] > 0 for key in keys("k1", "k2", "k3"))
    assert all(drawing.places[key][0] < 0 for key in keys("g1", "g3"))
    order = {link[1]: caption.order for link, caption in drawing.captions.items()}
    assert order == dict(zip(keys("k1", "k2", "k3", "g1", "g3"), range(1, 6), strict=True))


def test_whom_a_hub_wrote_to_first_and_is_a_minor_only_later_or_likely_stands_with_its_minors(tmp_path: Path) -> None:
    people = Platform(adults=0, teens=0)
    for name, age in (("hub", 40), ("kid", 13), ("told", None), ("likely", None), ("nobody", None), ("grown", 30)):
        people.account(name, age=age)
    for hour, account in enumerate(people.accounts[1:], start=2):
        people.private("hub", account["account_id"], hour)
    people.post("told", 90, text="im 14")
    with lake_of(tmp_path / "w", [write_folder(tmp_path / "s", people.tables())]) as lake:
        kid, told, likely = (refs(lake, "messages", recipient=name) for name in ("kid", "told", "likely"))
        finding = lead(
            "hub", ("hub",), ("kid",), Reason("minors_among_first_contacts", {}, records=kid),
            Reason("likely_minors", {}, records=(*told, *likely)),
        )
        drawing = drawn(lake, finding)
        assert not_known_then(lake, finding) == {"small:told": LATER, "small:likely": LIKELY}
        other = lead("extortion", ("hub",), ("kid",), Reason("likely_minors", {}, records=likely))
        assert not_known_then(lake, other) == {}
    assert drawing.parts == dict(zip(
        keys("hub", "kid", "told", "likely", "nobody", "grown"),
        (MEMBER, TARGET, LATER, LIKELY, BYSTANDER, BYSTANDER), strict=True,
    ))
    assert all(drawing.places[key][0] > 0 for key in keys("kid", "told", "likely"))
    assert all(drawing.places[key][0] < 0 for key in keys("nobody", "grown"))


def test_of_several_leads_everybody_has_the_most_serious_part_and_all_ties_are_there(lake: Lake) -> None:
    sessions = (*refs(lake, "sessions", account="g1"), *refs(lake, "sessions", account="g2"))
    hub = drawn(lake, platform.hub(lake))
    shell = drawn(lake, lead("shell", ("g1", "g2"), (), Reason("hand_overs", {}, records=sessions)))
    both = together([hub, shell])
    assert both is not None
    assert both.parts == {**hub.parts, **dict.fromkeys(keys("g1", "g2"), MEMBER)}
    assert both.shows.keys() == hub.shows.keys() | shell.shows.keys()
    assert {edge.type for edge in both.subgraph.edges} == {"CONTACTED", "HANDED_OVER"}
    assert together([]) is None


def test_a_crew_s_columns_say_who_came_to_whom_when_and_how_long_after_the_first(lake: Lake) -> None:
    cited = [ref for who in ("hub", "g1", "g2") for ref in refs(lake, "messages", sender=who, recipient="k1")]
    drawing = drawn(lake, lead("ambush", ("hub", "g1", "g2"), ("k1",), Reason("meetings", {}, records=tuple(cited))))
    left = {drawing.places[key][0] for key in keys("hub", "g1", "g2")}
    assert left < {drawing.places["Account/small:k1"][0]} or max(left) < drawing.places["Account/small:k1"][0]
    caption = drawing.captions["Account/small:g2", "Account/small:k1", "CONTACTED"]
    assert (caption.order, caption.later_s) == (3, 3600.0)
    assert caption_text(caption, EN).endswith("· 60 min later")
    assert caption_text(caption, FR).endswith("· 60 min après")


def test_a_ring_is_tied_by_what_two_have_and_each_tie_says_how_rare_it_is(lake: Lake) -> None:
    told = {"accounts": count(7)}
    device = Reason("same_device", told, records=refs(lake, "sessions", device_id="d1"))
    names = Reason("same_name", told, records=refs(lake, "accounts", pseudonym="twin"))
    mail = Reason("same_email", told, records=refs(lake, "identifiers"))
    drawing = drawn(lake, lead("shell", ("g1", "g2", "g3"), (), device, names, mail))
    ties = {(edge.source, edge.target) for edge in drawing.subgraph.edges if edge.type != "CONTACTED"}
    assert ties == {
        *((key, "Identifier/device:d1") for key in keys("g1", "g2")),
        *((key, "Identifier/email:x@example.org") for key in keys("g2", "g3")),
        *((key, "Name/twln") for key in keys("g2", "g3")),
    }
    device_tie = drawing.captions["Account/small:g1", "Identifier/device:d1", "USED"]
    assert caption_text(device_tie, EN) == "2 of 7 accounts"
    assert drawing.marks["Name/twln"].held == 2


def test_a_hand_over_is_a_tie_of_its_own_and_stands_for_its_sessions(lake: Lake) -> None:
    sessions = (*refs(lake, "sessions", account="g1"), *refs(lake, "sessions", account="g2"))
    drawing = drawn(lake, lead("shell", ("g1", "g2"), (), Reason("hand_overs", {}, records=sessions)))
    (tie,) = drawing.subgraph.edges
    assert (tie.source, tie.target, tie.type) == (*keys("g1", "g2"), "HANDED_OVER")
    assert drawing.captions[tie.source, tie.target, tie.type].times == 1


def test_an_owner_stands_above_the_company_and_a_circle_says_so(lake: Lake) -> None:
    holdings = Reason("ownership_paths", {}, records=refs(lake, "ownerships"))
    company, owner = _register(lake)
    finding = Finding("owner", (owner,), "strong", 0.8, (holdings,), targets=(company,))
    drawing = drawn(lake, finding)
    below = drawing.places[f"Company/{company}"][1]
    assert drawing.places[f"Person/{owner}"][1] > below
    assert drawing.parts == {f"Company/{company}": TARGET, f"Person/{owner}": MEMBER}
    circles = [link for link, caption in drawing.captions.items() if caption.circle]
    assert [link[1] for link in circles] == [f"{link[1]}" for link in circles]
    assert len(circles) == 1
    edge = Edge("a", "b", "OWNS", {"share": 0.6, "kind": "shareholding"})
    assert caption_text(caption_of(edge, {}), EN) == "60 % · shareholding"


def test_of_a_period_a_link_says_how_many_of_its_messages_lie_in_it():
    edge = Edge("Account/p:a", "Account/p:b", "CONTACTED", {"messages": 10})
    said = {within: caption_text(caption_of(edge, {}, within), EN) for within in (None, 10, 5, 0)}
    assert said == {
        None: "10 messages", 10: "10 messages", 5: "10 messages, 5 in the period", 0: "10 messages, 0 in the period",
    }
    assert caption_text(caption_of(edge, {}, 5), FR) == "10 messages, dont 5 dans la période"
    used = Edge("Account/p:a", "Identifier/ip:x", "USED", {"times": 8})
    said = {within: caption_text(caption_of(used, {}, within), EN) for within in (None, 8, 3, 1)}
    assert said == {None: "8 times", 8: "8 times", 3: "8 times, 3 in the period", 1: "8 times, 1 in the period"}
    assert caption_text(caption_of(used, {}, 3), FR) == "8 fois, dont 3 dans la période"


def _register(lake: Lake) -> tuple[str, str]:
    held = lake.table("ownerships").to_pyarrow().to_pylist()
    return next(row["owned"] for row in held if row["owned"].endswith("c1")), next(
        row["owner"] for row in held if row["owner"].endswith("p1")
    )


def test_behind_the_first_of_several_links_of_one_line_stands_what_came_back_and_how_many_are_left():
    """“5 messages (×2)” read as ten; there were five, and four back."""
    to = Edge("Account/a", "Account/b", "CONTACTED", {"messages": 5})
    back = Edge("Account/b", "Account/a", "CONTACTED", {"messages": 4})
    reported, other = Edge("Account/b", "Account/a", "REPORTED"), Edge("Account/a", "Account/c", "CONTACTED")

    def behind(edges: list[Edge], *captions: str, language: str = "en") -> list[str]:
        return on_one_line(edges, captions, words(language))

    assert behind([to, back, other], "5 messages", "4 messages", "1 message") == ["4 back", "5 back", ""]
    assert behind([to, back, reported], "5 messages", "4 messages", "") == ["4 back · +1 link", "5 back · +1 link", ""]
    assert behind([to, reported], "5 messages", "1 time") == ["+1 link", "+1 link"]
    assert behind([to, back], "5 messages · 4 back", "") == ["", ""], "it says so itself"
    assert behind([to, back], "5 messages", "", language="fr") == ["4 en retour", ""]
    assert behind([to, to], "", "") == ["", ""]
    assert behind([Edge("Account/a", "Account/a", "CONTACTED", {"messages": 2})], "2 messages") == [""]
    assert behind([]) == []


def test_a_convergence_has_those_who_came_on_one_side_in_order(lake: Lake) -> None:
    cited = tuple(ref for who in ("hub", "g1", "g2") for ref in refs(lake, "messages", sender=who, recipient="k1")[:1])
    drawing = drawn(
        lake, lead("convergence", ("hub", "g1", "g2"), ("k1",), Reason("adults_wrote_first", {}, records=cited))
    )
    assert drawing.places["Account/small:k1"] == (0.0, 0.0)
    heights = [drawing.places[key][1] for key in keys("hub", "g1", "g2")]
    assert all(high > low for high, low in pairwise(heights)), "from the top down"


def test_a_recruiter_s_people_lead_on_to_where_they_were_sent(lake: Lake) -> None:
    cited = tuple(refs(lake, "messages", sender="hub", recipient=who)[0] for who in ("k1", "k2"))
    bearer = refs(lake, "accounts", account="g3")
    sent = {"names": quote(["g3"]), "subject": word("person")}
    reason = Reason("people_sent_to_one_subject", sent, records=(*cited, *bearer))
    drawing = drawn(lake, lead("recruitment", ("hub",), ("k1", "k2"), reason))
    x = {key: place[0] for key, place in drawing.places.items()}
    assert x["Account/small:hub"] < x["Account/small:k1"] == x["Account/small:k2"] < x["Account/small:g3"]
    assert {edge.source for edge in drawing.subgraph.edges if edge.type == "SENT_TO"} == set(keys("k1", "k2"))
    assert drawing.parts["Account/small:g3"] == SUBJECT, "the legend says so, and it is named as the recruiter is"
    named = Reason("people_sent_to_one_subject", sent, records=cited)
    assert "Name/g3" in drawn(lake, lead("recruitment", ("hub",), ("k1", "k2"), named)).places


def test_an_extorter_s_links_say_how_many_messages_went_each_way(lake: Lake) -> None:
    cited = refs(lake, "messages", sender="hub", recipient="k1")
    drawing = drawn(lake, lead("extortion", ("hub",), ("k1",), Reason("minors_pressed", {}, records=cited)))
    caption = drawing.captions["Account/small:hub", "Account/small:k1", "CONTACTED"]
    assert (caption.order, caption.messages, caption.back) == (1, 2, 0)
    assert caption_text(caption, EN).endswith("2 messages · 0 back")


def test_a_room_stands_beside_those_who_met_there(lake: Lake) -> None:
    met = Reason("contacts_that_start_here", {}, records=refs(lake, "messages", sender="g2", recipient="k1"))
    adults = Reason("adults_who_seek_minors_here", {}, records=refs(lake, "accounts", account="g2"))
    finding = Finding("room", ("small:r1",), "strong", 0.9, (met, adults), targets=("small:k1",))
    x = {key: place[0] for key, place in drawn(lake, finding).places.items()}
    assert x["Room/small:r1"] < x["Account/small:g2"] < x["Account/small:k1"]


def test_a_long_column_goes_on_beside_itself_without_growing_flat() -> None:
    placed = columns(["room"], [f"adult {nth}" for nth in range(220)], [f"minor {nth}" for nth in range(70)])
    wide, high = (max(part) - min(part) for part in zip(*placed.values(), strict=True))
    assert high > wide / 2
    assert min(math.dist(one, other) for one, other in combinations(placed.values(), 2)) >= 1.0


def test_what_is_cited_and_no_longer_there_is_said_and_a_person_s_own_lead_is_drawn(lake: Lake) -> None:
    own = lead("manual", ("hub",), ("k1",), Reason("as_written", {}, records=("messages:nowhere",)))
    drawing = drawn(lake, own)
    assert drawing.lacking == ("messages:nowhere",)
    assert set(drawing.places) == set(keys("hub", "k1"))


def test_a_picture_names_whom_the_lead_is_about_masked_where_masks_are_and_says_why_not(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "nodes", lambda _store, keys: SimpleNamespace(subgraph=graph(keys)))
    cited = tuple(refs(lake, "messages", sender="hub", recipient=who)[0] for who in ("k1", "k3"))
    wrote = Reason("reports_by_targets", {"reports": count(2)}, records=cited)
    against = CounterEvidence("role", {"role": word("helpline")})
    for member, called in (("g2", "twin"), ("k1", mask("small:k1", label_key(lake.case)))):
        one = Finding("hub", (f"small:{member}",), "weak", 0.1, (wrote,), (against,), ("small:k3",))
        _, scene = picture_of(lake, lake.case, cast(Any, None), one)
        assert scene.title == f"hub, weak: {called} · {lead_called(one.finding_id, label_key(lake.case))}"
        why, why_not, clears = scene.told
        assert [part.heading for part in scene.told] == ["Why", "Why not", "What would clear it"]
        assert (len(why.lines), len(why_not.lines)) == (1, 1)
        assert "helpline" in why_not.lines[0]
        assert clears.lines[0]


@pytest.mark.parametrize(("last", "told"), [
    (None, ("holding since 13 Apr 2024",)), ("2024-05-01T00:00:00Z", ("13 Apr 2024 – 1 May 2024 (UTC)",)),
])
def test_a_picture_tells_an_end_where_one_is_recorded(
    lake: Lake, monkeypatch: pytest.MonkeyPatch, last: str | None, told: tuple[str, ...]
) -> None:
    monkeypatch.setattr(fetch, "nodes", lambda _store, keys: SimpleNamespace(subgraph=graph(keys)))
    one = lead("owner", ("hub",), ("k1",), Reason("as_written", {
        "measure": quote("share"), "detail": quote(""), "detail_fr": quote(""),
    }))
    one = replace(one, first_at="2024-04-13T00:00:00Z", last_at=last)
    assert picture_of(lake, lake.case, cast(Any, None), one)[1].lines == told


def test_a_picture_explains_the_numbers_on_its_links(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "nodes", lambda _store, keys: SimpleNamespace(subgraph=graph(keys)))
    fetched, scene = picture_of(lake, lake.case, cast(Any, None), platform.hub(lake))
    assert "1., 2., 3. on links: the order of the first messages." in scene.lines
    told, edges = drawn(lake, platform.hub(lake)).captions, fetched.subgraph.edges
    assert numbered(edges, told) == 3, "of those that are drawn"
    assert numbered(edges, {}) == 0


def test_bystanders_past_the_limit_are_counted(lake: Lake) -> None:
    drawing = drawing_of(lake, graph, platform.hub(lake), most=5)
    assert (len(drawing.subgraph.nodes), drawing.left_out) == (5, 1)
