"""Random operations on the canvas in a browser beside a model of it: what a person would keep on paper.

The paper holds which nodes are on the picture, where each stands, who is hidden, pinned or marked, the groups and the
filter; every step is another sheet of it.  Where a node that is drawn anew stands is the canvas's to say: it is written
down then, and has to stay.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from graph import fetch
from tests.labels import token
from tests.ui.conftest import CASE, MINORS, USER
from tests.ui.screen import Screen
from workbench.bootstrap import Workbench
from workbench.settings import Settings

OPS = (
    "expand", "expand", "hide", "hide", "keep", "move", "move", "pin", "mark", "group", "group", "remove", "filter",
    "undo", "undo", "undo", "redo", "redo", "save", "open", "reload",
)
OPERATION = st.tuples(st.sampled_from(OPS), st.integers(0, 10_000), st.integers(-80, 80))


def operations(number: int) -> st.SearchStrategy[list[tuple[str, int, int]]]:
    """So many, of several kinds: the simplest list, which Hypothesis tries first, is one operation over and over."""
    listed = st.lists(OPERATION, min_size=number, max_size=number)
    return listed.filter(lambda asked: len({op for op, _number, _offset in asked}) >= min(8, number // 2))


AGES = {"all": "All", "minors": "Minors", "adults": "Not minors"}
_WAITING = 8
"""Acts that are done before the server is asked what came of them."""
_ALONE = ("expand", "filter", "save", "open", "reload")
"""Operations after which the picture is looked at at once: something may be drawn anew."""
_QUIET = "(host) => host.canvasView.acts.quiet && !host.canvasView.motion.moves.size"
_LEFT = "({ canvasView: { acts, motion } }) => ({ unheard: acts.waiting, moving: [...motion.moves.keys()] })"
_GROUPS = "(host) => host.canvasView.overlay.told.map((group) => [group.id, group.members])"
_WITH = "(host, name) => host.canvasView.graph.filterNodes((_id, a) => a[name])"
_DO = """(host, acts) => acts.forEach(([op, nodes, x, y]) => {
  const view = host.canvasView;
  if (op === 'move') {
    view.graph.mergeNodeAttributes(nodes[0], { x, y });
    view.acts.say(op, { nodes, x: [x], y: [y] });
  } else view.acts.say(op, { nodes, values: { mark: { color: 'red' }, group: { text: 'Crew' } }[op] ?? {} });
})"""
Place = tuple[int, int]


@dataclass(frozen=True)
class Paper:
    """Tokens of nodes; ``groups`` are numbered, ``ages`` is the filter."""

    board: frozenset[str]
    places: dict[str, Place]
    hidden: frozenset[str] = frozenset()
    pins: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    groups: tuple[tuple[int, frozenset[str]], ...] = ()
    ages: str = "all"

    def without(self, name: str) -> "Paper":
        """Taken off the picture, with all that was said of it."""
        gone = frozenset({name})
        groups = tuple((number, members - gone) for number, members in self.groups if members - gone)
        places = {key: place for key, place in self.places.items() if key != name}
        return replace(
            self, board=self.board - gone, places=places, hidden=self.hidden - gone, pins=self.pins - gone,
            marks=self.marks - gone, groups=groups,
        )

    def grouped(self, names: frozenset[str]) -> "Paper":
        """Put into a group of their own, taken out of the groups they were in."""
        number = max((number for number, _ in self.groups), default=0) + 1
        kept = tuple((one, members - names) for one, members in self.groups if members - names)
        return replace(self, groups=(*kept, (number, names)))


@dataclass(frozen=True)
class Ground:
    """What the walk takes place on: neighbours of every node, who is an account, who of them a minor; by token."""

    near: Mapping[str, frozenset[str]]
    accounts: frozenset[str]
    minors: frozenset[str]

    @classmethod
    def of(cls, workspace: Path) -> "Ground":
        with Workbench(Settings(workspace=workspace, user=USER)) as workbench, workbench.reader(
            workbench.case(CASE)
        ) as store:
            whole = fetch.whole(store, limit=10_000).subgraph
        near: dict[str, set[str]] = {token(node.key): set() for node in whole.nodes}
        for edge in whole.edges:
            near[token(edge.source)].add(token(edge.target))
            near[token(edge.target)].add(token(edge.source))
        return cls(
            {name: frozenset(found) - {name} for name, found in near.items()},
            frozenset(token(node.key) for node in whole.nodes if node.label == "Account"),
            frozenset(token(f"Account/{CASE}:{identity}") for identity in MINORS),
        )

    def seen(self, paper: Paper) -> frozenset[str]:
        """What of the paper's picture is drawn."""
        shown = paper.board - paper.hidden
        if paper.ages == "minors":
            return shown - (self.accounts - self.minors)
        return shown - self.minors if paper.ages == "adults" else shown


