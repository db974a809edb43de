"""Which age does a message state of its writer?  French and English forms, and the phrases that only look like one.

``CANDIDATE`` is a wide net for the engine (RE2 and Java syntax); ``stated_age`` decides on what it catches.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

# Any message that can state an age matches this (on the raw text); most that match state none.
CANDIDATE = (
    r"(?i)(^|[^0-9])(1[0-9]|[89]|[2-9][0-9]) ?(f|m|/|ans|an|y|$|[^0-9a-z])"
    r"|[fmh] ?/? ?[1-9][0-9]"
    r"|(year|yr|grade) ?[0-9]|[0-9]+(th|st|nd|rd) ?grade"
    r"|en ?(cm[12]|[3-6] ?([eè]|eme|ème)|2 ?nde|seconde|1 ?[eè]re|premi[eè]re|terminale)"
    r"|[１-９][０-９]"
    r"|coll[eé]gien|lyc[eé]en|(middle|high) school|(born|n[eé]e?) (en|in) (19|20)[0-9][0-9]"
    r"|onze|douze|treize|quatorze|quinze|seize|dix.sept|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
)

YOUNGEST, OLDEST = 8, 99
_DIGIT = re.compile(r"\d")
_MARKS = "\u0300"  # no combining mark comes before it

_N = r"(?P<n>\d{1,2})(?!\d)"
# What follows a number that is no age: units, prices, times, counts, ranks.
_NO_UNIT = (
    r"(?!\s*(?:%|°|€|\$|£|[:.,/x-]\s*\d|'|\+\d|s(?:ec|econds?)?\b|min(?:ute)?s?\b|h(?:ours?|rs?|eures?)?\b|hours?\b"
    r"|days?\b|jours?\b|weeks?\b|semaines?\b|months?\b|mois\b|k(?:m|g)?s?\b|mi(?:les?)?\b|metres?\b|meters?\b"
    r"|lbs?\b|cm\b|mm\b|percent\b|pour\s?cents?\b|eur(?:os?)?\b|dollars?\b|bucks\b|balles\b|p(?:oin)?ts?\b|levels?\b"
    r"|niveaux?\b|wins?\b|kills?\b|times\b|fois\b|th\b|st\b|nd\b|rd\b|e\b|eme\b|ieme\b|of\b|out\b|sur\b|people\b"
    r"|personnes?\b|minutes?\b|messages?\b|pages?\b|y(?:ea)?rs?\s+(?!old\b|young\b)[a-z]))"
)
_ANS = (
    r"\s*(?:ans?|piges)\b"
    r"(?!\s*(?:d[e'u]|des|que|qu'|apr[e]s|avant|plus\s+tard|pour|et\s+demi\s+d|ferme|a\s+(?:faire|bosser)))"
)
_BEFORE = r"(?<![\w\"«»>])"
# Words before the phrase that make it a condition, a quotation or somebody else's.
_NOT_MEANT = re.compile(
    r"(?:\b(?:if|when|until|till|once|like|unless|since|pretend(?:ing)?|imagine|thinks?|thought|says?|said|quand|si|"
    r"comme|depuis|lorsque|jusqu'a|dit|dis|pense|crois|croit)\s+(?:that\s+|que\s+|qu')?|[\"«])$"
)
_JEST = re.compile(r"\b(?:jk|just kidding|je rigole|je plaisante|je deconne|kidding)\b")

_FORMS: tuple[tuple[re.Pattern[str], int], ...] = tuple(
    (re.compile(_BEFORE + pattern), shift)
    for pattern, shift in (
        # English sentences
        (r"(?:i'?m|i\s+am)\s+(?:(?:only|just|actually|really|now|a|an)\s+)*" + _N
         + r"(?=[fm]?\b)" + _NO_UNIT, 0),
        (r"i\s+(?:just\s+|recently\s+)?turned\s+" + _N + r"\b" + _NO_UNIT, 0),
        (r"i(?:'ll|\s+will|ll)\s+be\s+" + _N + r"\b" + _NO_UNIT, -1),
        (r"i(?:'m|m|\s+am)?\s+turn(?:ing)?\s+" + _N + r"\b" + _NO_UNIT, -1),
        (r"(?:i'?m|i\s+am)\s+(?:almost|nearly)\s+" + _N + r"\b" + _NO_UNIT, -1),
        (r"my\s+age\s+(?:is|:)\s*" + _N + r"\b" + _NO_UNIT, 0),
        # French sentences
        (r"(?:j\s?'?\s?ai|g)\s+(?:(?:que|bien|deja|maintenant|seulement|juste|tout\s+juste|eu)\s+)*" + _N + _ANS, 0),
        (r"je\s+viens\s+d'avoir\s+" + _N + _ANS, 0),
        (r"(?:je\s+vais\s+avoir|j'aurai|j'ai\s+(?:bientot|presque))\s+" + _N + _ANS, -1),
        (r"mon\s+age\s*(?:c'est|est|:)\s*" + _N + r"\b" + _NO_UNIT, 0),
    )
)
# Short introductions: only as a message's opening, and only where little else is said.
_OPENING = r"^(?:(?:hi|hey|hello|salut|slt|coucou|cc|bonjour|bjr|yo|asl|me|moi|here)[\s,!:.]+)*"
_INTRODUCTIONS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(_OPENING + pattern)
    for pattern in (
        _N + r"\s*/?\s*[fm]\b(?!\s*\d)",
        _N + r"\s*/\s*[hg]\b",
        r"[fm]\s*/?\s*" + _N + r"\b" + _NO_UNIT,
        r"[fhgm]\s*/\s*" + _N + r"\b",
        r"(?:fille|garcon|meuf|mec|[fhgm]|girl|boy|male|female)\s*,?\s*(?:de\s+)?" + _N
        + r"(?:" + _ANS + r"|\s*(?:yo|y/o)\b|$)",
        _N + _ANS + r"(?!\s*\?)",
        _N + r"\s*,?\s*(?:et toi|et vous|and you|and u|hbu|wbu|you|u)\b",
        _N + r"\s*(?:y/?o|years?\s+old|yrs?\s+old)\b(?!\s*\?)",
        _N + r"\s*,?\s*(?:girl|boy|fille|garcon|female|male)\b",
    )
)
_INTRODUCTION_WORDS = 7

_SUBJECT = (
    r"(?:^|(?:je|j'|moi\s+je|moi)\s*suis\s+|(?:j|ch)?suis\s+|chui[s]?\s+|moi\s+|je\s+(?:passe|rentre)\s+|j'entre\s+)"
)
_NO_RANK = r"(?!\s*(?:annee|position|place|vitesse|division|div|ligue|ligne|de\b|partie|vie|semaine|classe\s+prepa|\d))"
_FRENCH_CLASSES = {
    "cm1": 9, "cm2": 10, "6": 11, "5": 12, "4": 13, "3": 14, "2nde": 15, "seconde": 15, "1ere": 16, "premiere": 16,
    "terminale": 17, "term": 17,
}
_FRENCH_SCHOOL = re.compile(
    _SUBJECT + r"en\s+(?P<c>cm[12]|2\s?nde|seconde|1\s?ere|premiere|terminale|term|[3-6]\s?(?=e(?:me)?\b|ieme\b))"
    r"(?:e|eme|ieme)?\b" + _NO_RANK
)
_ENGLISH_YEAR = re.compile(
    r"(?:^|(?:i'?m|i\s+am|im)\s+(?:only\s+|just\s+)?)in\s+(?:y(?:ea)?r)\s*(?P<n>\d{1,2})\b(?!\s*(?:of|\d))"
)
_ENGLISH_GRADE = re.compile(
    r"(?:^in\s+|(?:i'?m|i\s+am)\s+(?:only\s+|just\s+)?(?:in\s+)?)(?:the\s+|an?\s+)?"
    r"(?:grade\s*(?P<n>\d{1,2})\b|(?P<m>\d{1,2})(?:th|st|nd|rd)\s*grade(?:r)?\b)(?!\s*(?:teacher|math|of))"
)
# Schools by name, with the lowest usual age; a noun of the person, as teachers are at school too.
_SCHOOLS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(_SUBJECT + r"(?:encore\s+)?(?:une?\s+)?collegien(?:ne)?\b"), 11),
    (re.compile(_SUBJECT + r"(?:encore\s+)?(?:une?\s+)?lyceen(?:ne)?\b"), 15),
    (re.compile(r"(?:^|\b(?:i'?m|i\s+am)\s+)(?:still\s+)?in\s+middle\s+school\b(?!\s+teach)"), 11),
    (re.compile(r"(?:^|\b(?:i'?m|i\s+am)\s+)(?:still\s+)?in\s+high\s+school\b(?!\s+teach)"), 14),
)
_BORN = re.compile(
    r"(?:^|\b(?:je\s+suis|j?suis|chuis|moi\s+je\s+suis)\s+)nee?\s+en\s+(?P<y>(?:19|20)\d\d)\b"
    r"|(?:^|\bi\s+was\s+|\bi'?m\s+)born\s+in\s+(?P<b>(?:19|20)\d\d)\b"
)
_WORDS = {
    "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16, "dix-sept": 17, "dix sept": 17,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
}
_WORD = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b")


@dataclass(frozen=True)
class Statement:
    """What a text says of its writer: an age in years, or else a year of birth, or neither."""

    age: int | None = None
    born: int | None = None

    def on(self, day: date | None) -> int | None:
        """The age on that day; until June as not yet that old by the year of birth, which tells nothing without day."""
        if self.age is not None or self.born is None or day is None:
            return self.age
        return _within(day.year - self.born - (1 if day.month <= 6 else 0))


_NOTHING = Statement()


def stated_age(text: str, on: date | None = None) -> int | None:
    """The age in years that ``text`` states of its writer, or None.

    ``on``: the day it was said; with it a year of birth is read as well (until June as not yet that old).

    "I'll be 14" and "bientôt 14 ans" give 13.  A school year gives the lowest usual age of that year (France; year N
    of England and Wales is N+4, grade N of the United States N+5).  Past tenses, other people's ages, conditions,
    quotations, prices, times, durations and questions give None; so does anything outside 8 to 99.
    """
    return read_statement(text).on(on)


def read_statement(text: str) -> Statement:
    """What ``stated_age`` reads, before the day it was said is known; equal texts need one reading."""
    plain = _plain(text)
    if _JEST.search(plain):
        return _NOTHING
    if _DIGIT.search(plain):  # nothing but a school's name states an age without one
        for pattern, shift in _FORMS:
            for match in pattern.finditer(plain):
                if not _NOT_MEANT.search(plain[: match.start()]):
                    return Statement(_within(int(match["n"]) + shift))
        if len(plain.split()) <= _INTRODUCTION_WORDS:
            for pattern in _INTRODUCTIONS:
                found = pattern.search(plain)
                if found:
                    return Statement(_within(int(found["n"])))
    school = _school_age(plain)
    return Statement(school) if school is not None else Statement(born=_birth_year(plain))


def _school_age(plain: str) -> int | None:
    found = _FRENCH_SCHOOL.search(plain)
    if found:
        return _FRENCH_CLASSES[found["c"].replace(" ", "")]
    found = _ENGLISH_YEAR.search(plain)
    if found and 4 <= int(found["n"]) <= 13:
        return int(found["n"]) + 4
    found = _ENGLISH_GRADE.search(plain)
    if found and 3 <= int(found["n"] or found["m"]) <= 12:
        return int(found["n"] or found["m"]) + 5
    for pattern, age in _SCHOOLS:
        at = pattern.search(plain)
        if at and not _NOT_MEANT.search(plain[: at.start()]):
            return age
    return None


def _birth_year(plain: str) -> int | None:
    found = _BORN.search(plain)
    if not found or _NOT_MEANT.search(plain[: found.start()]):
        return None
    return int(found["y"] or found["b"])


def _within(age: int) -> int | None:
    return age if YOUNGEST <= age <= OLDEST else None


def _plain(text: str) -> str:
    """Lower case, one kind of apostrophe, no accents, single spaces; fullwidth digits and words 11 to 17 as digits."""
    bare = text.replace("’", "'").replace("ʼ", "'").replace("`", "'")
    if not bare.isascii():
        decomposed = unicodedata.normalize("NFKD", bare)
        bare = "".join([letter for letter in decomposed if letter < _MARKS or not unicodedata.combining(letter)])
    return _WORD.sub(lambda word: str(_WORDS[word[0]]), " ".join(bare.lower().split()))
