"""A subgraph as a picture for print: SVG or PNG, as the canvas shows it, with legend, title and what is masked.

No name covers another or a node that is not its own: one without room is left out, as are words of links, and the
foot of the picture counts both; notes stand beside what there is; the page (``html``) and the tables hold all.
"""

import io
import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath

from graph.layout import Position
from graph.subgraph import Subgraph
from workbench.canvas.palette import DIRECTED, LIT_COLOR
from workbench.explore.by_time import TickWords
from workbench.exports.pictures.drawn_frame import INCHES, INK, MARGIN, POINTS, QUIET, Frame, draw_frame, frame_of
from workbench.exports.pictures.drawn_notes import draw_hulls, draw_slips, slip_size, title_box
from workbench.exports.pictures.markers import marker
from workbench.exports.pictures.scene import Scene, scene_of
from workbench.report.pictures.drawing import DRAWING, STYLE
from workbench.report.rendering.glyphs import drawable

DOTS_PER_INCH = 300
PAGE_DOTS_PER_INCH = 160
_FONT = 6.5
_LINE_HEIGHT, _SIDE = 1.3 * _FONT, 1.8  # from the lowest stroke of letters to the highest, and beside them: their paper
_STEEP = math.pi / 3  # of a link steeper than that the words are level, as on the canvas
_SHARES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74)
_STEP, _AROUND = 6.0, 16  # points between the rings, and places on each, on which a note looks for a free one
_LINE = "#8c959f"
_PAPER = {"facecolor": "white", "edgecolor": "none", "pad": 0.6, "alpha": 0.85}
"""What is written lies on it: no line strikes it through; that of names lies under the nodes, to cut none."""
Box = tuple[float, float, float, float]


def write_svg(subgraph: Subgraph, path: Path, provenance: Mapping[str, Any], *, scene: Scene | None = None) -> None:
    """Text is drawn as outlines, so that it looks alike everywhere; the same picture gives the same bytes."""
    options = {"format": "svg", "metadata": {"Date": None, "Creator": "Filature"}}
    path.write_bytes(_saved(subgraph, scene or scene_of(subgraph), provenance, options))


def write_png(subgraph: Subgraph, path: Path, provenance: Mapping[str, Any], *, scene: Scene | None = None) -> None:
    """300 dots an inch."""
    options = {"format": "png", "dpi": DOTS_PER_INCH, "metadata": {"Software": None}}
    path.write_bytes(_saved(subgraph, scene or scene_of(subgraph), provenance, options))


def image(to: str, *, subgraph: Subgraph, scene: Scene) -> bytes:
    """The picture and its legend alone, as ``svg`` or ``png``: for a page that says itself what it is of."""
    metadata: dict[str, Any] = {"Date": None, "Creator": "Filature"} if to == "svg" else {"Software": None}
    return _saved(subgraph, scene, None, {"format": to, "dpi": PAGE_DOTS_PER_INCH, "metadata": metadata})


def _saved(
    subgraph: Subgraph, scene: Scene, provenance: Mapping[str, Any] | None, options: Mapping[str, Any]
) -> bytes:
    """``provenance``: stands around the picture; None: nothing does."""
    stream = io.BytesIO()
    with DRAWING, mpl.rc_context(STYLE):
        frame = frame_of(scene, provenance)
        figure = Figure(figsize=(INCHES[0], frame.height / POINTS))
        figure.patch.set_facecolor("white")
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, INCHES[0] * POINTS), ylim=(0, frame.height))
        axes.axis("off")
        # no key of a node is without a stroke
        slips = {f"slip {number}": slip.place for number, slip in enumerate(scene.slips)}
        level = next(iter(scene.places.values()), (0.0, 0.0))[1]
        ticks = {f"tick {number}": (tick.x, level) for number, tick in enumerate(scene.axis)}
        at = _fitted({**scene.places, **slips, **ticks}, frame)
        _axis(axes, [tick._replace(x=at[key][0]) for key, tick in zip(ticks, scene.axis, strict=True)], frame)
        draw_hulls(axes, scene, at)
        _links(axes, subgraph, scene, at)
        _nodes(axes, subgraph, scene, at)
        taken = _taken(subgraph, scene, at)
        unnamed = _names(axes, subgraph, scene, at, taken) if scene.named else 0
        placed = [
            (slip, taken.nearest(at[f"slip {number}"], *slip_size(slip), _room(frame)))
            for number, slip in enumerate(scene.slips)
        ]
        draw_slips(axes, placed, at)
        unsaid = _link_words(axes, subgraph, scene, at, taken) if scene.named else 0
        draw_frame(axes, frame, scene, provenance, unnamed=unnamed, unsaid=unsaid)
        figure.savefig(stream, **options)
    return stream.getvalue()


