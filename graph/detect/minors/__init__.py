"""Who was a minor at a moment, on what basis and how surely?"""

from graph.detect.minors.minority import BASES, MINORS_VERSION, MinorParameters, minority, with_minority

__all__ = ["BASES", "MINORS_VERSION", "MinorParameters", "minority", "with_minority"]
