"""Which outline has a shape?  The same paths as the canvas's legend, in a box of 16 by 16, y downwards."""

OUTLINES = {
    "circle": "M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12z",
    "square": "M3 3h10v10H3z",
    "diamond": "M8 1l7 7l-7 7l-7-7z",
    "triangle": "M8 2l6.5 11.5h-13z",
    "hexagon": "M8 1.5l5.7 3.2v6.6L8 14.5l-5.7-3.2V4.7z",
    "pentagon": "M8 1.5l6.3 4.6l-2.4 7.4H4.1L1.7 6.1z",
    "cross": "M5.4 1.5h5.2v3.9h3.9v5.2h-3.9v3.9H5.4v-3.9H1.5V5.4h3.9z",
    "wedge": "M8 14L1.5 2.5h13z",
    "star": "M8 1l2.1 4.6l5 .6l-3.7 3.4l1 5L8 12.1l-4.4 2.5l1-5L.9 6.2l5-.6z",
    "drop": "M8 1L11.94 7.52A4.6 4.6 0 1 1 4.06 7.52z",
    "openstar": "M8 1l2.1 4.6l5 .6l-3.7 3.4l1 5L8 12.1l-4.4 2.5l1-5L.9 6.2l5-.6zM8 6.3a2 2 0 1 0 0 4a2 2 0 1 0 0-4z",
    "opendrop": "M8 1L11.94 7.52A4.6 4.6 0 1 1 4.06 7.52zM8 7.6a2.3 2.3 0 1 0 0 4.6a2.3 2.3 0 1 0 0-4.6z",
    "ring": "M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12zM8 6a2 2 0 1 1 0 4a2 2 0 1 1 0-4z",
    "thindrop": "M8 1L11.94 7.52A4.6 4.6 0 1 1 4.06 7.52zM8 6.5a3.4 3.4 0 1 0 0 6.8a3.4 3.4 0 1 0 0-6.8z",
    "dotring": (
        "M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12zM8 3.2a4.8 4.8 0 1 1 0 9.6a4.8 4.8 0 1 1 0-9.6z"
        "M8 5.6a2.4 2.4 0 1 0 0 4.8a2.4 2.4 0 1 0 0-4.8z"
    ),
    "thinring": "M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12zM8 3.2a4.8 4.8 0 1 1 0 9.6a4.8 4.8 0 1 1 0-9.6z",
}
