"""Which settings does the search for extortion have?"""

from dataclasses import dataclass, field

from graph.detect.extortion.word_lists import LISTS, WordLists, pattern, read_word_lists


def _words(name: str) -> tuple[str, ...]:
    lists: WordLists = read_word_lists()
    return tuple(getattr(lists, name))


@dataclass(frozen=True)
class ExtortionParameters:
    """Defaults and their reasons: docs/methods.md.

    ``demand``, ``thing``, ``consequence`` and ``reported`` are the word lists (``words.toml``).  ``min_minors`` pressed
    minors make a lead, ``strong_minors`` (with the likely ones of unknown age) a strong one; ``press_days`` after a
    demand a message still presses.  ``alike`` is the resemblance from which two demands have one wording.
    ``structure_share`` of the demands must be repeated wordings, of the pressed must have been in a chat before and
    must fall silent, and where so many of those asked had written first it is a sale or advice; ``minor_share`` of
    those asked are minors; where ``mutual_share`` of them, beyond custom, ask the account as well it is a trade.
    ``dispersion`` is how unevenly accounts press anyway; q-values bound the tiers.
    """

    demand: tuple[str, ...] = field(default_factory=lambda: _words("demand"))
    thing: tuple[str, ...] = field(default_factory=lambda: _words("thing"))
    consequence: tuple[str, ...] = field(default_factory=lambda: _words("consequence"))
    reported: tuple[str, ...] = field(default_factory=lambda: _words("reported"))
    min_minors: int = 3
    strong_minors: int = 5
    press_days: int = 14
    alike: float = 0.6
    structure_share: float = 0.5
    minor_share: float = 0.5
    mutual_share: float = 0.3
    dispersion: float = 0.02
    strong_q: float = 0.001
    moderate_q: float = 0.05
    weak_q: float = 0.2
    records_cap: int = 500

    def __post_init__(self) -> None:
        for name in LISTS:
            words = getattr(self, name)
            if isinstance(words, str) or not all(isinstance(word, str) for word in words):
                raise ValueError(f"{name} is a list of words")
            pattern(words)
        if not 2 <= self.min_minors <= self.strong_minors:
            raise ValueError("2 <= min_minors <= strong_minors must hold")
        if not 0 < self.strong_q <= self.moderate_q <= self.weak_q < 1:
            raise ValueError("0 < strong_q <= moderate_q <= weak_q < 1 must hold")
        if self.press_days < 1 or not 0 <= self.dispersion < 1:
            raise ValueError("press_days is at least 1, dispersion lies in [0, 1)")
