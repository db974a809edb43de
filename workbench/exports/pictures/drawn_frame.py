"""What stands around a picture on its sheet?  Title and reasons above, legend and where it comes from below; all of it.

The sheet is A4, landscape; what is told of leads makes it higher: the picture is no smaller for it, nothing left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from workbench.exports.pictures.markers import marker
from workbench.exports.pictures.scene import Scene
from workbench.exports.pictures.visible import visible
from workbench.looks.look import Entry
from workbench.report.rendering.glyphs import drawable

INCHES = (11.69, 8.27)
"""A4, landscape."""
POINTS = 72.0
MARGIN = 0.35 * POINTS
INK, QUIET = "#1b1f24", "#57606a"
_WIDTH, _HEIGHT = INCHES[0] * POINTS, INCHES[1] * POINTS
_TITLE_LENGTH, _LINE_LENGTH, _FOOT_LENGTH = 120, 215, 225
_TITLE, _LINE, _GAP, _LEGEND, _FOOT = 15.0, 9.0, 4.0, 12.0, 8.0  # points of a row
_COLUMNS = ((MARGIN, 118), (0.57 * _WIDTH, 46), (0.78 * _WIDTH, 42))
"""Left end and letters in a row of why, why not and what would clear a lead."""
_LEAST_HEAD, _LEAST_FOOT = 1.05 * POINTS, 0.62 * POINTS


@dataclass(frozen=True)
class Frame:
    """``above``: rows of text, each with its left end, its distance from the upper rim, size, and whether it heads.

    ``entries``: the legend's, with the left end and the row of each.  ``head``, ``foot`` and ``height`` in points.
    """

    above: tuple[tuple[str, float, float, float, bool], ...]
    entries: tuple[tuple[Entry, float, int], ...]
    head: float
    foot: float
    height: float


def frame_of(scene: Scene, provenance: Mapping[str, Any] | None) -> Frame:
    """``provenance`` None: the legend alone."""
    entries = _legend_places(scene)
    rows = entries[-1][2] + 1 if entries else 1
    if provenance is None:
        return Frame((), entries, _LEAST_HEAD, _LEAST_FOOT, _HEIGHT)
    above, low = [], 14.0
    for text in _wrapped(scene.title or scene.words.pair(
        scene.words.gettext("Case"), str(provenance.get("case", "–"))
    ), _TITLE_LENGTH):
        above.append((text, MARGIN, low, 11.0, False))
        low += _TITLE
    for line in scene.lines:
        for text in _wrapped(line, _LINE_LENGTH):
            above.append((text, MARGIN, low, 6.5, False))
            low += _LINE
    for start in range(0, len(scene.told), len(_COLUMNS)):
        low += _GAP
        ends = []
        for part, (left, length) in zip(scene.told[start:], _COLUMNS, strict=False):
            texts = [(text, True) for text in _wrapped(part.heading, length)]
            texts += [(text, False) for line in part.lines for text in _wrapped(f"– {line}", length)]
            above += [(text, left, low + _LINE * place, 6.5, bold) for place, (text, bold) in enumerate(texts)]
            ends.append(low + _LINE * len(texts))
        low = max(ends)
    head = max(_LEAST_HEAD, low)
    feet = len(foot_rows(scene, provenance, unnamed=len(scene.labels), unsaid=len(scene.captions)))
    foot = max(_LEAST_FOOT, 10 + _FOOT * feet + _LEGEND * rows)
    return Frame(tuple(above), entries, head, foot, _HEIGHT + head - _LEAST_HEAD + foot - _LEAST_FOOT)


def draw_frame(
    axes: Any, frame: Frame, scene: Scene, provenance: Mapping[str, Any] | None, *, unnamed: int = 0,
    unsaid: int = 0,
) -> None:
    """``unnamed`` names and the words of ``unsaid`` links had no room."""
    for text, left, low, size, bold in frame.above:
        color = INK if bold or size > 7 else QUIET
        axes.text(left, frame.height - low, text, fontsize=size, color=color, va="top",
                  weight="bold" if bold else "normal")
    for entry, x, row in frame.entries:
        y = frame.foot - _LEGEND * row
        axes.scatter([x + 4], [y], s=36, marker=marker(entry.shape), color=entry.color, zorder=2)
        axes.text(x + 12, y, _named(entry), fontsize=7, color=INK, va="center")
    if provenance is not None:
        rows = foot_rows(scene, provenance, unnamed=unnamed, unsaid=unsaid)
        for place, text in enumerate(reversed(rows)):
            axes.text(MARGIN, 10 + _FOOT * place, text, fontsize=6, color=QUIET, va="bottom")


def foot_rows(scene: Scene, provenance: Mapping[str, Any], *, unnamed: int, unsaid: int = 0) -> Sequence[str]:
    """Where the picture comes from and what it leaves out."""
    words = scene.words
    said = [words.gettext("Leads, never verdicts")]
    named = {"case": words.gettext("Case"), "evidence_digest": words.gettext("Evidence digest"), "filature": "Filature"}
    said += [words.pair(name, str(provenance[key])) for key, name in named.items() if key in provenance]
    minors = sum(key.startswith("Account/") for key in scene.masked)
    if minors and scene.named:
        said.append(words.ngettext("{number} minor without name", "{number} minors without name", minors))
    if unnamed:
        said.append(words.ngettext(
            "{number} name left out for want of room", "{number} names left out for want of room", unnamed
        ))
    if unsaid:
        said.append(words.ngettext(
            "words of {number} link left out for want of room", "words of {number} links left out for want of room",
            unsaid,
        ))
    return _wrapped(words.joined(said), _FOOT_LENGTH)


def _legend_places(scene: Scene) -> tuple[tuple[Entry, float, int], ...]:
    found, x, row = [], MARGIN, 0
    for entry in scene.looks.legend:
        wide = 18 + 4.2 * len(_named(entry))
        if x + wide > _WIDTH - MARGIN and x > MARGIN:
            x, row = MARGIN, row + 1
        found.append((entry, x, row))
        x += wide
    return tuple(found)


def _named(entry: Entry) -> str:
    return drawable(f"{entry.name} ({entry.count})")


def _wrapped(text: str, length: int) -> list[str]:
    return wrap(drawable(visible(text)), length)
