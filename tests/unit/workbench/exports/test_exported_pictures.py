"""A picture and the page that leave show the scene they are given, minors masked, and hostile text stays text."""

import json
import re
import struct
from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations, product
from pathlib import Path
from random import Random
from typing import Any
from xml.etree import ElementTree

import pytest
from matplotlib.axes import Axes
from matplotlib.transforms import Bbox

from graph.opaque import fleeting
from graph.subgraph import Edge, Node, Subgraph
from tests.unit.workbench.exports.exported import HOSTILE, MARCH, PROVENANCE, SMALL
from workbench.explore.by_time import TickWords
from workbench.exports import scene_of, write
from workbench.exports.pictures import drawn
from workbench.exports.pictures.drawn_frame import foot_rows, frame_of
from workbench.exports.pictures.scene import Hull, Part, Slip, nameless
from workbench.exports.pictures.standalone import page
from workbench.language import words


def test_a_picture_shows_the_scene_it_is_given_and_can_do_without_names(tmp_path: Path) -> None:
    scene = scene_of(SMALL)
    write(SMALL, "svg", tmp_path / "named.svg", provenance=PROVENANCE, scene=scene)
    write(SMALL, "svg", tmp_path / "bare.svg", provenance=PROVENANCE, scene=nameless(scene))
    named, bare = ((tmp_path / name).read_text() for name in ("named.svg", "bare.svg"))
    assert ElementTree.fromstring(named).tag.endswith("svg")
    assert named.count("<use") > bare.count("<use") > 0, "a glyph is a use of its outline"
    for text in (named, bare):
        assert "Wren" not in text
    moved = replace(scene, places={key: (x + place, y) for place, (key, (x, y)) in enumerate(scene.places.items())})
    assert write(SMALL, "svg", tmp_path / "moved.svg", provenance=PROVENANCE, scene=moved).sha256 != write(
        SMALL, "svg", tmp_path / "again.svg", provenance=PROVENANCE, scene=scene
    ).sha256
    write(SMALL, "png", tmp_path / "out.png", provenance=PROVENANCE, scene=scene)
    assert (tmp_path / "out.png").read_bytes()[16:24] == struct.pack(">II", 3507, 2481), "A4 at 300 dots an inch"
    assert write(SMALL, "svg", tmp_path / "out.svg", provenance=PROVENANCE).minors == "masked"
    assert write(SMALL, "svg", tmp_path / "out.svg", provenance=PROVENANCE, reveal_minors=True).minors == "shown"


def test_what_a_link_says_runs_along_it_upright_and_level_where_that_is_too_short_or_steep(tmp_path: Path) -> None:
    nodes = [Node(f"c:{name}", "Company", {"name": name}) for name in "abcde"]
    a, *others = (node.key for node in nodes)
    held = Subgraph.of(nodes, [Edge(a, other, "OWNS", {"share": 0.25}) for other in others])
    far = {a: (0.0, 0.0), others[0]: (3.0, 3.0), others[1]: (-3.0, 3.0), others[2]: (-0.001, -0.001)}
    far |= {others[3]: (0.4, -3.0)}
    scene = replace(scene_of(held), places=far)
    turned = {}
    for name, one in (("said", scene), ("silent", replace(scene, words_on_links=False))):
        write(held, "svg", tmp_path / f"{name}.svg", provenance=PROVENANCE, scene=one)
        angles = re.findall(r"rotate\((-?[0-9.]+)\)", (tmp_path / f"{name}.svg").read_text())
        turned[name] = sorted((round(float(angle)) + 180) % 360 - 180 for angle in angles)
    assert turned == {"silent": [], "said": [-45, 45]}