def _fitted(places: Mapping[str, Position], frame: Frame) -> dict[str, Position]:
    """Places in points on the sheet, as large as there is room for, in the middle."""
    if not places:
        return {}
    low = frame.foot + MARGIN
    room = (INCHES[0] * POINTS - 2 * MARGIN - 60, frame.height - low - frame.head - MARGIN)
    xs, ys = [x for x, _ in places.values()], [y for _, y in places.values()]
    span = (max(xs) - min(xs), max(ys) - min(ys))
    scale = min((room[axis] / span[axis] for axis in (0, 1) if span[axis] > 0), default=1.0)
    centre = (MARGIN + room[0] / 2, low + room[1] / 2)
    middle = ((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2)
    return {
        key: (centre[0] + (x - middle[0]) * scale, centre[1] + (y - middle[1]) * scale)
        for key, (x, y) in places.items()
    }


def _links(axes: Any, subgraph: Subgraph, scene: Scene, at: Mapping[str, Position]) -> None:
    """Steps of lit paths over those that the lead rests on, and these over the others, which are faint.

    A head where the direction tells something.
    """
    kinds = ((False, 0.16, 1.0, _LINE, 0.0), (True, 0.75, 1.1, _LINE, 0.0), (None, 1.0, 1.2, LIT_COLOR, 2.0))
    for stands_out, alpha, order, color, least in kinds:
        edges = [
            edge for edge in subgraph.edges
            if (None if scene.lit(edge) else scene.stands_out(edge)) == stands_out
        ]
        lines = [(at[edge.source], at[edge.target]) for edge in edges]
        widths = [max(least, _width(edge.properties)) for edge in edges]
        axes.add_collection(LineCollection(lines, linewidths=widths, colors=color, alpha=alpha, zorder=order))
        heads = [
            _head(at[edge.source], at[edge.target], scene.looks.nodes[edge.target].size * 0.75)
            for edge in edges if edge.type in DIRECTED and at[edge.source] != at[edge.target]
        ]
        axes.add_collection(PolyCollection(heads, facecolors=color, alpha=alpha, zorder=order, linewidths=0))


def _head(source: Position, target: Position, gap: float) -> list[Position]:
    """A small triangle that ends at the rim of the target."""
    dx, dy = target[0] - source[0], target[1] - source[1]
    length = math.hypot(dx, dy)
    ux, uy = dx / length, dy / length
    tip = (target[0] - ux * gap, target[1] - uy * gap)
    base = (tip[0] - ux * 4.5, tip[1] - uy * 4.5)
    return [tip, (base[0] - uy * 1.6, base[1] + ux * 1.6), (base[0] + uy * 1.6, base[1] - ux * 1.6)]


def _nodes(axes: Any, subgraph: Subgraph, scene: Scene, at: Mapping[str, Position]) -> None:
    drawn: dict[tuple[str, str, str], list[tuple[float, float, float]]] = defaultdict(list)
    for node in subgraph.nodes:
        look = scene.looks.nodes[node.key]
        drawn[look.shape, look.color, scene.marks.get(node.key, "")].append((*at[node.key], look.size))
    for (shape, color, mark), held in sorted(drawn.items()):
        axes.scatter(
            [x for x, _, _ in held], [y for _, y, _ in held], s=[(1.5 * size) ** 2 for _, _, size in held],
            marker=marker(shape), color=color, edgecolors=mark or "white", linewidths=2.0 if mark else 0.4, zorder=2,
        )


def _axis(axes: Any, ticks: Sequence[TickWords], frame: Frame) -> None:
    """A line over the height of the picture at each whose words have room above, beside those before."""
    low, high = frame.foot + MARGIN / 2, frame.height - frame.head - 4
    free, day = 0.0, ""
    for tick in ticks:
        if tick.x < free:
            continue
        text = tick.text if tick.day == day else tick.whole
        axes.plot(
            [tick.x, tick.x], [low, high], color=_LINE, alpha=0.45, linewidth=0.5, linestyle=(0, (2, 4)), zorder=0.3
        )
        axes.text(tick.x + 2, high - 5, drawable(text), fontsize=_FONT, color=QUIET, va="top", zorder=3)
        free, day = tick.x + 4.0 * len(text) + 6, tick.day


def _taken(subgraph: Subgraph, scene: Scene, at: Mapping[str, Position]) -> "_Taken":
    """What no name, note and word may cover: nodes, and titles of groups."""
    taken = _Taken()
    for node in subgraph.nodes:
        radius = scene.looks.nodes[node.key].size * 0.75
        x, y = at[node.key]
        taken.add((x - radius, y - radius, x + radius, y + radius), node.key)
    for hull in scene.hulls:
        if box := title_box(hull, at):
            taken.add(box, None)
    return taken


def _room(frame: Frame) -> Box:
    """Where something may stand on the sheet."""
    return (4.0, frame.foot + 6.0, INCHES[0] * POINTS - 4.0, frame.height - frame.head)


def _names(axes: Any, subgraph: Subgraph, scene: Scene, at: Mapping[str, Position], taken: "_Taken") -> int:
    """Names where there is room, the most important first; returns how many have none."""
    font, measure = FontProperties(family="DejaVu Sans", size=_FONT), TextToPath()
    links = Counter(end for edge in subgraph.edges for end in {edge.source, edge.target})
    order = sorted(
        (node.key for node in subgraph.nodes),
        key=lambda key: (-scene.looks.nodes[key].size, -links[key], key),
    )
    unnamed = 0
    for key in order:
        text = drawable(scene.labels[key])
        if not text:
            continue
        width, height, _ = measure.get_text_width_height_descent(text, font, ismath=False)
        box = taken.place(key, at[key], scene.looks.nodes[key].size * 0.75 + 0.5, width + 2 * _SIDE, _LINE_HEIGHT)
        if box is None:
            unnamed += 1
            continue
        low = box[1] + (_LINE_HEIGHT - height) / 2
        axes.text(box[0] + _SIDE, low, text, fontproperties=font, color=INK, zorder=1.9, va="bottom", bbox=_PAPER)
    return unnamed


def _link_words(axes: Any, subgraph: Subgraph, scene: Scene, at: Mapping[str, Position], taken: "_Taken") -> int:
    """Words of links where there is room, those of lit paths first; returns how many have none."""
    font, measure = FontProperties(family="DejaVu Sans", size=_FONT), TextToPath()
    unsaid, saying = 0, [edge for edge in subgraph.edges if scene.lit(edge) or scene.stands_out(edge)]
    for edge in sorted(saying, key=lambda edge: not scene.lit(edge)) if scene.words_on_links else ():
        if text := drawable(scene.caption(edge)):
            unsaid += not _caption(axes, text, at[edge.source], at[edge.target], taken, measure, font)
    return unsaid


def _caption(
    axes: Any, text: str, source: Position, target: Position, taken: "_Taken", measure: TextToPath, font: FontProperties
) -> bool:
    """On the link, turned with it and upright, where there is room; level where the link is too short or too steep.

    Whether there was room.
    """
    width, height, _ = measure.get_text_width_height_descent(text, font, ismath=False)
    across, down = target[0] - source[0], target[1] - source[1]
    angle = math.atan(down / across) if across else math.pi / 2
    if math.hypot(across, down) < width or abs(angle) > _STEEP:
        angle = 0.0
    for share in _SHARES:
        middle = source[0] + across * share, source[1] + down * share
        if not angle:  # whole where the link stands too near an edge of the sheet
            middle = min(max(middle[0], width / 2 + 4), INCHES[0] * POINTS - width / 2 - 4), middle[1]
        parts = _squares(middle, angle, width / 2, height / 2 + 1)
        if not any(taken.hit(part, None) for part in parts):
            for part in parts:
                taken.add(part, None)
            axes.text(*middle, text, fontproperties=font, color=QUIET, zorder=3, va="center", ha="center", bbox=_PAPER,
                      rotation=math.degrees(angle), rotation_mode="anchor")
            return True
    return False


def _squares(middle: Position, angle: float, wide: float, half: float) -> list[Box]:
    """Squares as high as a turned text, one beside the other along it: only these take room."""
    reach = max(wide - half, 0.0)
    steps = math.ceil(2 * reach / half)
    found = []
    for step in range(steps + 1):
        far = reach * (2 * step / steps - 1) if steps else 0.0
        x, y = middle[0] + math.cos(angle) * far, middle[1] + math.sin(angle) * far
        found.append((x - half, y - half, x + half, y + half))
    return found


class _Taken:
    """Boxes on the sheet, found by the cells that they touch."""

    _CELL = 40.0

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[tuple[Box, str | None]]] = defaultdict(list)

    def add(self, box: Box, owner: str | None) -> None:
        for cell in self._touched(box):
            self._cells[cell].append((box, owner))

    def hit(self, box: Box, owner: str | None) -> bool:
        return any(
            (owner is None or whose != owner)
            and box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
            for cell in self._touched(box) for other, whose in self._cells[cell]
        )

    def place(self, key: str, at: Position, gap: float, width: float, height: float) -> Box | None:
        """The first free side of a node: right, left, below, above."""
        x, y = at
        for left, low in (
            (x + gap, y - height / 2), (x - gap - width, y - height / 2), (x - width / 2, y - gap - height),
            (x - width / 2, y + gap),
        ):
            box = (left, low, left + width, low + height)
            if not self.hit(box, key):
                self.add(box, None)
                return box
        return None

    def nearest(self, at: Position, width: float, height: float, room: Box) -> Position:
        """The nearest upper left corner to ``at`` where such a box is in the room and covers nothing; it is taken.

        Where all of the room is, the first that is in it.
        """
        first = None
        for ring in range(int((room[2] - room[0]) / _STEP)):
            for place in range(_AROUND if ring else 1):
                angle = 2 * math.pi * place / _AROUND
                x, y = at[0] + ring * _STEP * math.cos(angle), at[1] - ring * _STEP * math.sin(angle)
                box = (x - 2, y - height - 2, x + width + 2, y + 2)
                if box[0] < room[0] or box[1] < room[1] or box[2] > room[2] or box[3] > room[3]:
                    continue
                first = first or (x, y)
                if not self.hit(box, None):
                    self.add(box, None)
                    return x, y
        return first or at

    def _touched(self, box: Box) -> list[tuple[int, int]]:
        low, high = (tuple(math.floor(value / self._CELL) for value in box[part:part + 2]) for part in (0, 2))
        return [(x, y) for x in range(low[0], high[0] + 1) for y in range(low[1], high[1] + 1)]


def _width(values: Mapping[str, Any]) -> float:
    weight = values.get("messages") or values.get("times") or 1
    return min(2.5, 0.4 + 0.2 * math.log2(max(float(weight), 1.0)))
