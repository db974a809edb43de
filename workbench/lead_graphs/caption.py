"""What stands beside a link?  Typed: order, moment, counts, rarity, share, so that either language can write it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, TypeAlias

from graph.subgraph import Edge
from workbench.language import Words
from workbench.plain_text import plain_text

Link: TypeAlias = tuple[str, str, str]
"""Source key, target key, type: parallel links of one type are one here."""


@dataclass(frozen=True)
class Caption:
    """``order``: which one in time, from 1; ``at``: UTC; ``later_s``: seconds after the first of the group.

    ``within``: how many of the messages, or times, lie in the period that is looked at; None where all time is.
    ``held`` of ``of`` accounts have what the link leads to; ``share`` in [0, 1]; ``kind``, ``since`` and ``until`` as
    the register writes them; ``circle``: the link closes one.
    """

    order: int | None = None
    at: datetime | None = None
    later_s: float | None = None
    messages: int | None = None
    within: int | None = None
    back: int | None = None
    times: int | None = None
    held: int | None = None
    of: int | None = None
    people: int | None = None
    share: float | None = None
    kind: str = ""
    since: str = ""
    until: str = ""
    circle: bool = False


def caption_text(caption: Caption, words: Words) -> str:
    """On one line, its parts divided by middle dots."""
    parts = (*_when(caption, words), *_counted(caption, words), *_owned(caption, words))
    return " · ".join(part for part in parts if part)


def caption_of(edge: Edge, drawn: Mapping[Link, Caption], within: int | None = None) -> Caption:
    """What stands beside a link: what the drawing of a lead says of it, and beside that its own properties.

    ``within``: how many of its messages or uses lie in the period that is looked at.
    """
    own = replace(property_caption(edge.type, edge.properties), within=within)
    told = drawn.get((edge.source, edge.target, edge.type))
    if told is None:
        return own
    said = {field.name: value for field in fields(told) if (value := getattr(told, field.name)) != field.default}
    return replace(own, **said)


def numbered(edges: Iterable[Edge], drawn: Mapping[Link, Caption]) -> int:
    """Beside how many of the links the drawing of a lead says which one in time each is."""
    captions = (drawn.get((edge.source, edge.target, edge.type)) for edge in edges)
    return sum(caption is not None and caption.order is not None for caption in captions)


def order_told(words: Words) -> str:
    """What these numbers are, for a legend: of whatever lead, each is of the first message one way."""
    return words.gettext("1., 2., 3. on links: the order of the first messages")


def order_lines(edges: Iterable[Edge], drawn: Mapping[Link, Caption], words: Words) -> list[str]:
    """The same as a line below a picture; none where no link has a number."""
    return [f"{order_told(words)}."] if numbered(edges, drawn) else []


def on_one_line(edges: Sequence[Edge], captions: Sequence[str], words: Words) -> list[str]:
    """For each link, of whose two nodes other links are drawn as the same line: what is said behind its caption.

    How many messages came back the other way, and how many links are left; where that is in the caption already, or
    the line is one link's, nothing.  What has no caption is left out.
    """
    if not any(captions):
        return [""] * len(edges)
    lines: dict[frozenset[str], list[Edge]] = defaultdict(list)
    for edge in edges:
        lines[frozenset((edge.source, edge.target))].append(edge)
    return [
        _behind(edge, others, caption, words)
        if caption and len(others := lines[frozenset((edge.source, edge.target))]) > 1 else ""
        for edge, caption in zip(edges, captions, strict=True)
    ]


def _behind(edge: Edge, line: Sequence[Edge], caption: str, words: Words) -> str:
    numbers = [
        one.properties["messages"] for one in line
        if (one.source, one.target, one.type) == (edge.target, edge.source, edge.type) and edge.source != edge.target
        and one.properties.get("messages") is not None
    ]
    back = words.gettext("{number} back", number=sum(numbers)) if numbers else ""
    left = len(line) - 1 - len(numbers)
    return " · ".join([
        *([back] if back and back not in caption.split(" · ") else []),
        *([words.ngettext("+{number} link", "+{number} links", left)] if left else []),
    ])


def property_caption(type_: str, values: Mapping[str, Any]) -> Caption:
    """What a relationship's own properties say, for links that no lead speaks of."""
    if type_ == "OWNS":
        return Caption(
            share=values.get("share"), kind=str(values.get("kind") or ""), since=_day(values.get("from")),
            until=_day(values.get("to")),
        )
    if type_ == "USED":
        return Caption(times=values.get("times"))
    return Caption(at=values.get("first_at") or values.get("made_at"), messages=values.get("messages"))


def _when(caption: Caption, words: Words) -> tuple[str, ...]:
    order = f"{words.number(caption.order)}." if caption.order is not None else ""
    moment = f"{words.short_day(caption.at.date())}, {caption.at:%H:%M}" if caption.at is not None else ""
    return (f"{order} {moment}".strip(), _later(caption.later_s, words))


def _later(seconds: float | None, words: Words) -> str:
    if not seconds:
        return ""
    minutes = round(seconds / 60)
    if minutes < 120:
        return words.gettext("{number} min later", number=minutes)
    if minutes < 48 * 60:
        return words.gettext("{number} h later", number=round(minutes / 60))
    return words.gettext("{number} d later", number=round(minutes / 1440))


def _counted(caption: Caption, words: Words) -> tuple[str, ...]:
    parts = []
    if caption.messages is not None and caption.within in (None, caption.messages):
        parts.append(words.ngettext("{number} message", "{number} messages", caption.messages))
    elif caption.messages is not None:
        parts.append(words.ngettext(
            "{number} message, {within} in the period", "{number} messages, {within} in the period", caption.messages,
            within=caption.within,
        ))
    if caption.back is not None:
        parts.append(words.gettext("{number} back", number=caption.back))
    if caption.times is not None and (caption.messages is not None or caption.within in (None, caption.times)):
        parts.append(words.ngettext("{number} time", "{number} times", caption.times))
    elif caption.times is not None:
        parts.append(words.ngettext(
            "{number} time, {within} in the period", "{number} times, {within} in the period", caption.times,
            within=caption.within,
        ))
    if caption.held is not None and caption.of is not None:
        parts.append(words.gettext("{held} of {all} accounts", held=caption.held, all=caption.of))
    if caption.people is not None:
        parts.append(words.ngettext("{number} person", "{number} people", caption.people))
    return tuple(parts)


def _owned(caption: Caption, words: Words) -> tuple[str, ...]:
    period = f"{caption.since[:10]}–{caption.until[:10]}" if caption.since or caption.until else ""
    return (
        f"{100 * caption.share:.4g} %" if caption.share is not None else "",
        plain_text(words.gettext(caption.kind), limit=30) if caption.kind else "", period,
        words.gettext("closes a circle") if caption.circle else "",
    )


def _day(value: Any) -> str:
    return value.date().isoformat() if isinstance(value, datetime) else str(value or "")[:10]
