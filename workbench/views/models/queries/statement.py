"""What does a statement in the console ask for, and what is to be said about it?  Plain values for the screen."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from graph.store import Store
from ingest.errors import FilatureError
from queries.errors import QueryError
from queries.parameters import coerce
from queries.saved_query import Parameter, SavedQuery
from queries.statement.allowed import FUNCTIONS, PROCEDURES
from queries.statement.error_span import span_of
from queries.statement.moments_compared import MomentCompared
from queries.statement.names_known import KnownNames, UnknownName, names_of
from queries.statement.tokens import tokenize
from queries.value_types import PLAIN, item_type
from queries.values import joined, split
from workbench.canvas.editor import Draft, Mark
from workbench.language import Words
from workbench.views.models.faults.errors import what_text
from workbench.views.models.queries.listing import unfit as unfit_values

_NUMBER = re.compile(r"[+-]?[0-9]+([.][0-9]+)?")
_THINGS = ("account", "room", "identifier", "company", "person")
TYPES: tuple[str, ...] = (
    *PLAIN, "period", *_THINGS, "text[]", "integer[]", "number[]", *(f"{kind}[]" for kind in _THINGS),
)
"""What a parameter that nobody declared may be."""


@dataclass(frozen=True)
class Chosen:
    """The statement that runs: the text, or the part of it that is selected, which begins at ``offset``."""

    text: str
    offset: int = 0
    part: bool = False


def chosen(draft: Draft) -> Chosen:
    """A selection with something in it runs alone."""
    start, end = sorted((draft.start, draft.end))
    part = draft.text[start:end]
    return Chosen(part, start, part=True) if part.strip() and part.strip() != draft.text.strip() else Chosen(draft.text)


def is_of_before(draft: Draft, given: Mapping[str, str], *, ran: Chosen, asked: Mapping[str, str]) -> bool:
    """Is an answer that of another statement than stands in the editor now, or of other values?

    What is only selected since changes nothing.
    """
    if ran.text.strip() not in draft.text or not (ran.part or ran.text.strip() == draft.text.strip()):
        return True
    return any(given.get(name, "") != value for name, value in asked.items())


def wanted_types(cypher: str, chosen: Mapping[str, str]) -> dict[str, str]:
    """Of each ``$name`` the type that its place asks for: a list after IN and UNWIND, of what was chosen; else one."""
    try:
        tokens = tokenize(cypher)
    except QueryError:
        return {}
    found: dict[str, str] = {}
    for index, token in enumerate(tokens):
        if token.kind == "parameter":
            within = index + 1 < len(tokens) and tokens[index + 1].is_symbol(".", "[")
            several = index > 0 and tokens[index - 1].folded in ("IN", "UNWIND") and not within
            single = item_type(_type(chosen.get(token.text)))
            if several:
                found[token.text] = f"{single}[]" if f"{single}[]" in TYPES else "text[]"
            else:
                found.setdefault(token.text, single)
    return found


def parameters_in(cypher: str, declared: Sequence[Parameter], types: Mapping[str, str]) -> tuple[Parameter, ...]:
    """Each ``$name`` in the order of appearance: as declared where it is, else of the type that was chosen, or text.

    None of a text that cannot be read; running it says why.
    """
    try:
        names = dict.fromkeys(item.text for item in tokenize(cypher) if item.kind == "parameter")
    except QueryError:
        return ()
    known = {parameter.name: parameter for parameter in declared}
    return tuple(known.get(name) or Parameter(name, _type(types.get(name))) for name in names)


def _type(name: str | None) -> str:
    return name if name in TYPES else TYPES[0]


def unfit(parameters: Sequence[Parameter], given: Mapping[str, str], words: Words) -> list[str]:
    """All that keeps the statement from running, a sentence each: values that do not fit, then those not given."""
    fields = tuple(replace(one, description=f"${one.name}") for one in parameters)
    lacking = [f"${one.name}" for one in parameters if not given.get(one.name) and one.default is None]
    told = list(unfit_values(SavedQuery("", "", "", "", fields), given, words))
    return [*told, *([words.gettext("Give a value for {names}.", names=", ".join(lacking))] if lacking else [])]


def bound(parameters: Sequence[Parameter], given: Mapping[str, str]) -> dict[str, Any]:
    """The values by name, read by their types; one that is not given and has no default is left out."""
    values = {parameter.name: given.get(parameter.name) or parameter.default for parameter in parameters}
    return {one.name: coerce(one, values[one.name]) for one in parameters if values[one.name] is not None}


def numbers_as_texts(types: Mapping[str, str], given: Mapping[str, Any]) -> tuple[str, ...]:
    """The parameters whose value is a number and was read as a text, which equals no number."""
    return tuple(
        name for name, kind in types.items()
        if item_type(kind) == "text" and all(_NUMBER.fullmatch(one) for one in split(str(given.get(name, ""))) or [""])
    )


def written(values: Mapping[str, Any]) -> dict[str, str]:
    """Values as they stand in fields: of several, one text."""
    return {name: joined(value) if isinstance(value, list) else str(value) for name, value in values.items()}


def to_save(
    query: SavedQuery | None, cypher: str, parameters: Sequence[Parameter], *, revises: bool
) -> SavedQuery | None:
    """What the console took over, with the statement as it is now; None where it took over nothing.

    A query that the person ``revises`` stays the same query; of another's, or the library's, it becomes a new one.
    """
    if query is None:
        return None
    kept = replace(query.restated(cypher.strip(), tuple(parameters)), reviewed=True)  # who saves it has it before them
    return kept if revises else replace(kept, id="", owner="", revision=1)


def completions(store: Store) -> KnownNames:
    """The names of this case's graph that may be completed."""
    return names_of(store)


