"""By which words is a demand under pressure read?  Four lists a team can edit, and their patterns for the engine."""

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from graph.detect.texts import bare
from graph.errors import DetectionError

SHIPPED = Path(__file__).with_name("words.toml")
_ACCENTED = "àâäáãåçéèêëíìîïñóòôöõúùûüýÿœæ"
_PLAIN = "aaaaaaceeeeiiiinooooouuuuyyoa"
_NUMBER = "[0-9]+"
# "If you don't pay" is no warning, "even if you don't pay" is one.
_EVEN = r"(?:even|meme)[^a-z0-9]+(?:if|si)\b"
_CONDITION = r"\b(?:si[^a-z0-9]+t(?:u|oi)?|if[^a-z0-9]+(?:you|u|ya))[^a-z0-9]+(?:ne|n|don[^a-z0-9]?t|do[^a-z0-9]+not)\b"


class WordLists(NamedTuple):
    """Words and phrases; ``*`` at a word's end stands for any ending, ``#`` for a number."""

    demand: tuple[str, ...]
    thing: tuple[str, ...]
    consequence: tuple[str, ...]
    reported: tuple[str, ...]


LISTS = WordLists._fields


def read_word_lists(path: Path = SHIPPED) -> WordLists:
    """The lists of a TOML file; DetectionError names what is wrong with it."""
    try:
        body = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DetectionError(f"the word lists cannot be read: {error}", where=str(path)) from error
    if "reported" not in body and path != SHIPPED:  # a copy made before there was this list takes the shipped one
        body["reported"] = list(read_word_lists().reported)
    for name in LISTS:
        words = body.get(name)
        if not isinstance(words, list) or not words or not all(isinstance(one, str) and one.strip() for one in words):
            raise DetectionError(
                f"{name} is not a list of words", where=str(path), fix=f'write {name} = ["word", "a phrase", "stem*"]'
            )
    return WordLists(*(tuple(body[name]) for name in LISTS))


def pattern(words: Sequence[str]) -> str:
    """A regular expression, the same in every engine, that finds any of the words in a ``plain`` text."""
    found = sorted({_one(word) for word in words} - {""})
    if not found:
        return r"[^\s\S]"  # nothing
    return f"(?:^|[^a-z0-9])(?:{'|'.join(found)})(?:$|[^a-z0-9])"


def rough_pattern(words: Sequence[str]) -> str:
    """A pattern that finds, in lower case with its accents, every text in which ``pattern`` finds one of the words."""
    letters = {plain: plain for plain in _PLAIN}
    for accented, plain in zip(_ACCENTED, _PLAIN, strict=True):
        letters[plain] += accented
    phrases = {_stems(word) for word in words} - {()}
    return "|".join(
        "[^a-z0-9]+".join(
            "".join(_NUMBER if c == "#" else f"[{letters[c]}]" if c in letters else c for c in stem) for stem in stems
        )
        for stems in sorted(phrases)
    )


def _one(word: str) -> str:
    ending = "[a-z0-9]*" if word.strip().endswith("*") else ""
    stems = _stems(word)
    return "[^a-z0-9]+".join(stem.replace("#", _NUMBER) for stem in stems) + ending if stems else ""


def _stems(word: str) -> tuple[str, ...]:
    return tuple(re.findall(r"#?[a-z0-9]+|#", bare(word).translate(str.maketrans(_ACCENTED, _PLAIN))))


def plain(text: Any) -> Any:
    """A text column of ibis in lower case without the accents of Western European languages."""
    return text.lower().translate(_ACCENTED, _PLAIN)


def without_conditions(text: Any) -> Any:
    """A plain column without "if you don't": what follows is asked for, and not advised against."""
    return text.re_replace(_EVEN, "though").re_replace(_CONDITION, "if")
