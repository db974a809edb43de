"""How alike are short texts?  Resemblance of word sets, and how much of a set of texts follows one wording."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

Words = frozenset[str]
WORD = re.compile(r"[^\W\d_]+")


def bare(text: str) -> str:
    """Lower case without accents; letters, digits and signs stay."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).lower()


def words_of(text: str) -> Words:
    """The set of a text's bare words; numbers, punctuation and order do not count."""
    return frozenset(WORD.findall(bare(text)))


def resemblance(one: Words, other: Words) -> float:
    """Words in common over all words (Jaccard); 0 where both are empty.  Source: Broder 1997, resemblance."""
    whole = len(one | other)
    return len(one & other) / whole if whole else 0.0


def letters_of(text: str) -> Words:
    """The set of a text's runs of three letters, words parted by one space: a slip of the pen changes few of them."""
    written = " ".join(["", *WORD.findall(bare(text)), ""])
    return frozenset(written[place : place + 3] for place in range(len(written) - 2))


def near_identical(texts: Sequence[str], *, least: float, wordings: int = 1) -> int:
    """How many texts follow one of at most ``wordings`` of them, by words or by letters at ``least``.

    The text that most others resemble is a wording (ties by its words), then the one that most of the rest do; a
    wording after the first needs two texts.
    """
    counted: Counter[tuple[Words, Words]] = Counter()
    for text, times in Counter(texts).items():
        counted[words_of(text), letters_of(text)] += times
    whole = 0
    for turn in range(wordings):
        ordered = sorted(counted, key=lambda shape: (-counted[shape], sorted(shape[0]), sorted(shape[1])))[:200]
        best: list[tuple[Words, Words]] = []
        for lead in ordered:  # those past 200 are rarer still
            alike = [shape for shape in counted if _alike(lead, shape, least)]
            best = max(best, alike, key=lambda shapes: sum(counted[shape] for shape in shapes))
        size = sum(counted[shape] for shape in best)
        if turn and size < 2:
            break
        whole += size
        for shape in best:
            del counted[shape]
    return whole


def _alike(one: tuple[Words, Words], other: tuple[Words, Words], least: float) -> bool:
    return resemblance(one[0], other[0]) >= least or resemblance(one[1], other[1]) >= least