def test_what_a_short_link_at_an_edge_says_is_whole(tmp_path: Path) -> None:
    nodes = [Node(f"c:{name}", "Company", {"name": name}) for name in "abc"]
    a, b, c = (node.key for node in nodes)
    held = Subgraph.of(nodes, [Edge(a, b, "OWNS", {})])
    scene = replace(
        scene_of(held), places={a: (-5.0, 0.4), b: (-5.0, 0.0), c: (5.0, 0.0)}, captions={(a, b, "OWNS"): "word " * 16}
    )
    taken = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawn._Taken, "add", lambda _self, box, owner: taken.append(box) if owner is None else None)
        write(held, "svg", tmp_path / "out.svg", provenance=PROVENANCE, scene=scene)
    assert min(left for left, *_rest in taken) >= 0
    assert len(taken) > 10, "the words take room"


def test_the_steps_of_a_lit_path_stand_out_in_what_leaves(tmp_path: Path) -> None:
    nodes = [Node(name, "Account", {}) for name in "abc"]
    first, second, third = (node.key for node in nodes)
    links = [Edge(first, second, "CONTACTED", {}), Edge(second, third, "CONTACTED", {})]
    held = Subgraph.of(nodes, links)
    plain = scene_of(held)
    lit = replace(plain, steps=frozenset({frozenset((first, second))}))
    for scene, number in ((plain, 0), (lit, 1)):
        write(held, "svg", tmp_path / "out.svg", provenance=PROVENANCE, scene=scene)
        assert len(re.findall(r"stroke: #d55e00", (tmp_path / "out.svg").read_text())) == number
        (data,) = re.findall(r'id="data">(.*?)</script>', page(held, PROVENANCE, scene=scene))
        assert [edge["id"] for edge in json.loads(data)["edges"] if "color" in edge] == ["e0"][:number]


def test_no_line_strikes_a_name_through(tmp_path: Path) -> None:
    nodes = [Node(name, "Account", {"pseudonym": f"name of {name}"}) for name in "ab"]
    a, b = (node.key for node in nodes)
    held = Subgraph.of(nodes, [Edge(a, b, "CONTACTED", {})])
    scene = replace(scene_of(held), places={a: (0.0, 0.0), b: (9.0, 0.0)}, captions={})
    write(held, "svg", tmp_path / "out.svg", provenance=PROVENANCE, scene=scene)
    papers = re.findall(r"fill: #ffffff; opacity: 0\.85", (tmp_path / "out.svg").read_text())
    assert len(papers) == len(nodes), "each name lies on paper of its own, over the line"


def test_no_name_lies_on_another_nor_on_its_paper(tmp_path: Path) -> None:
    """Of two names that faced each other a few points apart the lower was cut by the paper of the upper."""
    nodes = [Node(str(number), "Account", {"pseudonym": f"minor {number}"}) for number in range(120)]
    held, places = Subgraph.of(nodes, []), Random(120)
    scene = replace(scene_of(held), places={
        node.key: (3 * places.random(), 2 * places.random()) for node in nodes
    })
    papers: list[Bbox] = []

    def looked(axes: Axes, *given: Any) -> tuple[int, int]:
        left_out = named(axes, *given)
        axes.figure.draw_without_rendering()
        papers.extend(text.get_bbox_patch().get_window_extent() for text in axes.texts)
        return left_out

    named = drawn._names
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawn, "_names", looked)
        write(held, "svg", tmp_path / "out.svg", provenance=PROVENANCE, scene=scene)
    assert len(papers) > 100
    assert not [pair for pair in combinations(papers, 2) if Bbox.intersection(*pair) is not None]


def test_a_bot_or_a_moderator_is_told_from_a_member_beside_its_name() -> None:
    called = {"bot": "robot", "moderator": "modération", "member": None, "harbour-master": None}
    nodes = [Node(f"x:{role}", "Account", {"pseudonym": "Wren", "role": role}) for role in called]
    minor = Node("x:m", "Account", {"pseudonym": "Lou", "role": "bot", "declared_age": 12})
    labels = scene_of(Subgraph.of([*nodes, minor], []), words=words("fr")).labels
    assert [labels[node.key] for node in nodes] == [f"Wren · {word}" if word else "Wren" for word in called.values()]
    assert labels[minor.key] == f"mineur ▪▪▪ {fleeting(minor.id)[:6]}", "its digits alone"


