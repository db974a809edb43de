"""What did a person choose of a picture's looks?  Size and colour by a measure or property, rules; as JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from workbench.canvas.palette import SHAPES
from workbench.errors import WorkbenchError

OPERATORS = ("at least", "at most", "is", "is not", "is there")
COLORS = {
    "red": "#D55E00", "orange": "#E69F00", "yellow": "#F0E442", "green": "#009E73", "blue": "#0072B2",
    "violet": "#CC79A7", "sky": "#56B4E9", "grey": "#7A8594",
}
"""Okabe and Ito's colours: told apart by most who see colours otherwise."""
PROPERTIES = ("messages", "contacts", "accounts", "declared_age", "role", "status", "kind", "platform")
"""What nodes are sized, coloured and ruled by beside measures; none of them names anybody."""


@dataclass(frozen=True)
class Rule:
    """Nodes of ``label`` (empty: all) whose ``name`` (a property or a measure) compares so with ``value``.

    What is given of ``color``, ``shape`` and ``size`` (pixels) is theirs; a later rule wins.
    """

    name: str
    operator: str = "at least"
    value: str = ""
    label: str = ""
    color: str = ""
    shape: str = ""
    size: float | None = None

    def __post_init__(self) -> None:
        if self.operator not in OPERATORS:
            raise WorkbenchError(f"no comparison {self.operator!r}", fix=f"use one of {', '.join(OPERATORS)}")
        if (self.color and self.color not in COLORS) or (self.shape and self.shape not in SHAPES):
            raise WorkbenchError(
                f"no colour {self.color!r} or no shape {self.shape!r}",
                fix=f"colours are {', '.join(COLORS)}; shapes are {', '.join(SHAPES)}",
            )
        if self.size is not None and not 2 <= self.size <= 40:
            raise WorkbenchError(f"a node is 2 to 40 pixels, not {self.size:g}", fix="choose another size")

    def holds(self, value: Any) -> bool:
        """Whether a node with this value is meant; numbers are compared as numbers."""
        if self.operator == "is there":
            return value is not None and value != ""
        if value is None:
            return False
        try:
            here, wanted = float(value), float(self.value)
        except (TypeError, ValueError):
            same = str(value) == self.value
            return {"is": same, "is not": not same}.get(self.operator, False)
        return {
            "at least": here >= wanted, "at most": here <= wanted, "is": here == wanted, "is not": here != wanted,
        }[self.operator]


@dataclass(frozen=True)
class Style:
    """``size`` and ``color``: a measure's or property's name, empty for the usual; ``labels`` shown at all;
    ``link_labels`` on all links, not on those of the selected alone; ``scope``: measured on "drawn" or "case".
    """

    size: str = ""
    color: str = ""
    labels: bool = True
    link_labels: bool = True
    scope: str = "drawn"
    rules: tuple[Rule, ...] = ()

    @property
    def measured(self) -> tuple[str, ...]:
        """What has to be known of each node for it."""
        names = (self.size, self.color, *(rule.name for rule in self.rules))
        return tuple(dict.fromkeys(name for name in names if name))

    def to_json(self) -> dict[str, Any]:
        """Plain values; the inverse of ``from_json``."""
        return {**asdict(self), "rules": [asdict(rule) for rule in self.rules]}

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> "Style":
        """What is unknown is left out, what is no style raises WorkbenchError."""
        names = ("size", "color", "labels", "link_labels", "scope")
        known = {name: body[name] for name in names if name in body}
        rules = body.get("rules", ())
        if not isinstance(rules, Sequence) or not all(isinstance(rule, Mapping) for rule in rules):
            raise WorkbenchError("the rules of a style are a list", fix="choose the style anew")
        return cls(**known, rules=tuple(Rule(**rule) for rule in rules))

    @classmethod
    def kept(cls, body: Mapping[str, Any]) -> "Style":
        """As ``from_json``; the usual one where what was kept is no style of this version."""
        try:
            return cls.from_json(body)
        except (WorkbenchError, TypeError, ValueError):
            return cls()
