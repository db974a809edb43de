"""What is on the canvas, and what does the screen say of it?  A view is a value: each step gives a new one."""

from workbench.views.models.explore.view import (
    DEFAULT_LIMIT,
    LIMITS,
    View,
    all_shown,
    arranged,
    begin,
    changed,
    chosen,
    cleared,
    fetch_note,
    folding,
    framed,
    grown,
    learned,
    left_out,
    node_total,
    picked,
    played,
    redone,
    settled,
    undone,
    unfolded,
    with_paths,
    without,
)

__all__ = [
    "DEFAULT_LIMIT", "LIMITS", "View", "all_shown", "arranged", "begin", "changed", "chosen", "cleared", "fetch_note",
    "folding", "framed", "grown", "learned", "left_out", "node_total", "picked", "played", "redone",
    "settled", "undone", "unfolded", "with_paths", "without",
]
