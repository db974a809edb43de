"""Who was a minor at a moment, on what basis and how surely?"""

from graph.detect.minors.minority import BASES, INTERVALS, MINORS_VERSION, MinorParameters, minority, with_minority

__all__ = ["BASES", "INTERVALS", "MINORS_VERSION", "MinorParameters", "minority", "with_minority"]
