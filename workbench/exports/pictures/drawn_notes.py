"""What a person put on the picture, on the sheet for print: groups as hulls behind the nodes, notes as slips beside."""

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any

from matplotlib.patches import Polygon

from graph.layout import Position
from workbench.exports.pictures.scene import Hull, Scene, Slip
from workbench.exports.pictures.visible import visible
from workbench.report.rendering.glyphs import drawable

_AROUND, _FONT, _LINE, _LETTER, _WIDE, _MOST = 26.0, 6.5, 8.2, 3.7, 34, 14


def draw_hulls(axes: Any, scene: Scene, at: Mapping[str, Position]) -> None:
    """Around each group what the canvas shows around it, its title above."""
    for hull in scene.hulls:
        points = [at[key] for key in hull.members if key in at]
        if not points:
            continue
        corners = convex(points)
        axes.add_patch(Polygon(
            corners if len(corners) > 1 else [*corners, corners[0]], facecolor=hull.color, edgecolor=hull.color,
            alpha=0.16, linewidth=_AROUND, joinstyle="round", capstyle="round", zorder=0.5,
        ))
        if title := drawable(visible(hull.title)):
            middle = (min(x for x, _ in points) + max(x for x, _ in points)) / 2
            axes.text(middle, max(y for _, y in points) + _AROUND / 2 + 2, title, fontsize=_FONT + 1, weight="bold",
                      color="#1b1f24", ha="center", va="bottom", zorder=3)


def title_box(hull: Hull, at: Mapping[str, Position]) -> tuple[float, float, float, float] | None:
    """The room that a group's title takes; None where it has none."""
    points, title = [at[key] for key in hull.members if key in at], drawable(visible(hull.title))
    if not points or not title:
        return None
    middle = (min(x for x, _ in points) + max(x for x, _ in points)) / 2
    low, half = max(y for _, y in points) + _AROUND / 2 + 2, _LETTER * (_FONT + 1) / _FONT * len(title) / 2 + 2
    return (middle - half, low, middle + half, low + _LINE + 2)


def slip_lines(slip: Slip) -> list[str]:
    """What a note says, as it is written on its slip."""
    lines = [part for line in slip.text.splitlines() for part in wrap(drawable(visible(line)), _WIDE)] or [""]
    return [*lines[: _MOST - 1], "…"] if len(lines) > _MOST else lines


def slip_size(slip: Slip) -> tuple[float, float]:
    """Its width and height in points."""
    lines = slip_lines(slip)
    return _LETTER * max(len(line) for line in lines) + 10, _LINE * len(lines) + 5


def draw_slips(axes: Any, slips: Sequence[tuple[Slip, Position]], at: Mapping[str, Position]) -> None:
    """Each note as a slip of paper, its upper left corner there, with its colour on the left edge and a thin line to
    its node.
    """
    for slip, (x, y) in slips:
        wide, high = slip_size(slip)
        if slip.about in at:
            node = at[slip.about]
            near = min(max(node[0], x), x + wide), min(max(node[1], y - high), y)
            axes.plot([node[0], near[0]], [node[1], near[1]], color="#57606a", linewidth=0.5, zorder=1.4)
        box = [(x, y), (x + wide, y), (x + wide, y - high), (x, y - high)]
        axes.add_patch(Polygon(box, facecolor="white", edgecolor="#d0d7de", linewidth=0.5, zorder=4))
        axes.add_patch(Polygon([(x, y), (x + 2.5, y), (x + 2.5, y - high), (x, y - high)], facecolor=slip.color,
                               edgecolor="none", zorder=4))
        for number, line in enumerate(slip_lines(slip)):
            axes.text(x + 6, y - 3 - _LINE * number, line, fontsize=_FONT, color="#1b1f24", va="top", zorder=5)


def convex(points: Sequence[Position]) -> list[Position]:
    """The corners of the convex hull, in order (Andrew's monotone chain)."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered

    def half(listed: Sequence[Position]) -> list[Position]:
        kept: list[Position] = []
        for point in listed:
            while len(kept) > 1 and _turn(kept[-2], kept[-1], point) <= 0:
                kept.pop()
            kept.append(point)
        return kept[:-1]

    return half(ordered) + half(ordered[::-1])


def _turn(a: Position, b: Position, c: Position) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
