"""The exported page in a real browser: it draws, asks nobody for anything, and no text from data becomes a script."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from graph.subgraph import Edge, Node, Subgraph
from workbench.exports import scene_of, write
from workbench.exports.pictures.scene import Hull, Slip

pytestmark = pytest.mark.browser

ATTACKS = [
    "</script><script>window.pwned = 1</script>",
    "<img src=http://127.0.0.1:9/beacon onerror='window.pwned=1'>",
    "<a href=http://127.0.0.1:9/x onmouseover=window.pwned=1>href</a>",
    "'-window.pwned=1-'",
    "${window.pwned=1}",
    "<!--<script>window.pwned=1",
    "\u2028window.pwned=1//",
    "javascript:window.pwned=1",
    "{{window.pwned=1}}",
]


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    nodes = [Node(attack, "Account", {"pseudonym": attack, attack: attack, "declared_age": 30}) for attack in ATTACKS]
    nodes.append(Node("p:minor", "Account", {"pseudonym": "Wren", "declared_age": 13}))
    edges = [Edge(nodes[0].key, node.key, "CONTACTED", {"text": node.id, "messages": 2}) for node in nodes[1:]]
    subgraph = Subgraph.of(nodes, edges)
    out = tmp_path / "out.html"
    provenance = {"case": ATTACKS[0], "selection": {"query": ATTACKS[1]}, "shown": len(nodes), "total": 4310}
    write(subgraph, "html", out, provenance=provenance)
    return out


@pytest.fixture(scope="module")
def page(browser: Any) -> Iterator[Page]:
    """One for all: a document that is loaded knows nothing of the one before, and who listens to it stops."""
    context = browser.new_context(viewport={"width": 1200, "height": 800})
    yield context.new_page()
    context.close()


def test_the_page_draws_asks_nobody_and_runs_nothing_from_data(page: Page, exported: Path) -> None:
    requests: list[str] = []
    problems: list[str] = []
    heard: dict[Any, Any] = {
        "request": lambda request: requests.append(request.url),
        "console": lambda message: problems.append(message.text) if message.type == "error" else None,
        "pageerror": lambda error: problems.append(str(error)),
        "dialog": lambda dialog: (problems.append(dialog.message), dialog.dismiss()),
    }
    for event, tell in heard.items():
        page.on(event, tell)
    page.goto(exported.as_uri())
    page.wait_for_function("document.body.dataset.ready === 'true'")
    assert page.evaluate("filature.nodes.length") == len(ATTACKS) + 1
    for number in range(len(ATTACKS) + 1):
        box: Any = page.evaluate(
            "n => { const p = filature.network.canvasToDOM(filature.network.getPosition(n));"
            " const r = document.getElementById('picture').getBoundingClientRect(); return [r.x + p.x, r.y + p.y]; }",
            number,
        )
        page.mouse.move(*box)
        page.mouse.click(*box)
        page.wait_for_function("document.querySelectorAll('#details dt').length > 0")
    for event, tell in heard.items():
        page.remove_listener(event, tell)
    assert page.evaluate("window.pwned") is None
    assert problems == []
    # Only the page itself and the images inlined in its style sheet.
    assert {url for url in requests if not url.startswith("data:")} == {exported.as_uri()}


def test_names_stand_over_the_arrows(page: Page, exported: Path) -> None:
    page.goto(exported.as_uri())
    page.wait_for_function("document.body.dataset.ready === 'true'")
    drawn: Any = page.evaluate("""() => {
      const drawn = [], { fill, fillText } = CanvasRenderingContext2D.prototype;
      const said = new Set(filature.words.map(({ text }) => text));
      Object.assign(CanvasRenderingContext2D.prototype, {
        fill(...told) { if (!told.length) drawn.push('arrow'); return fill.apply(this, told); },
        fillText(...told) { drawn.push(said.has(told[0]) ? 'words' : 'name'); return fillText.apply(this, told); },
      });
      filature.network.redraw();
      return drawn;
    }""")
    assert drawn.count("name") == len(ATTACKS) + 1
    assert "arrow" in drawn
    assert "arrow" not in drawn[drawn.index("name"):]


_BOXES = """() => {
  const width = new OffscreenCanvas(1, 1).getContext('2d');
  width.font = '14px sans-serif';
  return filature.nodes.get().flatMap((node) => {
    const { x, y } = filature.network.getPosition(node.id), left = x + node.size + 4;
    return [{x0: x - node.size, x1: x + node.size, y0: y - node.size, y1: y + node.size},
            {x0: left, x1: left + width.measureText(node.label).width, y0: y - 7, y1: y + 7}];
  });
}"""


def covers(one: dict[str, float], other: dict[str, float]) -> bool:
    return all(one[f"{axis}0"] < other[f"{axis}1"] and other[f"{axis}0"] < one[f"{axis}1"] for axis in "xy")


def test_no_name_covers_another_and_those_without_room_are_told_and_come_when_chosen_or_near(
    page: Page, tmp_path: Path
) -> None:
    nodes = [Node(f"p:{n}", "Account", {"pseudonym": f"a name of some length {n}"}) for n in range(12)]
    subgraph = Subgraph.of(nodes, [])
    places = {node.key: (0.05 * n, 0.02 * n) for n, node in enumerate(nodes)}
    write(subgraph, "html", tmp_path / "out.html", provenance={"case": "c"},
          scene=replace(scene_of(subgraph), places={**places, nodes[-1].key: (40.0, 40.0)}))
    page.goto((tmp_path / "out.html").as_uri())
    page.wait_for_function("Object.keys(filature.names).length > 0")
    names: Any = page.evaluate("filature.names")
    assert 1 < len(names) < len(nodes)
    listed = list(names.values())
    assert [one for n, one in enumerate(listed) for other in listed[:n] if covers(one, other)] == []
    assert page.locator("#unnamed").is_visible()
    left_out = next(n for n in range(len(nodes)) if str(n) not in names)
    page.evaluate("n => { filature.network.selectNodes([n]); filature.network.redraw(); }", left_out)
    assert str(left_out) in page.evaluate("filature.names")
    near = "filature.network.moveTo({position: {x: 0, y: 0}, scale: 400, animation: false}); filature.network.redraw()"
    page.evaluate(near)
    assert len(page.evaluate("filature.names")) == len(nodes)
    assert not page.locator("#unnamed").is_visible()


def test_what_links_say_stands_on_their_lines_and_covers_nothing(page: Page, tmp_path: Path) -> None:
    """Of several links of two nodes one text that counts the others; whatever it holds is drawn as text."""
    nodes = [Node(f"c:{name}", "Company", {"name": f"Company {name}"}) for name in "abcdef"]
    a, b, *others = (node.key for node in nodes)
    edges = [
        Edge(a, b, "OWNS", {"share": 0.4, "kind": ATTACKS[0][:29]}), Edge(b, a, "OWNS", {"share": 0.1}),
        *(Edge(a, other, "OWNS", {"share": 0.25}) for other in others),
    ]
    places = {a: (-6.0, 0.0), b: (6.0, 0.0), **{key: (6.0, 0.6 * n) for n, key in enumerate(others, start=1)}}
    subgraph = Subgraph.of(nodes, edges)
    scene = replace(scene_of(subgraph), places=places)
    for name, shown in (("out", scene), ("bare", replace(scene, words_on_links=False))):
        write(subgraph, "html", tmp_path / f"{name}.html", provenance={"case": "c"}, scene=shown)
    page.goto((tmp_path / "out.html").as_uri())
    page.wait_for_function("filature.words.length > 0")
    page.evaluate("filature.network.moveTo({scale: 1, animation: false}); filature.network.redraw()")
    words: Any = page.evaluate("filature.words")
    assert f"40 % · {ATTACKS[0][:29]} · +1 link" in [one["text"] for one in words]
    assert page.evaluate("window.pwned") is None
    boxes: Any = page.evaluate(_BOXES)
    for number, one in enumerate(words):
        others = [*boxes, *(part for other in words[:number] for part in other["parts"])]
        covered = [other for other in others for part in one["parts"] if covers(part, other)]
        assert covered == [], one["text"]
    turned = {round(one["angle"], 2) for one in words}
    assert len(turned) > 2, "each as its line runs"
    assert all(abs(angle) <= 1.58 for angle in turned), "nothing stands on its head"
    page.goto((tmp_path / "bare.html").as_uri())
    page.wait_for_function("document.body.dataset.ready === 'true'")
    page.evaluate("filature.network.selectEdges(['e2']); filature.network.redraw()")
    assert [one["text"] for one in page.evaluate("filature.words")] == ["25 %"]


def test_what_a_selected_link_says_stands_where_there_is_room_and_is_placed_once(page: Page, tmp_path: Path) -> None:
    nodes = [Node(f"c:{name}", "Company", {"name": name}) for name in "abc"]
    a, b, between = (node.key for node in nodes)
    subgraph = Subgraph.of(nodes, [Edge(a, b, "OWNS", {"share": 0.4})])
    places = {a: (-6.0, 0.0), b: (6.0, 0.0), between: (0.0, 0.0)}
    scene = replace(scene_of(subgraph), places=places)
    write(subgraph, "html", tmp_path / "out.html", provenance={"case": "c"}, scene=scene)
    page.goto((tmp_path / "out.html").as_uri())
    page.wait_for_function("filature.words.length > 0")
    page.evaluate("filature.network.moveTo({scale: 1, animation: false}); filature.network.selectEdges(['e0'])")
    page.evaluate("filature.network.redraw()")
    (words,) = page.evaluate("filature.words")
    assert [box for box in page.evaluate(_BOXES) for part in words["parts"] if covers(part, box)] == []
    again = "() => { const { words } = filature; filature.network.redraw(); return words === filature.words; }"
    assert page.evaluate(again), "a frame in which nothing moved places nothing anew"


def test_a_picture_for_print_opens_in_another_program_and_shows_its_nodes(page: Page, tmp_path: Path) -> None:
    nodes = [Node(f"p:{name}", "Account", {"pseudonym": name, "declared_age": 30}) for name in "abc"]
    subgraph = Subgraph.of(nodes, [Edge(nodes[0].key, nodes[1].key, "CONTACTED", {"messages": 2})])
    write(subgraph, "svg", tmp_path / "out.svg", provenance={"case": "c"})
    page.goto((tmp_path / "out.svg").as_uri())
    root = page.evaluate("[document.documentElement.tagName, document.documentElement.getBoundingClientRect().width]")
    assert root[0] == "svg"
    assert root[1] > 600
    drawn = page.evaluate(
        "[...document.querySelectorAll('use, path')].filter((e) => getComputedStyle(e).fill === 'rgb(0, 114, 178)')"
        ".map((e) => e.getBoundingClientRect()).filter((r) => r.width > 2 && r.height > 2).length"
    )
    assert drawn >= len(nodes)


def test_the_chosen_account_is_shown_as_text_and_a_minor_without_name(page: Page, exported: Path) -> None:
    page.goto(exported.as_uri())
    page.wait_for_function("document.body.dataset.ready === 'true'")
    assert "10 of 4,310 nodes" in page.inner_text("h1")
    texts = []
    for number in range(len(ATTACKS) + 1):
        page.evaluate("n => filature.network.body.emitter.emit('selectNode', {nodes: [n], edges: []})", number)
        texts.append(page.inner_text("aside"))
    assert any("<img src=http://127.0.0.1:9/beacon" in text for text in texts)
    assert not any("Wren" in text or "p:minor" in text for text in texts)
    assert sum("\nminor " in "\n" + text for text in texts) == 1
    assert page.locator("aside img, aside script, header script, header img").count() == 0


def test_the_policy_stops_a_script_that_somebody_adds(page: Page, exported: Path) -> None:
    text = exported.read_text(encoding="utf-8")
    exported.write_text(text.replace("</body>", "<script>window.pwned = 1</script></body>"), encoding="utf-8")
    page.goto(exported.as_uri())
    page.wait_for_function("document.body.dataset.ready === 'true'")
    assert page.evaluate("window.pwned") is None


def test_page_and_svg_show_a_scene_as_the_canvas_has_it(page: Page, tmp_path: Path) -> None:
    """The same places (but for size and the page's downward axis), colours, outlines, names and masks; SVG opens."""
    nodes = [
        Node("p:a", "Account", {"pseudonym": "Heron"}), Node("p:b", "Account", {"declared_age": 13}), Node("r", "Room"),
    ]
    subgraph = Subgraph.of(nodes, [Edge(nodes[0].key, nodes[1].key, "CONTACTED")])
    at = {nodes[0].key: (0.0, 1.0), nodes[1].key: (4.0, 3.0), nodes[2].key: (2.0, -1.0)}
    scene = replace(scene_of(subgraph), places=at,
                    lines=("1 to 3 March 2024", "8 of 9 were minors"))
    write(subgraph, "html", tmp_path / "out.html", provenance={"case": "north"}, scene=scene)
    write(subgraph, "svg", tmp_path / "out.svg", provenance={"case": "north"}, scene=scene)
    page.goto((tmp_path / "out.html").as_uri())
    page.wait_for_function("document.body.dataset.ready === 'true'")
    drawn: Any = page.evaluate(
        "filature.nodes.get().map((n) => ({...filature.network.getPosition(n.id), color: n.color, outline: n.outline, "
        "label: n.label}))"
    )
    looks = [scene.looks.nodes[node.key] for node in subgraph.nodes]
    assert [(one["color"], one["outline"]) for one in drawn] == [(look.color, look.shape) for look in looks]
    assert [one["label"] for one in drawn] == [scene.labels[node.key] for node in subgraph.nodes]
    wanted = [scene.places[node.key] for node in subgraph.nodes]
    scale = (drawn[1]["x"] - drawn[0]["x"]) / 4.0
    for one, (x, y) in zip(drawn, wanted, strict=True):
        assert one["x"] == pytest.approx(x * scale, abs=1)
        assert one["y"] == pytest.approx(-y * scale, abs=1)
    assert "8 of 9 were minors" in page.inner_text("header")
    assert page.locator("#legend li").count() == len(scene.looks.legend) == 3
    page.goto((tmp_path / "out.svg").as_uri())
    assert page.evaluate("document.documentElement.getBBox().width") > 500


def test_what_a_person_wrote_on_a_large_picture_is_read_without_zooming(page: Page, tmp_path: Path) -> None:
    graph = Subgraph.of(
        [Node(f"p:{number}", "Account") for number in range(400)],
        [Edge("Account/p:0", f"Account/p:{number}", "CONTACTED") for number in range(1, 400)],
    )
    scene, out = scene_of(graph), tmp_path / "written.html"
    hull = Hull("Quay people", ("Account/p:1", "Account/p:2"), "#009E73")
    scene = replace(scene, slips=(Slip("Read again", (0.0, 0.0), "#F0E442"),), hulls=(hull,))
    write(graph, "html", out, provenance={}, scene=scene)
    page.goto(out.as_uri())
    page.wait_for_function("document.body.dataset.ready === 'true'")
    heights: Any = page.evaluate("""() => {
      const [found, fill] = [{}, CanvasRenderingContext2D.prototype.fillText];
      CanvasRenderingContext2D.prototype.fillText = function (text, ...where) {
        found[text] = (parseFloat(this.font.match(/([0-9.]+)px/)[1]) * this.getTransform().a) / devicePixelRatio;
        return fill.call(this, text, ...where);
      };
      filature.network.redraw();
      CanvasRenderingContext2D.prototype.fillText = fill;
      return found;
    }""")
    assert heights["Read again"] >= 11.9
    assert heights["Quay people"] >= 11.9


def test_a_picture_is_really_drawn(page: Page, exported: Path) -> None:
    page.goto(exported.as_uri())
    page.wait_for_function("document.body.dataset.ready === 'true'")
    page.wait_for_timeout(300)
    painted = page.evaluate(
        "(() => { const c = document.querySelector('#picture canvas'); const d = c.getContext('2d')"
        ".getImageData(0, 0, c.width, c.height).data; let n = 0; for (let i = 3; i < d.length; i += 4) if (d[i]) n++;"
        " return n; })()"
    )
    assert painted > 1000


def test_what_is_selected_is_not_taken_for_a_path_names_stand_apart_and_dim_colours_are_seen_in_the_dark(
    page: Page, tmp_path: Path
) -> None:
    """Links of a selected node turned the orange of paths; "one" and "other" were read as one name."""
    nodes = [Node(f"p:{name}", "Account", {"pseudonym": name}) for name in ("one", "other")]
    one, other = (node.key for node in nodes)
    subgraph = Subgraph.of(nodes, [Edge(one, other, "CONTACTED", {"messages": 1})])
    write(subgraph, "html", tmp_path / "out.html", provenance={"case": "c"}, scene=scene_of(subgraph))
    fills = {}
    for ground in ("light", "dark"):
        page.emulate_media(color_scheme=ground)
        page.goto((tmp_path / "out.html").as_uri())
        page.wait_for_function("Object.keys(filature.names).length > 0")
        fills[ground] = page.locator("#legend path").first.get_attribute("fill")
        chosen = page.evaluate("filature.network.body.edges.e0.options.color.highlight")
        assert chosen == {"light": "#1b1f24", "dark": "#e6edf3"}[ground]
    page.emulate_media(color_scheme="light")
    assert fills["light"] == "#0072B2"
    assert fills["dark"] not in (None, "#0072B2")
    # two on one line: where the end of a name meets the beginning of the other, the other stands elsewhere
    met: Any = page.evaluate("""() => {
      const widths = Object.values(filature.names).map(({ x0, x1 }) => x1 - x0);
      const [{ id: a, size }, { id: b }] = filature.nodes.get();
      const between = 2 * size + 8 + widths[0] + widths[1] + 1; // the two names would be one pixel apart
      filature.network.moveNode(a, 0, 0); filature.network.moveNode(b, between, 0);
      filature.network.moveTo({ scale: 1, position: { x: between / 2, y: 0 }, animation: false });
      filature.network.redraw();
      return Object.values(filature.names);
    }""")
    assert len(met) == 2
    assert abs(met[0]["y"] - met[1]["y"]) > 1 or met[1]["x0"] - met[0]["x1"] > 5 or met[0]["x0"] - met[1]["x1"] > 5


def test_notes_at_the_edge_of_the_picture_and_beside_it_are_whole_when_it_opens(page: Page, tmp_path: Path) -> None:
    nodes = [Node(f"p:{name}", "Account", {"pseudonym": name, "declared_age": 30}) for name in "abcd"]
    subgraph = Subgraph.of(nodes, [Edge(nodes[0].key, node.key, "CONTACTED", {"messages": 2}) for node in nodes[1:]])
    places = dict(zip((node.key for node in nodes), ((-6.0, 3.0), (6.0, 3.0), (6.0, -3.0), (-6.0, -3.0)), strict=True))
    text = "he asked each of them for the same two things in the first week, in nearly the same words"
    corners = [Slip(text, (x, y), "#f0c000", nodes[0].key) for x, y in ((5.9, 3.0), (5.9, -3.0), (-6.0, -3.0))]
    for name, slips in (("edge", corners), ("beside", [*corners, Slip(text, (14.0, -9.0), "#f0c000")])):
        write(subgraph, "html", tmp_path / f"{name}.html", provenance={"case": "c"},
              scene=replace(scene_of(subgraph), places=places, slips=tuple(slips)))
        page.goto((tmp_path / f"{name}.html").as_uri())
        page.wait_for_function("document.body.dataset.ready === 'true'")
        page.evaluate("filature.network.redraw()")
        cut: Any = page.evaluate("""() => {
          const { clientWidth, clientHeight } = document.getElementById('picture');
          return filature.slips.filter(({ x, y, wide, high }) => {
            const [from, to] = [{ x, y }, { x: x + wide, y: y + high }].map((at) => filature.network.canvasToDOM(at));
            return from.x < -1 || from.y < -1 || to.x > clientWidth + 1 || to.y > clientHeight + 1;
          }).length;
        }""")
        assert cut == 0, name
