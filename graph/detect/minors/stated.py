"""Which age does a message state of its writer?  French and English forms, and the phrases that only look like one.

``CANDIDATE`` is a wide net for the engine (RE2 and Java syntax); ``stated_age`` decides on what it catches.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from graph.detect.minors.schools import birth_year, school_age

# Any message that can state an age matches this (on the raw text); most that match state none.
CANDIDATE = (
    r"(?i)(^|[^0-9])(1[0-9]|[89]|[2-9][0-9]) ?(f|m|/|ans|an|y|$|[^0-9a-z])"
    r"|[fmh] ?/? ?[1-9][0-9]"
    r"|(year|yr|grade|in y) ?[0-9]|[0-9](th|st|nd|rd) ?(grade|birthday)|(six|seven|eigh|nin|ten|twelf)th ?grade"
    r"|(en|de) ?(cm[12]|[3-6] ?([eè]|eme|ème)|2 ?n?de|seconde|1 ?[eè]re|premi[eè]re|term)"
    r"|(en|de) (six|cinqu|quatr|trois)i[eè]me"
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
    r"(?!\s*(?:%|°|€|\$|£|[:.,/x-]\s*\d|'|\+|s(?:ec|econds?)?\b|min(?:ute)?s?\b|h(?:ours?|rs?|eures?)?\b|hours?\b"
    r"|days?\b|jours?\b|weeks?\b|semaines?\b|months?\b|mois\b|k(?:m|g)?s?\b|mi(?:les?)?\b|metres?\b|meters?\b"
    r"|lbs?\b|cm\b|mm\b|percent\b|pour\s?cents?\b|eur(?:os?)?\b|dollars?\b|bucks\b|balles\b|p(?:oin)?ts?\b|levels?\b"
    r"|niveaux?\b|wins?\b|kills?\b|times\b|fois\b|th\b|st\b|nd\b|rd\b|e\b|eme\b|ieme\b|of\b|out\b|sur\b|people\b"
    r"|personnes?\b|minutes?\b|messages?\b|pages?\b|grand\b|stones?\b|feet\b|foot\b|inch(?:es)?\b|years?\s+of\b"
    r"|in\s+(?:(?:the|a)\s+(?:queue|line|list|ranking|row)|total)\b|(?:up|down|ahead|behind|away)\b|y(?:ea)?rs?\s+(?!old\b|young\b)[a-z]))"
)
_LATELY = r"puis\s+(?:hier|avant-?hier|aujourd|ce\s+matin|peu\b|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche)"
_ANS = (
    r"\s*(?:ans?|piges)\b"
    rf"(?!\s*(?:de(?!{_LATELY})|d['u]|que|qu'|apr[e]s|avant|plus\s+tard|pour|et\s+demi\s+d|ferme|a\s+(?:faire|bosser)"
    r"|(?:et|ou)\s+(?:plus|moins|\+)|\+|mini?(?:mum)?\b|max(?:imum)?\b|requis|revolus"
    r"|environ\b|a\s+peine\b))"
)
# A noun in the plural is counted: "im 14 episodes in"; these words follow an age.
_NO_PLURAL = (
    r"(?!\s+(?!(?:years|yrs|yes|guys|thanks|thanx|cheers|always|sometimes|plus|unless|is|was|has|as|this|lets|its|thats|pls"
    r"|bless)\b)[a-z]+s\b)"
)
# How soon a birthday is.
_SOON = r"\s+in\s+(?:a|an|one|two|three|four|five|six|few|\d{1,2})\s+(?:few\s+)?(?:days?|weeks?|months?)\b"
_BIENTOT = r"\s+dans\s+(?:une?|deux|trois|quatre|cinq|six|quelques|\d{1,2})\s+(?:jours?|semaines?|mois)\b"
_BEFORE = r"(?<![\w\"«»>])"
# Words before the phrase that make it a condition, a quotation or somebody else's.
_NOT_MEANT = re.compile(
    r"(?:\b(?:if|when|until|till|once|like|unless|since|pretend(?:ing)?|imagine|thinks?|thought|says?|said|quand|si|"
    r"comme|depuis|lorsque|jusqu'a|dit|dis|pense|crois|croit|dirait|mentally|emotionally|dans ma tete|at heart"
    r"|t(?:old|ell)\s+(?:him|her|them|people|every(?:one|body)|my\s+[a-z]+))\s+(?:that\s+|que\s+|qu')?|[\"«])$"
)
# After what it takes back; as a message's first word it takes back an earlier one.
_JEST = re.compile(r"(?<!^)\b(?:jk|just kidding|j(?:e )?(?:rigole|plaisante|deconne)|kidding)\b")
# A quoted line, as chats and mails mark it.
_QUOTED = re.compile(r"^\s*>.*$", re.MULTILINE)


def _sentences(*forms: tuple[str, int]) -> tuple[tuple[re.Pattern[str], int], ...]:
    return tuple((re.compile(_BEFORE + pattern), shift) for pattern, shift in forms)


# By what every one of the forms begins with, the forms.
_FORMS: tuple[tuple[re.Pattern[str], tuple[tuple[re.Pattern[str], int], ...]], ...] = (
    (
        re.compile(r"(?<!\w)(?:i['m ]|ill |my |it'?s |today)"),
        _sentences(
            (r"(?:i'?m|i\s+am)\s+(?:(?:almost|nearly|turning)\s+)" + _N + r"\b" + _NO_UNIT + _NO_PLURAL, -1),
            (r"(?:i'?m|i\s+am)\s*" + _N + _SOON, -1),
            (r"(?:i'?m|i\s+am)\s*(?:(?:only|just|actually|really|rly|literally|like|now|a|an)\s+)*" + _N
             + r"(?=[fm]?\b)" + _NO_UNIT + _NO_PLURAL, 0),
            (r"i\s+(?:just\s+|recently\s+)?turned\s+" + _N + r"\b" + _NO_UNIT + _NO_PLURAL, 0),
            (r"i(?:'ll|\s+will|ll)\s+be\s+" + _N + r"\b" + _NO_UNIT + _NO_PLURAL, -1),
            (r"(?:i'?m|i\s+am)\s+(?:gonna|going\s+to)\s+be\s+" + _N + r"\b" + _NO_UNIT + _NO_PLURAL, -1),
            (r"i\s+turn\s+" + _N + r"\b" + _NO_UNIT + _NO_PLURAL, -1),
            (r"my\s+age\s+(?:is|:)\s*" + _N + r"\b" + _NO_UNIT, 0),
            (r"(?:it'?s|today'?s|today\s+is)\s+my\s+" + _N + r"th\s+birthday(?=\s+today\b|\s*(?:[^\w\s]|$))", 0),
        ),
    ),
    (
        re.compile(r"(?<!\w)(?:j|g|ch|c'?\s?est|mo[in] )"),
        _sentences(
            (r"(?:j\s?'?\s?ai|g)\s*" + _N + r"\s*ans?" + _BIENTOT, -1),
            (r"(?:j\s?'?\s?(?:ai|est)|je|ge|g|je\s+n'?\s?ai(?=\s+[qk]))\s*"
             r"(?:(?:que|ke|bien|deja|maintenant|seulement|juste|tout\s+juste|eu)\s+)*" + _N + _ANS, 0),
            (r"(?:j(?:e\s*|'\s?)?suis?|chuis?)\s+(?:encore\s+)?(?:agee?\s+de|mineure?s?\s*,?|(?:une?\s+)?"
             r"(?:jeune\s+|petite?\s+)?(?:fille|garcon|meuf|mec|gars|nana|ado|collegien(?:ne)?|lyceen(?:ne)?|eleve)"
             r"\s*,?\s+(?:de\s+)?)\s*" + _N + _ANS, 0),
            (r"(?:moi\s+c(?:'?\s?est)?|j(?:e\s+|')?m'?\s?appelle?)\s+(?!depuis\b|dans\b|pendant\b|pour\b|(?:[dlmst]es|[nv]os)\b)"
             r"[a-z-]+\s*,?\s+" + _N + _ANS, 0),
            (r"(?:je\s+|j)viens?\s+(?:juste\s+)?d\s?'?\s?avoir\s+" + _N + _ANS, 0),
            (r"c'?\s?est\s+mon\s+anniv(?:ersaire)?(?:\s+aujourd'?\s?hui)?\s*,?\s+" + _N + _ANS, 0),
            (r"(?:(?:je\s+|j)vais\s+avoir|j'aurai|j'?ai\s+(?:bientot|presque))\s+" + _N + _ANS, -1),
            (r"mon\s+age\s*(?:c'est|est|:)\s*" + _N + r"\b" + _NO_UNIT, 0),
        ),
    ),
)
# Short introductions: only as a message's opening, and only where little else is said.
_OPENING = (
    r"^(?:(?:hi|hey|hello|salut|slt|coucou|cc|bonjour|bjr|yo|asl|me|moi|here|oui|ui|ouais|yes|yeah|non|no|ben|bah|euh"
    r"|pardon|enfin|sorry|dsl|desolee?|actually|en\s+fait|en\s+vrai|j'?ai\s+menti|i\s+lied)[\s,!:.?]+"
    r"|[*\u2600-\u27bf\U0001f000-\U0001faff\ufe0f\u200d]\s*)*"
)
_PERSON = r"(?:fille|garcon|meuf|mec|gars|nana|[fhgm]|girl|boy|male|female)"
# What is so wide, so often seen or pressed is no person: "15m away", "13m views", "14 f de bus", "f12 to open it".
_NO_THING = (
    r"(?!\s*(?:€|\$|£|%|\(|\+|d(?:e\s+|')(?:long|larg|haut|profond|fievre|bus|eau|altitude|distance)|away\b|tall\b"
    r"|wide\b|long\b|high\b|deep\b|ago\b|left\b|subs?\b|views?\b|vues\b|followers?\b|abonn|likes?\b|eur(?:os?)?\b"
    r"|dollars?\b|people\b|players?\b|to\s+(?:go|open|get|the)\b|key\b|=|o[ru]\s+[a-z]\d|(?:and|et)\s+\d|vs\b|is\b|est\b))"
)
_NO_COUNT = (
    r"(?!\s*(?:(?:and|et)\s+\d|scout|stud|eleves?\b|play|joueu|charact|person|people|teach|prof|members?\b|names?\b))"
)
_INTRODUCTIONS: tuple[tuple[re.Pattern[str], int], ...] = tuple(
    (re.compile(_OPENING + pattern), shift)
    for pattern, shift in (
        (_N + r"\s*/?\s*[fm]\b(?!\s*\d)" + _NO_THING, 0),
        (_N + r"\s*/\s*[hg]\b", 0),
        (r"[fm]\s*/?\s*" + _N + r"\b" + _NO_UNIT + _NO_THING, 0),
        (r"[fhgm]\s*/\s*" + _N + r"\b", 0),
        (_PERSON + r"\s*,?\s*(?:de\s+)?" + _N + r"(?:" + _ANS + r"|\s*(?:yo|y/o)\b|$)", 0),
        (_N + _ANS + r"(?!\s*(?:\?|,?\s*(?:c'?\s?est|[cs]a|wow|ou)\b))(?!" + _BIENTOT + r")", 0),
        (_N + r"\s*,?\s*(?:here\s*,?\s*)?(?:(?:et toi|et vous|et twa?|and you|and u|hbu|wbu)\b"
         r"|(?:you|u)(?=[^\w]*$))", 0),
        (_N + r"\s*(?:y/?o|years?\s+old|yrs?\s+old)\b(?!\s*(?:\?|\+|(?:is|was|or|only|min(?:imum)?|max(?:imum)?)\b"
         r"|and\s+(?:up|over|older|above|under)\b))", 0),
        (_N + r"\s*,?\s*(?:girl|boy|fille|garcon|female|male)\b" + _NO_COUNT, 0),
        (_N + r"\s+here(?=[^\w?]*$)", 0),
        (r"(?:just\s+)?turned\s+" + _N + r"\b" + _NO_UNIT + _NO_PLURAL, 0),
        (r"turning\s+" + _N + r"\b" + _NO_UNIT + _NO_PLURAL, -1),
        (r"age\s*[:=]?\s*" + _N + r"(?=\s*(?:$|[,;!]))", 0),
        (r"(?:bientot|presque)\s+" + _N + r"(?:" + _ANS + r"|\s*$)", -1),
        (r"(?:almost|nearly)\s+" + _N + r"\s*(?:$|(?:yo|y/o|years?\s+old)\b)", -1),
        (_N + r"(?:\s*ans?)?" + _BIENTOT + r"\s*$", -1),
    )
)
_INTRODUCTION_WORDS = 7
# A number alone that takes back another one: an age only where its writer has just said an age.
_AMENDS = re.compile(
    r"^(?:(?:(?:no[np]?e?|nan|pardon|sorry|dsl|oups|oops|en\s+fait|en\s+vrai|enfin|actually|i\s+meant?)[\s,:.!]+)+"
    r"(?:(?:j\s?'?\s?(?:en\s+)?ai|g|i'?m|i\s+am)\s+)?|j\s?'?\s?en\s+ai\s+(?=\d+\s+en\s+(?:vrai|fait))|\*\s*)"
    + _N + r"(?:\s*ans)?(?:\s*,?\s*(?:pas|not)\s+\d{1,2}(?:\s*ans)?)?(?:\s+en\s+(?:vrai|fait))?[^\w€$£%+]*$"
)

_WORDS = {
    "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16, "dix-sept": 17, "dix sept": 17,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
}
_WORD = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b")


@dataclass(frozen=True)
class Statement:
    """What a text says of its writer: an age in years, or else a year of birth, or neither.

    ``amends``: the text does not say that its number is an age; it counts soon after an age was stated.
    """

    age: int | None = None
    born: int | None = None
    amends: bool = False

    def on(self, day: date | None) -> int | None:
        """The age on that day; until June as not yet that old by the year of birth, which tells nothing without day."""
        if self.age is not None or self.born is None or day is None:
            return self.age
        return _within(day.year - self.born - (1 if day.month <= 6 else 0))


_NOTHING = Statement()


def read_statement(text: str) -> Statement:
    """What ``text`` states of its writer's age, before the day it was said is known; equal texts need one reading.

    "I'll be 14", "bientôt 14 ans" and "14 ans dans un mois" give 13.  A school year gives the lowest usual age of that
    year (France; year N of England and Wales is N+4, grade N of the United States N+5).  Past tenses, other people's
    ages, conditions, quotations, prices, times, durations and questions give nothing; so does anything outside 8 to 99.
    A bare number that takes back another one ("en fait j'ai 15") amends.
    """
    plain = _plain(text)
    if _JEST.search(plain):
        return _NOTHING
    if _DIGIT.search(plain):  # nothing but a school's name states an age without one
        for pattern, shift in (form for beginning, forms in _FORMS if beginning.search(plain) for form in forms):
            for match in pattern.finditer(plain):
                if not _NOT_MEANT.search(plain[: match.start()]):
                    return Statement(_within(int(match["n"]) + shift))
        if len(plain.split()) <= _INTRODUCTION_WORDS:
            for pattern, shift in _INTRODUCTIONS:
                found = pattern.search(plain)
                if found:
                    return Statement(_within(int(found["n"]) + shift))
        taken_back = _AMENDS.search(plain)
        if taken_back:
            return Statement(_within(int(taken_back["n"])), amends=True)
    school = school_age(plain, _NOT_MEANT)
    return Statement(school) if school is not None else Statement(born=birth_year(plain, _NOT_MEANT))


def _within(age: int) -> int | None:
    return age if YOUNGEST <= age <= OLDEST else None


def _plain(text: str) -> str:
    """Lower case, no accents, no quoted lines, one kind of apostrophe and space; digits and words 11 to 17 alike."""
    bare = text.replace("’", "'").replace("ʼ", "'").replace("`", "'")
    if ">" in bare:
        bare = _QUOTED.sub("", bare)
    if not bare.isascii():
        decomposed = unicodedata.normalize("NFKD", bare)
        bare = "".join([letter for letter in decomposed if letter < _MARKS or not unicodedata.combining(letter)])
    return _WORD.sub(lambda word: str(_WORDS[word[0]]), " ".join(bare.lower().split()))
