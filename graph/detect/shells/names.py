"""What is left of a name when it is dressed up?  Skeletons: confusables folded, accents, digits and signs dropped."""

import unicodedata

# Letters that NFKD leaves alone but eyes confuse (a small part of Unicode TS 39's confusables), and digits for letters.
_CONFUSABLE = str.maketrans(
    {
        "а": "a", "в": "b", "с": "c", "е": "e", "ԁ": "d", "һ": "h", "і": "i", "ј": "j", "к": "k", "м": "m", "н": "h",
        "о": "o", "р": "p", "ѕ": "s", "т": "t", "у": "y", "х": "x", "ѵ": "v", "ԝ": "w", "з": "3",
        "α": "a", "β": "b", "ε": "e", "ι": "i", "κ": "k", "ν": "v", "ο": "o", "ρ": "p", "τ": "t", "υ": "u", "χ": "x",
        "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ɡ": "g", "ʟ": "l", "ꮪ": "s",
        "0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s",
        "|": "l", "!": "i",
    }
)
LEAST_LETTERS = 4
_DIGITS = "0123456789"


def skeletons(name: str) -> frozenset[str]:
    """The name's skeletons: one, or two where a digit at the end may be a letter or a number; none below four letters.

    NFKD, case folded, marks dropped; signs separate parts, of which those without a letter go.  In each part digits at
    the ends go, digits inside are read as letters, confusable letters are folded, doubled letters are single, ``i`` and
    ``l`` alike.  The second skeleton reads the first digit at the end of a part as a letter (``falc0`` is ``falco``).
    """
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", name).casefold() if not unicodedata.combining(letter)
    )
    parts = [
        part for part in "".join(sign if sign.isalnum() or sign in "@$|!" else " " for sign in plain).split()
        if any(sign.isalpha() for sign in part)
    ]
    whole, longer = "", ""
    for part in parts:
        core = part.lstrip(_DIGITS)
        cut = core.rstrip(_DIGITS)
        whole += cut
        longer += core[: len(cut) + 1]
    return frozenset(letters for letters in (_folded(whole), _folded(longer)) if len(letters) >= LEAST_LETTERS)


def _folded(core: str) -> str:
    letters = "".join(letter for letter in core.translate(_CONFUSABLE) if letter.isalpha()).replace("i", "l")
    return "".join(letter for i, letter in enumerate(letters) if i == 0 or letters[i - 1] != letter)