def test_notes_groups_and_marks_leave_with_the_picture_and_words_stay_out_of_a_nameless_one(tmp_path: Path) -> None:
    scene = scene_of(SMALL)
    first, *others = scene.places
    written = replace(
        scene, slips=(Slip("<b>Who</b>\nis it?", (0.5, 0.5), "#F0E442"),), marks={first: "#654321"},
        hulls=(Hull("The crew", (first, *others), "#123456"), Hull("One", (first,), "#0072B2")),
    )
    uses = {}
    for name, one in (("plain", scene), ("written", written), ("nameless", nameless(written))):
        write(SMALL, "svg", tmp_path / f"{name}.svg", provenance=PROVENANCE, scene=one)
        text = (tmp_path / f"{name}.svg").read_text()
        uses[name] = text.count("<use")
        colors = [color in text for color in ("#f0e442", "#654321", "#123456")]
        assert colors == {"plain": [False] * 3, "written": [True] * 3, "nameless": [False, True, True]}[name]
    assert uses["written"] > uses["plain"] > uses["nameless"]
    (data,) = re.findall(r'id="data">(.*?)</script>', page(SMALL, PROVENANCE, scene=written))
    held = json.loads(data)
    assert [slip["text"] for slip in held["slips"]] == ["<b>Who</b>\nis it?"]
    hulls = [(hull["title"], len(hull["members"])) for hull in held["hulls"]]
    assert hulls == [("The crew", len(SMALL.nodes)), ("One", 1)]
    assert [node["mark"] for node in held["nodes"] if node["mark"]] == ["#654321"]


def test_a_note_stands_beside_nodes_and_names_with_a_line_to_its_own(tmp_path: Path) -> None:
    nodes = [Node(f"p:{number}", "Account", {"pseudonym": f"Lichen {number}"}) for number in range(3)]
    graph = Subgraph.of(nodes, [])
    places = {node.key: (float(number), 0.0) for number, node in enumerate(nodes)}
    scene = replace(scene_of(graph), places=places, slips=tuple(
        Slip(f"Comes first {number}", places[node.key], "#F0E442", node.key) for number, node in enumerate(nodes)
    ))
    boxes: list[tuple[drawn.Box, str | None]] = []
    lines = []
    with pytest.MonkeyPatch.context() as patch:
        add, plot = drawn._Taken.add, Axes.plot
        patch.setattr(drawn._Taken, "add", lambda self, box, owner: (boxes.append((box, owner)), add(self, box, owner)))
        patch.setattr(Axes, "plot", lambda self, *ends, **how: (lines.append(ends), plot(self, *ends, **how))[1])
        write(graph, "svg", tmp_path / "out.svg", provenance=PROVENANCE, scene=scene)
    assert (len(boxes), len(lines)) == (9, 3), "three nodes, their names, their notes"
    assert not any(
        one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
        for (one, _), (other, _) in combinations(boxes[3:], 2)
    )
    assert not any(
        one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
        for (one, _), (other, _) in product(boxes[:3], boxes[6:])
    )
    (data,) = re.findall(r'id="data">(.*?)</script>', page(graph, PROVENANCE, scene=scene))
    assert [slip["about"] for slip in json.loads(data)["slips"]] == [0, 1, 2]


def test_a_picture_by_time_says_when(tmp_path: Path) -> None:
    days = [TickWords(x, day, day, day) for x, day in ((0.0, "4 Mar 2024"), (0.5, "18 Mar 2024"))]
    scene = replace(scene_of(SMALL), axis=tuple(days))
    for name, one in (("plain", scene_of(SMALL)), ("timed", scene)):
        write(SMALL, "svg", tmp_path / f"{name}.svg", provenance=PROVENANCE, scene=one)
    plain, timed = ((tmp_path / f"{name}.svg").read_text().count("<use") for name in ("plain", "timed"))
    assert timed - plain == len("4 Mar 2024") + len("18 Mar 2024")
    (data,) = re.findall(r'id="data">(.*?)</script>', page(SMALL, PROVENANCE, scene=scene))
    assert [tick["text"] for tick in json.loads(data)["axis"]] == ["4 Mar 2024", "18 Mar 2024"]


