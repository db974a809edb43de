"""Which accounts does one person run?  Record linkage with rarity, negative evidence and two alternatives."""

from graph.detect.shells.leads import find_shells
from graph.detect.shells.parameters import ShellParameters

__all__ = ["ShellParameters", "find_shells"]
