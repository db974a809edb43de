"""Which accounts write first to minors as nobody of their age does who lives there as others do?"""

from graph.detect.hubs.leads import find_hubs
from graph.detect.hubs.parameters import HubParameters

__all__ = ["HubParameters", "find_hubs"]