def test_a_clock_without_its_day_stands_only_beside_one_of_that_day_that_is_written(tmp_path: Path) -> None:
    first, hour, night = (
        TickWords(x, text, f"{day}, {text} UTC", day)
        for x, text, day in ((0.0, "18:00", "4 Mar 2024"), (0.02, "00:00", "5 Mar 2024"), (1.0, "06:00", "5 Mar 2024"))
    )
    for name, axis in (("plain", ()), ("timed", (first, hour, night))):
        scene = replace(scene_of(SMALL), axis=axis)
        write(SMALL, "svg", tmp_path / f"{name}.svg", provenance=PROVENANCE, scene=scene)
    plain, timed = ((tmp_path / f"{name}.svg").read_text().count("<use") for name in ("plain", "timed"))
    assert timed - plain == len(first.whole) + len(night.whole), "that between them has no room: neither words nor line"


def test_what_speaks_against_a_lead_stands_under_its_own_heading_and_nothing_told_is_cut(tmp_path: Path) -> None:
    told = (
        Part("Why", tuple(f"reason {nth} " + "with many words " * 20 + f"end {nth}" for nth in range(40))),
        Part("Why not", ("most were adults", "few answered")), Part("What would clear it", ("a shared school",)),
    )
    scene = replace(scene_of(SMALL), title="hub, strong: Heron · hub-1", lines=("March",), told=told)
    plain = frame_of(scene_of(SMALL), PROVENANCE)
    frame = frame_of(scene, PROVENANCE)
    columns = {left: [text for text, x, _, _, _ in frame.above if x == left] for _, left, _, _, _ in frame.above}
    why, against, clears = (" ".join(columns[left]) for left in sorted(columns))
    assert why.startswith("hub, strong: Heron · hub-1 March Why – reason 0 ")
    assert [f"end {nth}" in why for nth in range(40)] == [True] * 40
    assert against == "Why not – most were adults – few answered"
    assert clears == "What would clear it – a shared school"
    assert {text for text, _, _, _, bold in frame.above if bold} == {part.heading for part in told}
    lowest = max(low for _, _, low, _, _ in frame.above)
    assert frame.head >= lowest + 9
    assert frame.height - frame.head - frame.foot == pytest.approx(plain.height - plain.head - plain.foot)
    write(SMALL, "png", tmp_path / "long.png", provenance=PROVENANCE, scene=scene)
    wide, high = struct.unpack(">II", (tmp_path / "long.png").read_bytes()[16:24])
    assert (wide, high) == (3507, round(frame.height / 72 * 300))
    written = page(SMALL, PROVENANCE, scene=scene)
    assert "<h2>Why not</h2><ul><li>most were adults</li><li>few answered</li></ul>" in written
    assert "end 39</li></ul></section><section><h2>Why not" in written


def test_the_page_masks_minors_unless_asked_and_names_no_other_place() -> None:
    masked, shown = page(SMALL, PROVENANCE), page(SMALL, PROVENANCE, reveal_minors=True)
    assert "Wren" not in masked
    assert '"p:2"' not in masked
    assert "Heron" in masked
    assert "Wren" in shown
    for text in (masked, shown):
        assert "3 of 9 nodes" in text
        assert not any(part in text for part in ("<link rel=\"stylesheet\"", "<script src", "cdn", "@import"))


def test_who_reads_the_page_meets_the_graph_before_what_it_was_made_from() -> None:
    text = page(SMALL, PROVENANCE)
    head, _, folded = text.partition('<details id="made">')
    assert "sha256:1" not in head
    assert "batch_ids" in folded
    assert head.index("3 of 9 nodes") < head.index('id="legend"')


