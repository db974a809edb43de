"""What the canvas can draw leaves with the picture: each shape has an outline for the page and a mark for print."""

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.path import Path as Outline

from workbench.canvas.palette import OF_MINORS, SHAPES
from workbench.exports.pictures.markers import marker
from workbench.exports.pictures.outlines import OUTLINES


def _middle(shape: str) -> int:
    """How dark the middle of a large black mark is on white (255); of a drop the middle of its round end."""
    figure = Figure(figsize=(1, 1), dpi=100)
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.axis("off")
    axes.scatter([0], [0], s=60**2, marker=marker(shape), color="black", linewidths=0)
    canvas.draw()
    return int(np.asarray(canvas.buffer_rgba())[61 if shape.endswith("drop") else 50, 50, 0])


def test_a_target_is_told_from_whom_was_written_to_before_an_age_was_known() -> None:
    """By how much of the disc is left, which is seen on a small one."""
    left = {}
    for shape in ("ring", "thinring"):
        radii = [float(np.abs(np.asarray(part.vertices)).max()) for part in marker(shape).get_path().to_polygons(
            closed_only=False) for part in [Outline(part)]]
        left[shape] = 1 - (min(radii) / max(radii)) ** 2
    assert left["ring"] > 2 * left["thinring"]


def test_every_shape_has_an_outline_and_a_mark_with_a_hole_where_it_has_one() -> None:
    assert OUTLINES.keys() == set(SHAPES)
    assert {*OF_MINORS, *OF_MINORS.values()} <= set(SHAPES)
    hollow = {"ring", "thinring", "opendrop", "thindrop", "openstar"}
    assert {shape for shape in SHAPES if _middle(shape) > 200} == hollow


def test_a_likely_minor_is_told_by_a_dot_from_whose_age_was_known_later() -> None:
    left = {
        shape: np.sort([np.hypot(*np.asarray(part).T).max() for part in marker(shape).get_path().to_polygons()])
        for shape in ("thinring", "dotring")
    }
    assert left["thinring"].round(1).tolist() == [0.8, 1.0]
    assert left["dotring"].round(1).tolist() == [0.4, 0.8, 1.0]
    assert _middle("dotring") < 50
