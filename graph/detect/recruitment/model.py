"""How likely is a call recruitment rather than talk?  One figure in nats, the sum of a few log likelihood ratios."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from graph.detect.recruitment.calls import Call
from graph.detect.recruitment.parameters import RecruitmentParameters
from graph.detect.recruitment.reach import Reach
from graph.detect.tiers import Bounds

BOUNDS = Bounds(moderate=5.0, strong=7.0)
UNTOLD = 2.0
"""A call to a place with less evidence is an announcement, and no finding."""
_MOST = 3.0
STRANGERS, ACQUAINTED = (0.9, 0.3), (0.04, 0.15)
"""Strangers, and acquaintances of the person or place, among those called: by a recruiter, and harmlessly."""
_CAME, _ALONE = (0.25, 0.03), 0.97
_LEAST_KNOWN = 4
TOLD = 1.0
"""A part of less speaks for nothing, and is no reason."""
_DAY, _HOUR, _NEARLY_ALL = timedelta(days=1), timedelta(hours=1), 0.9
BENIGN: Mapping[str, float] = {
    "role": 6.0, "role_of_the_person_named": 6.0, "a_common_word": 5.0, "minors_mostly": 5.0, "mass_mailing": 4.0,
    "one_occasion": 2.5, "a_number": 1.5, "no_person_named": 1.0,
}
"""What a harmless reading takes from the evidence, in nats: judgements, from what each is worth to the parts above."""


@dataclass(frozen=True)
class Case:
    """A call with all that it is judged by; ``role``: the caller's, ``office``: of the account called to."""

    call: Call
    reach: Reach
    role: str | None
    office: str | None
    usual_minors: float
    parameters: RecruitmentParameters

    @property
    def known(self) -> int:
        """Recipients of known age."""
        return len(self.reach.adults) + len(self.reach.minors)

    @property
    def to_minors(self) -> bool:
        """Mostly minors among the recipients of known age."""
        return self.known >= _LEAST_KNOWN and 2 * len(self.reach.adults) < self.known

    @property
    def benign(self) -> tuple[str, ...]:
        """The harmless readings that hold, by code; an occasion and a mailing need one text for all at once."""
        call, size = self.call, len(self.call.sent)
        at_once = "at_once" in self.parameters.parts
        holds = {
            "role": self.role is not None,
            "role_of_the_person_named": self.office is not None,
            "a_common_word": not call.place
            and call.mention.expected > self.parameters.common_share * call.mention.partners,
            "minors_mostly": self.to_minors and not self.reach.grown,
            "mass_mailing": at_once and call.place and call.at_once(_HOUR) >= _NEARLY_ALL * size,
            "one_occasion": at_once and not call.place and call.at_once(_DAY) >= _NEARLY_ALL * size,
            "a_number": call.number,
            "no_person_named": call.place,
        }
        return tuple(code for code, there in holds.items() if there)


def evidence(case: Case) -> float:
    """The parts chosen, less what the harmless readings take."""
    parts = parts_of(case)
    return sum(parts[part] for part in parts if part in case.parameters.parts) - sum(BENIGN[c] for c in case.benign)


def parts_of(case: Case) -> dict[str, float]:
    """Each part in nats.

    ages: a recruiter calls adults alone, one known as an adult perhaps minors alone, or as often anybody; against the
    usual share of first contacts.
    strangers, acquainted (with the person or room named), came (beyond those who came before): see ``Reach``.
    """
    call, reach, size = case.call, case.reach, len(case.call.sent)
    alone = _ratio(len(reach.adults), case.known, _ALONE, 1.0 - case.usual_minors)
    if reach.grown:
        alone = max(alone, _ratio(len(reach.minors), case.known, _ALONE, case.usual_minors))
    acquainted = _ratio(len(reach.knew), size, *ACQUAINTED) if call.ids else 0.0
    return {
        "ages": min(math.log((math.exp(min(alone, 50.0)) + 1.0) / 2.0), _MOST),
        "strangers": max(min(_ratio(len(reach.strangers), size, *STRANGERS), _MOST), -_MOST),
        "acquainted": max(min(acquainted, 0.0 if call.place else _MOST), -_MOST),
        "came": max(min(_ratio(max(0, len(reach.came) - reach.before), size, *_CAME), _MOST + 2.0), 0.0),
    }


def _ratio(successes: int, trials: int, recruited: float, harmless: float) -> float:
    """Log likelihood ratio of a binomial count under two rates."""
    return successes * math.log(recruited / harmless) + (trials - successes) * math.log(
        (1.0 - recruited) / (1.0 - harmless)
    )
