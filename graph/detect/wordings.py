"""How alike are short texts?  Resemblance of word sets, and how much of a set of texts follows one wording."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

Words = frozenset[str]


def bare(text: str) -> str:
    """Lower case without accents; letters, digits and signs stay."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).lower()


def words_of(text: str) -> Words:
    """The set of a text's bare words; numbers, punctuation and order do not count."""
    return frozenset(re.findall(r"[^\W\d_]+", bare(text)))


def resemblance(one: Words, other: Words) -> float:
    """Words in common over all words (Jaccard); 0 where both are empty.  Source: Broder 1997, resemblance."""
    whole = len(one | other)
    return len(one & other) / whole if whole else 0.0


def near_identical(texts: Sequence[str], *, least: float) -> int:
    """How many texts resemble one of them by ``least`` at least: the one that most resemble, ties by its words."""
    counted = Counter(words_of(text) for text in texts)
    ordered = sorted(counted, key=lambda words: (-counted[words], sorted(words)))[:200]  # the rest are rarer still
    return max((sum(n for words, n in counted.items() if resemblance(lead, words) >= least) for lead in ordered),
               default=0)


def repeated(texts: Iterable[str], *, least: float) -> int:
    """How many texts resemble some other of them by ``least`` at least."""
    counted = Counter(words_of(text) for text in texts)
    wordings = sorted(counted, key=lambda words: (-counted[words], sorted(words)))[:200]
    return sum(
        n for words, n in counted.items()
        if n > 1 or any(other != words and resemblance(words, other) >= least for other in wordings)
    )
