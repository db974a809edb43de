"""How does each node of a picture look?  By kind and part, by a measure, by rules that a person saved."""

from workbench.looks.look import Entry, Look, Looks, looks_of
from workbench.looks.style import OPERATORS, PROPERTIES, Rule, Style

__all__ = ["OPERATORS", "PROPERTIES", "Entry", "Look", "Looks", "Rule", "Style", "looks_of"]
