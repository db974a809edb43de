"""A saved view of Explore is drawn in the report as it was left, minors under their labels."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from graph.detect.finding import Finding
from graph.errors import EngineUnavailable
from graph.fetch import Fetched
from graph.subgraph import Edge, Node, Subgraph
from tests.unit.workbench.report.reported_case import ADULT, CASE, SECRET, SECRET_IDS, build, coded
from workbench.bootstrap import Workbench
from workbench.dossier.activity import InPeriod
from workbench.explore.board import Board, Group, Note
from workbench.explore.filters import Filters
from workbench.explore.written import written
from workbench.exports.pictures.scene import Scene
from workbench.lead_graphs import Drawing
from workbench.looks import Rule, Style
from workbench.looks.style import COLORS
from workbench.report.choice import Choice
from workbench.report.content import Content, Figure, Section, Text
from workbench.report.make import compose
from workbench.report.pictures import saved_view
from workbench.report.pictures.shapes import Printed
from workbench.report.rendering.formats import rendered

HERON, MINOR = (f"Account/{CASE}:{name}" for name in ("heron", SECRET_IDS[0]))
BOARD = Board(
    nodes=frozenset({HERON, MINOR, f"Account/{CASE}:gone"}), places={HERON: (0.0, 0.0), MINOR: (2.0, 1.0)},
    notes={"1": Note("Both at ten.", (1, 1)), "2": Note(f"It is {SECRET[0]}.", (0, 1))},
    groups={"1": Group("From the lobby", (HERON, MINOR))}, marks={MINOR: "red"}, folding=False,
)


@pytest.fixture(scope="module")
def workbench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    with coded(), build(tmp_path_factory.mktemp("report") / "w") as opened:
        opened.casebook.boards.save(CASE, "Lobby", written(BOARD), user="ana", digest="sha256:before")
        period = replace(BOARD, filters=Filters(since="2031-01-01T00:00:00+00:00"))
        lit = replace(BOARD, paths=((HERON, MINOR),))
        opened.casebook.boards.save(CASE, "Lit", written(lit), user="ana", digest="sha256:before")
        opened.casebook.boards.save(CASE, "Later", written(period), user="ana", digest="sha256:before")
        yield opened


@pytest.fixture(autouse=True)
def graph(monkeypatch: pytest.MonkeyPatch) -> None:
    """A graph of two accounts, without an engine."""

    def nodes(_store: object, keys: list[str]) -> Fetched:
        every = [Node(key.partition("/")[2], "Account", {"pseudonym": "x"}) for key in (HERON, MINOR) if key in keys]
        graph = Subgraph.of(every, [Edge(HERON, MINOR, "CONTACTED", {"messages": 3})] if len(every) == 2 else [])
        return Fetched(graph, len(every), len(keys))

    @contextmanager
    def reader(_workbench: Workbench, _case: object) -> Iterator[None]:
        yield None

    monkeypatch.setattr(saved_view.fetch, "nodes", nodes)
    monkeypatch.setattr(Workbench, "reader", reader)


def content(workbench: Workbench, view: str = "Lobby", **options: Any) -> Content:
    return compose(workbench, workbench.case(CASE), Choice(top=1, views=(view,), **options))[0]


def picture(told: Content) -> Section:
    parts = next(part for part in told.sections if part.title in ("Pictures with notes", "Vues annotées"))
    (one,) = parts.blocks
    assert isinstance(one, Section)
    return one


def figure(told: Content) -> Figure:
    (found,) = (block for block in picture(told).blocks if isinstance(block, Figure))
    return found


def test_it_is_drawn_with_its_places_notes_groups_and_marks_and_minors_under_labels(workbench: Workbench) -> None:
    drawn = figure(content(workbench))
    assert isinstance(drawn.picture, Printed)
    assert isinstance(drawn.picture.draw, partial)
    scene = drawn.picture.draw.keywords["scene"]
    assert scene.places == BOARD.places
    assert scene.labels[HERON] == ADULT
    assert scene.labels[MINOR].startswith("minor ▪▪▪")
    assert [slip.text for slip in scene.slips] == ["Both at ten.", "(text withheld: it has a minor's name or number)"]
    assert [(hull.title, hull.members) for hull in scene.hulls] == [("From the lobby", (HERON, MINOR))]
    assert scene.marks.keys() == {MINOR}
    assert drawn.caption == (
        "As it was placed: nodes 2, links 1. Names without room are left out. "
        "1 node of this picture is not in the graph any more."
    )


def test_the_colour_of_lit_paths_is_said(workbench: Workbench) -> None:
    assert "Orange links are steps of the paths that are lit." in figure(content(workbench, "Lit")).caption


def test_both_formats_hold_it_and_the_same_case_gives_the_same_bytes(workbench: Workbench, tmp_path: Path) -> None:
    lead_alone = Choice(top=1)
    for to in ("html", "pdf"):
        body = rendered(content(workbench), to)
        assert body == rendered(content(workbench), to)
        bare = rendered(compose(workbench, workbench.case(CASE), lead_alone)[0], to)
        mark = rb"<img " if to == "html" else rb"/Subtype /Image"
        assert len(re.findall(mark, body)) > len(re.findall(mark, bare))
        assert not [secret for secret in SECRET if secret.encode() in body]


def test_what_filters_hide_is_left_out_and_counted(workbench: Workbench) -> None:
    told = figure(content(workbench, "Later")).caption
    assert "links 0." in told
    assert "1 link is hidden: 1 outside the period." in told


def test_the_period_is_said_and_how_many_messages_of_a_link_lie_in_it(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stood beside a link under a period was of all time."""
    within = InPeriod({(HERON, MINOR, "CONTACTED"): 1}, {})
    monkeypatch.setattr(saved_view, "in_period", lambda *_, **__: within)
    drawn = figure(content(workbench, "Later"))
    assert isinstance(drawn.picture, Printed)
    assert isinstance(drawn.picture.draw, partial)
    captions = drawn.picture.draw.keywords["scene"].captions
    assert captions[HERON, MINOR, "CONTACTED"] == "3 messages, 1 in the period"
    for drawn_too in (True, False):
        blocks = picture(content(workbench, "Later", pictures=drawn_too)).blocks
        assert Text("Period: from 1 Jan 2031, 00:00 UTC on") in blocks


