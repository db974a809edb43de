"""Which settings does the search for recruiters have?"""

from dataclasses import dataclass


@dataclass(frozen=True)
class RecruitmentParameters:
    """Defaults and their reasons: docs/methods.md.

    A message of ``min_letters`` letters or more can call; ``min_recipients`` people told of one person or place make a
    lead, ``strong_recipients`` a strong one.  A name that others say to ``common_share`` of their partners is a word of
    the platform.  Texts are near-identical from a resemblance of ``alike`` to one of at most ``wordings`` wordings;
    ``alike_share`` of them must be.  ``dispersion`` is how unevenly people are talked about anyway; q-values bound the
    tiers.
    ``adult_share`` of the recipients of known age are adults and ``min_adults`` are known to be; ``stranger_share`` of
    the recipients were told within ``call_hours`` of the account's first message to them.  Who comes within
    ``follow_days`` after being told is held against who came as many days before; ``follow_p`` bounds that test and the
    one of adults alone.
    """

    min_letters: int = 12
    min_recipients: int = 6
    strong_recipients: int = 8
    common_share: float = 0.01
    alike: float = 0.5
    wordings: int = 3
    alike_share: float = 0.6
    dispersion: float = 0.02
    strong_q: float = 0.001
    moderate_q: float = 0.05
    weak_q: float = 0.2
    adult_share: float = 0.9
    min_adults: int = 4
    call_hours: int = 48
    stranger_share: float = 0.5
    follow_days: int = 7
    follow_p: float = 0.01
    records_cap: int = 500

    def __post_init__(self) -> None:
        if self.min_recipients < 3 or self.strong_recipients < self.min_recipients:
            raise ValueError("min_recipients is at least 3, strong_recipients not below it")
        if not 0 < self.strong_q <= self.moderate_q <= self.weak_q < 1:
            raise ValueError("0 < strong_q <= moderate_q <= weak_q < 1 must hold")
        if not (0 < self.alike <= 1 and 0 < self.alike_share <= 1 and 0 <= self.dispersion < 1):
            raise ValueError("alike and alike_share lie in (0, 1], dispersion in [0, 1)")
        if self.wordings < 1 or self.min_letters < 1 or self.call_hours < 1 or self.follow_days < 1:
            raise ValueError("wordings, min_letters, call_hours and follow_days are at least 1")
