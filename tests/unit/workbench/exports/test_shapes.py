"""What the canvas can draw leaves with the picture: each shape has an outline for the page and a mark for print."""

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

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


def test_every_shape_has_an_outline_and_a_mark_with_a_hole_where_it_has_one() -> None:
    assert OUTLINES.keys() == set(SHAPES)
    assert {*OF_MINORS, *OF_MINORS.values()} <= set(SHAPES)
    hollow = {"ring", "thinring", "opendrop", "thindrop", "openstar"}
    assert {shape for shape in SHAPES if _middle(shape) > 200} == hollow
