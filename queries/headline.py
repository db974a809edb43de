"""What does a query's answer say in one sentence?  Its headline, with ``{rows}`` and parameters filled in."""

from collections.abc import Callable, Mapping
from string import Formatter
from typing import Any


def headline_faults(headline: str, parameters: set[str]) -> list[str]:
    """What is wrong with a headline: a field that is neither ``{rows}`` nor a parameter, or a stray brace."""
    try:
        fields = list(Formatter().parse(headline))
    except ValueError as error:
        return [f"headline: {error}"]
    return [
        f"headline: {{{field}}} is neither rows nor a parameter"
        for _, field, spec, conversion in fields
        if field is not None and (field not in parameters | {"rows"} or spec or conversion)
    ]


def render_headline(
    headline: str, *, rows: int, truncated: bool, parameters: Mapping[str, Any],
    number: Callable[[int], str] = "{:,}".format, more: str = "{rows} or more",
) -> str:
    """The sentence; where rows were cut off, that there are ``more``.  Fields are looked up by name, never evaluated.

    ``number`` and ``more`` write the rows in a language.
    """
    if not headline:
        return ""
    if headline_faults(headline, set(parameters)):
        return headline
    values = {**parameters, "rows": more.replace("{rows}", number(rows)) if truncated else number(rows)}
    parts: list[str] = []
    for text, field, _, _ in Formatter().parse(headline):
        parts.append(text)
        if field is not None:
            value = values[field]
            parts.append(_written(value))
    return "".join(parts)


def _written(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_written, value))
    return f"{value['since']}/{value['until']}" if isinstance(value, Mapping) else str(value)
