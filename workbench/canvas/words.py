"""What are the canvas's controls called, and what does it tell a screen reader?  The browser fills the places."""

from datetime import UTC

from graph.time_axis import Tick
from workbench.explore.by_time import Axis, TickWords
from workbench.language import Words


def canvas_words(words: Words) -> dict[str, str]:
    """By the name that the browser knows them under."""
    _ = words.gettext
    return {
        "tools": _("Graph view"), "legend": _("Legend"),
        "expand": _("Expand the selected nodes"), "in": _("Zoom in"), "out": _("Zoom out"), "fit": _("Fit the graph"),
        "undo": _("Undo"), "redo": _("Redo"), "box": _("Select in a box"), "lasso": _("Select with a lasso"),
        "full": _("Full screen"), "menu": _("What to do with it"),
        "group": _("Title of the group"), "note": _("Note"),
        "long": _("At most {most} characters are kept; these are {number}."), "loading": _("Counting its neighbours…"),
        "selected": _("{name} is selected"), "expanding": _("{name} is expanded"),
        "several": _("{number} nodes are selected"), "reached": _("{name}, links: {number}"),
        "seeking": _("Choose the other end of the path from {name}; Escape ends the search"),
        "undrawn": _("{number} neighbours are not drawn"),
        "forces": _("Layout by forces"), "ordering": _("Laying out by forces: {share} %"), "halt": _("Stop here"),
        "ordered": _("Laid out by forces; nodes that have moved: {number}"),
        "unordered": _("The layout was given up: the picture has changed"),
        "unseen": _("{number} of {total} new nodes are outside the view; press 0 to see all"),
        "beyond": _("Part of the picture is outside the view"),
    }


def description(nodes: int, links: int, words: Words, *, editable: bool) -> str:
    """What the canvas is, in a sentence, and how it is used without a mouse."""
    if editable:
        return words.gettext(
            "Graph of {nodes} nodes and {links} links. Arrow keys walk between neighbours, Enter selects, the space "
            "bar adds to the selection, E expands, M opens the menu, H hides, K keeps only the selection, P pins, G "
            "groups, N notes, A selects all, Control Z undoes, plus and minus zoom, 0 fits, F fills the screen, Escape "
            "clears. The table below holds the same.",
            nodes=nodes, links=links,
        )
    return words.gettext(
        "Graph of {nodes} nodes and {links} links. Arrow keys walk between neighbours, Enter "
        "selects, plus and minus zoom, 0 fits, Escape clears.",
        nodes=nodes, links=links,
    )


def axis_title(axis: Axis, words: Words) -> str:
    """What a picture by time is, and that it leaves time out where it does."""
    shorter = words.gettext("Times in which nothing begins are drawn shorter, before “…”.")
    title = _axis_title(axis, words)
    return f"{title} {shorter}" if any(tick.after_gap for tick in axis.ticks) else title


def _axis_title(axis: Axis, words: Words) -> str:
    if axis.span == "period":
        return words.gettext("From left to right by time: each node stands at its first link in the period.")
    if axis.span == "before":
        return words.gettext(
            "From left to right by time: each node stands at its first link of all time, also outside the period."
        )
    return words.gettext("From left to right by time: each node stands at its first link.")


def apart_told(axis: Axis, words: Words) -> str:
    """What stands over the nodes that have no place by time."""
    if axis.span == "whole":
        return words.gettext("No dated link is shown")
    return words.gettext("No dated link in the period")


def axis_sentences(axis: Axis | None, words: Words) -> tuple[str, ...]:
    """What is said of a picture by time where nothing is written on its nodes; nothing of any other."""
    if axis is None:
        return ()
    if not axis.apart:
        return (axis_title(axis, words),)
    return axis_title(axis, words), words.gettext("At the left, by themselves: {what}.", what=apart_told(axis, words))


def axis_told(axis: Axis | None, words: Words) -> tuple[TickWords, ...]:
    """What is written at the places of its moments: days, or a clock with the day where another one begins."""
    return tuple(_tick_told(tick, words) for tick in (axis.ticks if axis is not None else ()))


def _tick_told(tick: Tick, words: Words) -> TickWords:
    at = tick.at.astimezone(UTC)
    day = words.short_day(at.date())
    found = TickWords(tick.x, f"{at:%H:%M}", words.instant(at), day) if tick.exact else TickWords(tick.x, day, day, day)
    return found._replace(text=f"… {found.text}", whole=f"… {found.whole}") if tick.after_gap else found
