"""What is left of a name when it is dressed up?  Skeletons: confusables folded, accents, digits and signs dropped."""

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files

# Digits and signs that read as letters, and letters that are several of them.
_READ_AS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ʟ": "l",
    "0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "|": "l", "!": "i",
}


def _look_alikes() -> dict[str, str]:
    """What eyes read for each sign: the kept table of look-alikes."""
    table = files("graph.text_forms").joinpath("confusables.txt").read_text(encoding="utf-8")
    lines = [line.split(" ") for line in table.splitlines() if not line.startswith("#")]
    return {sign: read for read, *signs in lines for sign in signs}


_LOOK_ALIKES = _look_alikes()
_SEEN = str.maketrans({sign: read for sign, read in _LOOK_ALIKES.items() if not sign.isascii()})
_CONFUSABLE = str.maketrans(_LOOK_ALIKES | _READ_AS)
# What is put before or behind a name that is taken or banned: nobody is called by it.
_ADDED = frozenset({
    "the", "real", "its", "iam", "im", "new", "back", "again", "alt", "official", "reborn", "second", "two", "ii",
    "iii", "le", "la", "vrai", "vraie", "cest", "moi", "nouveau", "nouvelle", "retour", "officiel", "officielle",
    "bis", "deux",
})
LEAST_LETTERS = 4
LEAST_SIGNS = 3  # of a whole name
_DIGITS = "0123456789"
_LETTERS = {sign: read for sign, read in _CONFUSABLE.items() if chr(sign) not in _DIGITS}
_NUMBER = re.compile(r"[0-9]{2,}$")
_SEPARATORS = re.compile(r"[\W_]+")  # all that is no letter and no number
_FRAMED = re.compile(r"x+([^x].*[^x])x+")
_DOUBLED = re.compile(r"(.)\1+", re.DOTALL)
_PARTS = re.compile(r"(?:[^\W_]|[@$|!])+")


def whole_skeleton(name: str) -> str | None:
    """The whole name with its numbers, as eyes read it: ``Or4ge_1998`` and ``orage1998`` alike; None below 3 signs.

    NFKD, case folded, marks and separators dropped, confusable letters and digits that read as letters folded, doubled
    signs single, ``i`` and ``l`` alike.  Digits that read as letters are folded in numbers too, in both names alike, so
    that ``l996`` finds ``1996``.
    """
    plain = _plain(name)
    single = _single(_SEPARATORS.sub("", plain.translate(_CONFUSABLE)).replace("i", "l"))
    return single if len(single) >= LEAST_SIGNS and _has_letter(plain) else None


def numbered_skeleton(name: str) -> str | None:
    """The same with the number told from letters: ``Or4ge_1998`` and ``orage1998`` alike; None below 3 signs.

    Several digits at the end are a number, as written: ``nina11`` is no ``ninall``; one may be a letter, and is none of
    those before it: ``lucas5`` is no ``lucas``.
    """
    plain = _plain(name)
    signs = _SEPARATORS.sub("", plain.translate(_LETTERS))
    words = signs.rstrip(_DIGITS)
    number = signs[len(words):]
    end = number.translate(_CONFUSABLE) if len(number) == 1 else number
    whole = _single(words.translate(_CONFUSABLE).replace("i", "l")) + end
    return whole if len(whole) >= LEAST_SIGNS and _has_letter(plain) else None


def as_seen(name: str) -> str:
    """The name as it is drawn on a screen: another alphabet's letters as those they look like, case folded.

    Unlike a skeleton it keeps accents, digits, signs and doubled letters, which eyes tell apart.
    """
    if name.isascii():
        return name.casefold()
    return unicodedata.normalize("NFKC", name).casefold().translate(_SEEN)


def number_of(name: str) -> str | None:
    """The digits at the name's end, separators dropped; None below two."""
    found = _NUMBER.search(_SEPARATORS.sub("", _plain(name)))
    return None if found is None else found[0]


def skeletons(name: str) -> frozenset[str]:
    """The name's skeletons; none below four letters.

    NFKD, case folded, marks dropped; signs separate parts, of which those without a letter go.  In each part digits at
    the ends go, digits inside are read as letters, confusable letters are folded, doubled letters are single, ``i`` and
    ``l`` alike.  Another skeleton reads one digit at the end of a part as a letter (``falc0`` is ``falco``); several
    are a number.  A third leaves added words out (``the_real_falco``, ``falco_back``, ``xXfalcoXx``).
    """
    cores = _cores(name)
    whole, longer = "", ""
    for core in cores:
        cut = core.rstrip(_DIGITS)
        whole += cut
        longer += core if len(core) == len(cut) + 1 else cut
    bare = "".join([core.rstrip(_DIGITS) for core in cores if core.rstrip(_DIGITS) not in _ADDED])
    framed = _FRAMED.fullmatch(bare)
    read = dict.fromkeys((whole, longer, framed[1] if framed else bare))
    return frozenset(letters for letters in map(_folded, read) if len(letters) >= LEAST_LETTERS)


def readings(name: str) -> frozenset[str]:
    """All that a name is compared by: its skeletons, and the whole with its number, which short names alone have."""
    whole = numbered_skeleton(name)
    return skeletons(name) | (frozenset() if whole is None else {whole})


def undressed(name: str) -> tuple[str, ...]:
    """The name's words as they are written, marks and the numbers at their ends dropped.

    Two names with one skeleton and other words are dressed up: ``or4ge``, ``or_age``, ``oragee``, a letter of another
    alphabet.  Two people who chose one word by chance write it alike.
    """
    return tuple(core.rstrip(_DIGITS) for core in _cores(name))


@lru_cache(maxsize=16)  # all forms of a name are asked for one after the other
def _cores(name: str) -> tuple[str, ...]:
    """Parts with a letter, the digits before them dropped."""
    return tuple([part.lstrip(_DIGITS) for part in _PARTS.findall(_plain(name)) if _has_letter(part)])


@lru_cache(maxsize=16)
def _plain(name: str) -> str:
    if name.isascii():
        return name.casefold()
    return "".join(sign for sign in unicodedata.normalize("NFKD", name).casefold() if not unicodedata.combining(sign))


def _folded(core: str) -> str:
    letters = core.translate(_CONFUSABLE)
    if not letters.isalpha():
        letters = "".join(letter for letter in letters if letter.isalpha())
    return _single(letters.replace("i", "l"))


def _single(signs: str) -> str:
    """Doubled signs single."""
    return _DOUBLED.sub(r"\1", signs)


def _has_letter(text: str) -> bool:
    return text.isalpha() or any(map(str.isalpha, text))
