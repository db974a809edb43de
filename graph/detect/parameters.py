"""Which parameters has a detection, in what unit, within which bounds, and from where?

A parameters dataclass derives from ``Parameters`` and writes its fields with ``setting``: the command line, the Leads
screen and the documentation read the same description, and every value is checked in one place.
"""

import dataclasses
import math
from collections.abc import Callable, Mapping, Sequence
from operator import ge, gt, le, lt
from typing import Any, get_args, get_origin, get_type_hints

from graph.errors import DetectionError

_KEY = "setting"


@dataclasses.dataclass(frozen=True)
class Setting:
    """The description of one parameter; bounds are inclusive (``at_least``, ``at_most``) or not (the other two).

    ``choices``: values with their names on screens.
    """

    label: str
    unit: str
    why: str
    source: str = ""
    at_least: float | None = None
    above: float | None = None
    at_most: float | None = None
    below: float | None = None
    choices: tuple[tuple[str, str], ...] = ()

    def allowed(self, in_words: Sequence[str] = ("at least", "above", "at most", "below", " and ")) -> str:
        """The allowed range in words, or what can be chosen; empty where any value is allowed."""
        if self.choices:
            return ", ".join(value for value, _ in self.choices)
        *words, conjunction = in_words
        said = [f"{word} {bound:g}" for word, (bound, _) in zip(words, self._bounds, strict=True) if bound is not None]
        return conjunction.join(said)

    def permits(self, value: float) -> bool:
        return all(bound is None or fits(value, bound) for bound, fits in self._bounds)

    @property
    def _bounds(self) -> tuple[tuple[float | None, Callable[[float, float], bool]], ...]:
        return (self.at_least, ge), (self.above, gt), (self.at_most, le), (self.below, lt)


def setting(
    default: Any,
    *,
    label: str,
    unit: str,
    why: str,
    source: str = "",
    at_least: float | None = None,
    above: float | None = None,
    at_most: float | None = None,
    below: float | None = None,
    choices: Mapping[str, str] | None = None,
) -> Any:
    """A dataclass field with its description: its name on screens, what it counts, why the default is so, source.

    ``choices``: of a field of several texts those that there are, each with its name on screens; none may be chosen.
    """
    chosen = tuple((choices or {}).items())
    described = Setting(label, unit, why, source, at_least, above, at_most, below, chosen)
    return dataclasses.field(default=default, metadata={_KEY: described})


@dataclasses.dataclass(frozen=True)
class Parameters:
    """Base of every detection's parameters: fields are checked for type and bounds; ValueError says which and why.

    A subclass that has to compare fields overrides ``check``.
    """

    def __post_init__(self) -> None:
        hints = get_type_hints(type(self))
        for item in dataclasses.fields(self):
            value = getattr(self, item.name)
            hint = hints[item.name]
            if get_origin(hint) is tuple and isinstance(value, list):
                value = tuple(value)
                object.__setattr__(self, item.name, value)
            _check(item.name, value, hint, item.metadata.get(_KEY))
        self.check()

    def check(self) -> None:
        """What several fields must fulfil together; raises ValueError."""


def settings(parameters: type[Parameters]) -> dict[str, tuple[Setting, Any]]:
    """Description and default by field, in the order written; every field has one."""
    found: dict[str, tuple[Setting, Any]] = {}
    for item in dataclasses.fields(parameters):
        described = item.metadata.get(_KEY)
        if described is None:
            raise TypeError(f"{parameters.__name__}.{item.name} has no setting(...)")
        found[item.name] = (described, item.default)
    return found


def build(parameters: type[Any], given: Any, kind: str) -> Any:
    """The dataclass with the given fields; DetectionError names the field that does not fit, and what is allowed."""
    fields = {field.name for field in dataclasses.fields(parameters)}
    if not isinstance(given, Mapping):
        raise DetectionError("parameters are a mapping of field to value", where=kind)
    unknown = sorted(set(given) - fields)
    if unknown:
        raise DetectionError(
            f"no parameter {', '.join(unknown)}", where=kind, fix=f"choose from {', '.join(sorted(fields))}"
        )
    try:
        return parameters(**given)
    except (TypeError, ValueError) as error:
        raise DetectionError(str(error), where=kind) from error


def _check(name: str, value: Any, hint: Any, described: Setting | None) -> None:
    allowed, chosen = (described.allowed(), dict(described.choices)) if described else ("", {})
    wanted = f"some or none of {allowed}" if chosen else f"{_named(hint)}{', ' + allowed if allowed else ''}"
    fits = _fits(value, hint) or (bool(chosen) and value == ())
    if not fits or (chosen and not chosen.keys() >= set(value)):
        raise ValueError(f"{name} is {_shown(value)}: allowed is {wanted}")
    each = value if isinstance(value, tuple) else (value,)
    if described and any(_is_number(one) and not described.permits(one) for one in each):
        raise ValueError(f"{name} is {_shown(value)}: allowed is {wanted}")


def _fits(value: Any, hint: Any) -> bool:
    if get_origin(hint) is tuple:
        kind = get_args(hint)[0]
        return isinstance(value, tuple) and bool(value) and all(_fits(one, kind) for one in value)
    if hint is float:
        return _is_number(value) and (isinstance(value, int) or math.isfinite(value))
    return hint not in (bool, int, str) or type(value) is hint


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _named(hint: Any) -> str:
    if get_origin(hint) is tuple:
        return f"one or more of {_named(get_args(hint)[0])}"
    return {int: "a whole number", float: "a number", bool: "true or false", str: "a text"}.get(hint, str(hint))


def _shown(value: Any) -> str:
    return repr(list(value)) if isinstance(value, tuple) else repr(value)
