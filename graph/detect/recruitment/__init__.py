"""Which account calls many adults to one person or place by near-identical messages?"""

from graph.detect.recruitment.leads import find_recruitment
from graph.detect.recruitment.parameters import RecruitmentParameters

__all__ = ["RecruitmentParameters", "find_recruitment"]