def test_a_masked_minor_is_not_named_by_what_was_asked_for() -> None:
    asked = {**PROVENANCE, "selection": {"accounts": ["p:1", "p:2"], "query": "of p:2, Wren", "other": "not p:22"}}
    masked, shown = page(SMALL, asked), page(SMALL, asked, reveal_minors=True)
    assert not re.search(r"p:2\b|Wren", masked)
    assert "p:1" in masked.partition('<details id="made">')[2]
    assert "not p:22" in masked
    assert "of p:2, Wren" in shown


def test_how_a_masked_minor_s_name_reads_is_not_in_the_page() -> None:
    minor, adult = Node("m-17", "Account", {"pseudonym": "Wr3n", "declared_age": 13}), Node("a-1", "Account")
    alike = Node("wren", "Name", {"name": "wren", "bearers": "a-1,m-17", "written": "Wr3n / wr-en"})
    graph = Subgraph.of([minor, adult, alike], [Edge(minor.key, alike.key, "SAME_NAME")])
    text = page(graph, PROVENANCE).casefold()
    assert not [said for said in ("wr3n", "wr-en", "m-17", '"wren"') if said in text]
    assert "read alike: wr3n" in page(graph, PROVENANCE, reveal_minors=True).casefold()


def test_what_a_masked_minor_wrote_in_a_report_is_not_in_the_page() -> None:
    told = Edge("Account/p:2", "Account/p:1", "REPORTED", {"reason": "asks my school"})
    report = Node("p:r1", "Report", {"reason": "asks my school again"})
    graph = Subgraph.of((*SMALL.nodes, report), (*SMALL.edges, told))
    assert "asks my school" not in page(graph, PROVENANCE)
    assert "asks my school" in page(graph, PROVENANCE, reveal_minors=True)


def test_the_page_says_relationships_in_words() -> None:
    (data,) = re.findall(r'id="data">(.*?)</script>', page(SMALL, PROVENANCE))
    headings = [heading for heading, _ in json.loads(data)["details"]["edges"].values()]
    assert any(" wrote to " in heading for heading in headings)
    assert not any("CONTACTED" in heading for heading in headings)


def test_the_page_says_properties_in_the_words_of_the_screens() -> None:
    """A page in French held ``batch_id``, ``initiated true`` and ``role member``."""
    writer = Node("p:w", "Account", {"pseudonym": "w", "role": "member", "created_at": MARCH, "batch_id": "b1"})
    company = Node("c:1", "Company", {"name": "Ivoire", "incorporated_at": datetime(2009, 4, 19, tzinfo=UTC)})
    link = Edge(writer.key, "Account/p:1", "CONTACTED", {"messages": 2, "initiated": True, "first_at": MARCH})
    graph = Subgraph.of((*SMALL.nodes, writer, company), [link])
    (data,) = re.findall(r'id="data">(.*?)</script>', page(graph, PROVENANCE, scene=scene_of(graph, words=words("fr"))))
    told = json.loads(data)["details"]
    held = {heading: dict(pairs) for heading, pairs in told["nodes"].values()}
    assert held["w"] == {
        "Nœud": "Compte", "Identifiant": "p:w", "Pseudonyme": "w", "Rôle": "membre", "Lot": "b1",
        "Créé le": words("fr").second(MARCH),
    }
    assert held["Ivoire"]["Fondée le"] == "19 avr. 2009", "a day has no time of day"
    ((_heading, pairs),) = told["edges"].values()
    assert {name: value for name, value in pairs if name != "Dit"} == {
        "Messages": "2", "A écrit en premier": "oui", "Premier": words("fr").second(MARCH),
    }


