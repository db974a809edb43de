"""Who was a minor at a moment, and on what basis?"""

from graph.detect.minors.minority import INTERVALS, MINORS_VERSION, MinorParameters, minority, with_minority

__all__ = ["INTERVALS", "MINORS_VERSION", "MinorParameters", "minority", "with_minority"]