class Walk:
    """The walk on an open canvas; ``drawn`` at its start is where it ends."""

    def __init__(self, screen: Screen, ground: Ground) -> None:
        self.screen, self.ground = screen, ground
        self.start = screen.nodes()
        groups = tuple((int(number), frozenset(members)) for number, members in screen.canvas.evaluate(_GROUPS))
        self.past = [Paper(
            frozenset(self.start), dict(self.start), pins=self.with_("pinned"), marks=self.with_("mark"), groups=groups
        )]
        self.now = 0
        self.waiting: list[Any] = []
        self.drawn = frozenset(self.start)
        self.saved: list[Paper] = []

    @property
    def paper(self) -> Paper:
        return self.past[self.now]

    def take(self, asked: Sequence[tuple[str, int, int]]) -> None:
        """Do what is asked and look after every few acts; then undo all, and the picture is that of the start."""
        for op, number, offset in asked:
            self.do(op, number, offset)
            if len(self.waiting) >= _WAITING:
                self.look()
        self.look()
        self.waiting = [["undo", [], 0, 0] for _step in range(self.now)]
        self.now = 0
        self.look()
        assert self.screen.nodes() == self.start

    def do(self, op: str, number: int, offset: int) -> None:
        if op in _ALONE:
            self.look()
        names = sorted(self.ground.seen(self.paper) & self.drawn)
        if op in ("undo", "redo"):
            to = self.now + (1 if op == "redo" else -1)
            if 0 <= to < len(self.past):  # what was done before this walk is not undone by it
                self.now = to
                self.waiting.append([op, [], 0, 0])
        elif op == "reload":
            if number % 3 == 0:
                self.screen.page.reload()
                self.screen.settle()
                self.look()
        elif op == "filter":
            ages = list(AGES)[number % 3]
            if self.ground.seen(replace(self.paper, ages=ages)):
                self.screen.choose("explore_panel", "Filters")
                self.screen.choose("filter_ages", AGES[ages])
                self.step(replace(self.paper, ages=ages))
                self.look()
        elif op == "save":
            self.save()
        elif op == "open":
            if self.saved:
                self.reopen(number % len(self.saved))
        elif len(names) > 3:
            self.act(op, names, number, offset)

    def act(self, op: str, names: list[str], number: int, offset: int) -> None:
        """Something about one or some of the nodes that are drawn."""
        paper, name = self.paper, names[number % len(names)]
        about, x, y = [name], offset / 4, number % 97 / 4
        if op == "keep":
            if number % 3:
                return
            about = names[: len(names) // 2 + 1]
        elif op == "group":
            about = names[number % len(names):][:3]
        after = paper
        match op:
            case "hide":
                after = replace(paper, hidden=paper.hidden | {name})
            case "keep":
                after = replace(paper, hidden=paper.hidden | (paper.board - set(about)))
            case "move":
                places = {**paper.places, name: (round(x * 1e4), round(y * 1e4))}
                after = replace(paper, places=places, pins=paper.pins | {name})
            case "pin":
                after = replace(paper, pins=paper.pins ^ {name})
            case "mark":
                after = replace(paper, marks=paper.marks | {name})
            case "group":
                after = paper.grouped(frozenset(about))
            case "remove":
                after = paper.without(name)
            case "expand":
                near = self.ground.near[name]
                # who was drawn by another expansion that is undone may come to stand elsewhere
                places = {known: place for known, place in paper.places.items() if known in paper.board}
                after = replace(paper, board=paper.board | near, hidden=paper.hidden - near, places=places)
        self.waiting.append([op, about, x, y])
        self.step(after)
        if op in _ALONE:
            self.look()

    def step(self, after: Paper) -> None:
        if after != self.paper:
            self.past[self.now + 1:] = [after]
            self.now += 1

    def look(self) -> None:
        """The canvas equals the paper: who is drawn, where, in which groups, pinned and marked."""
        if self.waiting:
            self.screen.canvas.evaluate(_DO, self.waiting)
            self.waiting.clear()
        try:
            self.screen.until(lambda: bool(self.screen.canvas.evaluate(_QUIET)))
        except AssertionError as error:
            raise AssertionError(f"the canvas is not still: {self.screen.canvas.evaluate(_LEFT)}") from error
        self.screen.settle()
        paper, seen = self.paper, self.screen.nodes()
        assert set(seen) == self.ground.seen(paper)
        for name, place in seen.items():
            assert paper.places.setdefault(name, place) == place, "not moved"
        shown = [(number, members & seen.keys()) for number, members in paper.groups]
        assert {(int(number), frozenset(members)) for number, members in self.screen.canvas.evaluate(_GROUPS)} == {
            (number, frozenset(members)) for number, members in shown if members
        }
        for attribute, wanted in (("pinned", paper.pins), ("mark", paper.marks)):
            assert self.with_(attribute) == wanted & seen.keys(), attribute
        self.drawn = frozenset(seen)

    def with_(self, attribute: str) -> frozenset[str]:
        """The nodes that are drawn so."""
        return frozenset(self.screen.canvas.evaluate(_WITH, attribute))

    def save(self) -> None:
        """Under the next letter of the alphabet, so that views stand in the order in which they were saved."""
        self.screen.choose("explore_panel", "Views")
        name = f"Walk {chr(ord('a') + len(self.saved))}"
        self.screen.page.locator(".st-key-view_name input").fill(name)
        self.screen.page.get_by_role("button", name="Save what is drawn").click()
        self.screen.page.get_by_text(name, exact=True).last.wait_for()
        self.screen.settle()
        self.saved.append(self.paper)

    def reopen(self, place: int) -> None:
        self.screen.choose("explore_panel", "Views")
        name = f"Walk {chr(ord('a') + place)}"
        card = self.screen.page.locator("[class*=st-key-saved_view_]").filter(has_text=name).last
        card.get_by_role("button", name="Open", exact=True).first.click()
        self.screen.settle()
        if self.screen.page.locator(".st-key-wanted_alone button").count():  # another picture is drawn: it asks
            self.screen.click("wanted_alone")
        self.step(self.saved[place])
        self.look()
