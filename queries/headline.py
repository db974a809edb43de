"""What does a query's answer say in one sentence?  Its headline, with ``{rows}`` and parameters filled in.

``{name?one|other}`` writes the form that goes with the number of that parameter: ``{n} {n?minor|minors}``.
"""

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
        if field is not None and (not _known(field, parameters) or spec or conversion)
    ]


def headline_fields(headline: str) -> set[str]:
    """The names of what is filled in."""
    return {field.partition("?")[0] for _, field, _, _ in Formatter().parse(headline) if field}


def _known(field: str, parameters: set[str]) -> bool:
    name, asked, forms = field.partition("?")
    return name in parameters and forms.count("|") == 1 if asked else name in parameters | {"rows"}


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
            name, asked, forms = field.partition("?")
            one, _bar, other = forms.partition("|")
            written = _written(values[name])
            parts.append(written if not asked else one if written == "1" else other)
    return "".join(parts)


def _written(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_written, value))
    return f"{value['since']}/{value['until']}" if isinstance(value, Mapping) else str(value)