def names_to_complete(known: KnownNames, parameters: Sequence[Parameter]) -> dict[str, Sequence[str]]:
    """What the editor completes, by kind."""
    return {
        "labels": known.labels, "types": known.types, "properties": known.properties,
        "functions": sorted(name.lower() for name in FUNCTIONS),
        "procedures": sorted(name.lower() for name in PROCEDURES),
        "parameters": [parameter.name for parameter in parameters],
    }


def warning_text(warning: UnknownName | MomentCompared, words: Words) -> str:
    """That a name is not in the graph, with the one that may be meant; or that a moment is compared with no moment."""
    _ = words.gettext
    if isinstance(warning, MomentCompared):
        return _(
            "{name} is a moment: compared with {other} it fits nothing. Compare it with {instead}.",
            name=warning.name, other=warning.other, instead=warning.instead,
        )
    return _unknown_text(warning, words)


def _unknown_text(unknown: UnknownName, words: Words) -> str:
    _ = words.gettext
    sentence = {
        "label": _("No label {name} in this graph", name=unknown.name),
        "type": _("No relationship type {name} in this graph", name=unknown.name),
        "property": _("No property {name} in this graph", name=unknown.name),
    }[unknown.kind]
    return _("{sentence}: {nearest}?", sentence=sentence, nearest=unknown.nearest) if unknown.nearest else sentence


def marks(
    draft: Draft, ran: Chosen, problem: FilatureError | None, warnings: Sequence[UnknownName | MomentCompared],
    words: Words,
) -> list[Mark]:
    """What the editor marks: where the error is, and what finds nothing.

    Nothing where the text is not the one any more that was run.
    """
    if draft.text[ran.offset:ran.offset + len(ran.text)] != ran.text:
        return []
    found = [
        Mark(ran.offset + one.offset, ran.offset + one.offset + len(one.name), "warning", warning_text(one, words))
        for one in warnings if ran.text[one.offset:one.offset + len(one.name)] == one.name
    ]
    place = span_of(problem, ran.text) if problem is not None else None
    if place is not None and problem is not None:
        found.append(Mark(ran.offset + place[0], ran.offset + place[1], "error", what_text(problem, words)))
    return found
