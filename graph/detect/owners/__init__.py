"""Who stands behind a platform?  Ultimate owners by integrated ownership at an instant, with paths and circles."""

from graph.detect.owners.leads import find_owners
from graph.detect.owners.parameters import OwnerParameters

__all__ = ["OwnerParameters", "find_owners"]