def test_without_pictures_or_without_a_graph_the_words_stand_alone(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not [block for block in picture(content(workbench, pictures=False)).blocks if isinstance(block, Figure)]

    @contextmanager
    def broken(_workbench: Workbench, _case: object) -> Iterator[None]:
        raise EngineUnavailable("no engine", where="here", fix="start it")
        yield

    monkeypatch.setattr(Workbench, "reader", broken)
    blocks = picture(content(workbench)).blocks
    assert Text("The picture cannot be drawn: the graph does not give its nodes now.", "note") in blocks
    assert not [block for block in blocks if isinstance(block, Figure)]


def scene_in(workbench: Workbench, style: Style) -> Scene:
    workbench.casebook.boards.save(
        CASE, "Styled", written(replace(BOARD, style=style.to_json())), user="ana", digest="sha256:before"
    )
    drawn = figure(content(workbench, "Styled")).picture
    assert isinstance(drawn, Printed)
    assert isinstance(drawn.draw, partial)
    scene: Scene = drawn.draw.keywords["scene"]
    return scene


@pytest.mark.parametrize("scope", ["drawn", "case"])
def test_it_is_drawn_in_its_saved_style(workbench: Workbench, scope: str) -> None:
    rule = Rule("out_degree", "at least", "1", color="violet", shape="square")
    scene = scene_in(workbench, Style(size="degree", color="out_degree", scope=scope, rules=(rule,)))
    heron = scene.looks.nodes[HERON]
    assert (heron.color, heron.shape, heron.size) == (COLORS["violet"], "square", 20.0)
    assert any(entry.name.startswith("out-degree") for entry in scene.looks.legend)


def test_names_and_words_that_its_style_leaves_out_are_left_out(workbench: Workbench) -> None:
    scene = scene_in(workbench, Style(labels=False, link_labels=False))
    assert set(scene.labels.values()) == {""}
    assert not scene.captions
    assert scene_in(workbench, Style()).captions


def test_a_style_that_names_minors_is_not_followed(workbench: Workbench) -> None:
    """A picture from elsewhere may ask for colours by what a minor is called."""
    scene = scene_in(workbench, Style(size="pseudonym", color="pseudonym", rules=(Rule("pseudonym", "is", "x"),)))
    assert not [entry for entry in scene.looks.legend if "x" in entry.name.split()]
    assert not [entry for entry in scene.looks.legend if "pseudonym" in entry.name]


def test_what_records_alone_tell_is_drawn_of_every_lead_whose_picture_it_is(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends = [Node(key.partition("/")[2], "Account") for key in (HERON, MINOR)]

    def tied(_lake: object, _among: object, finding: Finding) -> Drawing:
        tie = Edge(HERON, MINOR, f"tie of a {finding.kind}")
        shows = {(tie.source, tie.target, tie.type): ("sessions:s1",)}
        return Drawing(finding.finding_id, Subgraph.of(ends, [tie]), {}, {}, shows=shows)

    monkeypatch.setattr(saved_view, "drawing_of", tied)
    document = workbench.findings(workbench.case(CASE))
    assert document is not None
    leads = tuple(lead.finding_id for lead in document.findings if lead.kind in ("hub", "shell"))
    body = written(replace(BOARD, leads=leads))
    workbench.casebook.boards.save(CASE, "Several", body, user="ana", digest="sha256:before")
    drawn = figure(content(workbench, "Several")).picture
    assert isinstance(drawn, Printed)
    assert isinstance(drawn.draw, partial)
    types = {edge.type for edge in drawn.draw.keywords["subgraph"].edges}
    assert types == {"CONTACTED", "tie of a hub", "tie of a shell"}