def test_a_report_that_stands_as_node_and_as_link_is_counted_once() -> None:
    same = {"made_at": MARCH, "reason": "insists"}
    links = [Edge("Account/p:2", "Account/p:1", "REPORTED", one) for one in (same, {**same, "reason": "asks"})]
    silent = Node("p:r2", "Report", {"made_at": MARCH})
    graph = Subgraph.of((*SMALL.nodes, Node("p:r1", "Report", same), silent), (*SMALL.edges, *links))
    assert "<p>2 of the reports&#x27; own texts left out" in page(graph, PROVENANCE)


def test_a_picture_says_all_in_the_language_of_who_exports(tmp_path: Path) -> None:
    graph = Subgraph.of((*SMALL.nodes, Node("p:r1", "Report", {"reason": "insists"})), SMALL.edges)
    scene = scene_of(graph, words=words("fr"))
    text = page(graph, PROVENANCE, scene=scene)
    shown = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", text, flags=re.DOTALL)
    for french in ('<html lang="fr">', "Affaire north\xa0: 3 nœuds sur 9", "Des pistes, jamais des verdicts.",
                   "1 texte de signalement est omis", "Choisissez un nœud ou une relation",
                   "À partir de quels éléments"):
        assert french in shown
    for english in ("verdicts.<", "left out", "Select", "From which", "nodes"):
        assert english not in shown.replace("jamais des verdicts.<", "")
    assert "Select a node" not in text, "the script puts back what the page said"
    (foot,) = foot_rows(scene, PROVENANCE, unnamed=2)
    assert foot == ("Des pistes, jamais des verdicts\xa0; Affaire\xa0: north\xa0; "
                    "Empreinte des éléments\xa0: sha256:1\xa0; Filature\xa0: 0.1.0\xa0; "
                    "1 mineur sans nom\xa0; 2 noms omis faute de place")
    (english,) = foot_rows(scene_of(graph), PROVENANCE, unnamed=1, unsaid=3)
    assert english.endswith("1 name left out for want of room; words of 3 links left out for want of room")
    assert frame_of(replace(scene, title=""), PROVENANCE).above[0][0] == "Affaire\xa0: north"


def test_words_of_links_without_room_are_counted_and_steps_of_a_lit_path_have_theirs_first(tmp_path: Path) -> None:
    """A picture of a lead said nothing on any link, and nothing told so."""
    nodes = [Node(str(number), "Account") for number in range(3)]
    held = Subgraph.of(nodes, [Edge("Account/0", f"Account/{to}", "CONTACTED", {"messages": to}) for to in (1, 2)])
    near = {"Account/0": (0.0, 0.0), "Account/1": (4.0, 0.0), "Account/2": (4.0, 0.01)}
    scene = replace(scene_of(held), places=near, labels=dict.fromkeys(near, ""), cited=frozenset())
    lit = replace(scene, steps=frozenset({frozenset({"Account/0", "Account/2"})}))
    every = replace(scene, cited=None)
    told: list[tuple[set[str], int]] = []

    def drawn_frame(axes: Axes, *_: Any, unnamed: int, unsaid: int) -> None:
        assert unnamed == 0
        told.append(({text.get_text() for text in axes.texts}, unsaid))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawn, "draw_frame", drawn_frame)
        patch.setattr(drawn, "_SHARES", (0.5,))
        for one in (scene, lit, every, replace(every, steps=lit.steps), replace(every, words_on_links=False)):
            write(held, "svg", tmp_path / "out.svg", provenance=PROVENANCE, scene=one)
    first, second = {"1 message"}, {"2 messages"}
    assert told == [(set(), 0), (second, 0), (first, 1), (second, 1), (set(), 0)]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_the_page(text: str) -> None:
    subgraph = Subgraph.of([Node(text, "Account", {"pseudonym": text, text or "x": text})], [])
    written = page(subgraph, {"case": text, "selection": {"query": text}})
    written.encode("utf-8")
    plain = page(Subgraph.of([Node("a", "Account")], []), {})
    assert written.count("<script") == plain.count("<script")
    assert written.count("</script") == plain.count("</script") == 3
    assert "<img src=x" not in written
