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


def skeleton(name: str) -> str:
    """The name's skeleton, or "" when fewer than four letters are left.

    NFKD, case folded, marks dropped; trailing and leading digits and signs dropped before digits inside are read as
    letters; confusable letters folded; doubled letters single; ``i`` and ``l`` alike.
    """
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", name).casefold() if not unicodedata.combining(letter)
    )
    core = plain.strip("".join({letter for letter in plain if not letter.isalpha() and letter not in "@$"}))
    folded = "".join(letter for letter in core.translate(_CONFUSABLE) if letter.isalpha()).replace("i", "l")
    single = "".join(letter for i, letter in enumerate(folded) if i == 0 or folded[i - 1] != letter)
    return single if len(single) >= LEAST_LETTERS else ""
