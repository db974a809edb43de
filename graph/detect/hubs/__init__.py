"""Which accounts write first to minors far more than others of their age in the same rooms and hours?"""

from graph.detect.hubs.leads import find_hubs
from graph.detect.hubs.parameters import HubParameters

__all__ = ["HubParameters", "find_hubs"]
