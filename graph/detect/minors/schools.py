"""Which school year, school or year of birth does a message state of its writer?  Plain text in (``minors_stated``)."""

import re

_SAYS = r"\b(?:(?:je\s*|j'?\s?|moi\s+|ch)?suis?|chuis?|j(?:e\s+)?(?:passe|rentre)|j'entre)\s+"
_SUBJECT = rf"(?:^|{_SAYS}|\bmoi\s+)"
# Without a verb it is all that is said: "en 4e, et toi ?", not "en 4e on avait un chien".
_WHOLE = r"(?=[^\w]*$|\s*,?\s*(?:et\s+(?:toi|vous|twa?)|and\s+(?:you|u)|hbu|wbu)\b)"
_RANK = (
    r"annee|position|place|vitesse|division|div|ligue|ligne|de\b|partie|vie|semaine|classe|page|etage|rang|file|saison|manche"
    r"|mi-?temps|etape|phase|zone|session|trimestre|semestre|dimension|fac\b|fois|main\b|chance|\d"
)
_FRENCH_CLASSES = {
    "cm1": 9, "cm2": 10, "6": 11, "sixieme": 11, "5": 12, "cinquieme": 12, "4": 13, "quatrieme": 13, "3": 14,
    "troisieme": 14, "2nde": 15, "2de": 15, "seconde": 15, "1ere": 16, "premiere": 16, "terminale": 17, "term": 17,
}
_FRENCH_SCHOOL = re.compile(
    rf"(?:(?P<says>{_SAYS})|^(?:moi\s+)?)en\s+(?:classe\s+de\s+)?(?P<c>cm[12]|2\s?n?de|seconde|1\s?ere|premiere"
    r"|terminale|term|sixieme|cinquieme|quatrieme|troisieme|[3-6]\s?(?=e(?:me)?\b|ieme\b))(?:e|eme|ieme)?\b"
    rf"(?!\s*(?:{_RANK}))(?(says)|{_WHOLE})"
)
_ENGLISH_YEAR = re.compile(
    r"(?:^|(?P<says>i'?m|i\s+am)\s+(?:only\s+|just\s+)?)in\s+y(?:(?:ea)?r)?\s*(?P<n>\d{1,2})\b(?!\s*(?:of|\d))"
    rf"(?(says)|{_WHOLE})"
)
_GRADES = {"sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12}
_ENGLISH_GRADE = re.compile(
    r"(?:^in\s+|(?P<says>i'?m|i\s+am)\s+(?:only\s+|just\s+)?(?:in\s+)?)(?:the\s+|an?\s+)?"
    rf"(?:grade\s*(?P<n>\d{{1,2}})\b|(?P<m>\d{{1,2}}(?=th|st|nd|rd)|{'|'.join(_GRADES)})(?:th|st|nd|rd)?\s*grade(?:r)?\b)"
    rf"(?!\s*(?:teacher|math|of\b|piano|violin|guitar|flute|ballet))(?(says)|{_WHOLE})"
)
# The same alone, with the question back that follows an own answer.
_ASKED_BACK = re.compile(
    r"^(?:year\s*(?P<y>\d{1,2})|(?P<g>\d{1,2})(?:th|st|nd|rd)\s*grader?)\s*,?\s*(?:and\s+you|and\s+u|hbu|wbu)\b"
)
_STILL = r"(?:^|\b(?P<says>i'?m|i\s+am)\s+)(?:still\s+)?"
# Schools by name, with the lowest usual age; a noun of the person, as teachers are at school too.
_SCHOOLS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(_SUBJECT + r"(?:encore\s+)?(?:une?\s+)?collegien(?:ne)?\b"), 11),
    (re.compile(_SUBJECT + r"(?:encore\s+)?(?:une?\s+)?lyceen(?:ne)?\b"), 15),
    (re.compile(_STILL + r"in\s+middle\s+school\b(?!\s+teach)" + rf"(?(says)|{_WHOLE})"), 11),
    (re.compile(_STILL + r"in\s+high\s+school\b(?!\s+teach)" + rf"(?(says)|{_WHOLE})"), 14),
)
_BORN = re.compile(
    r"(?:^|\b(?:je\s+suis|j?suis|chuis|moi\s+je\s+suis)\s+)nee?\s+en\s+(?P<y>(?:19|20)\d\d)\b"
    r"|(?:^|\bi\s+was\s+|\bi'?m\s+)born\s+in\s+(?P<b>(?:19|20)\d\d)\b"
)


def school_age(plain: str, not_meant: re.Pattern[str]) -> int | None:
    """The lowest usual age of the class or school; None where what comes before a school is ``not_meant``."""
    found = _FRENCH_SCHOOL.search(plain)
    if found:
        return _FRENCH_CLASSES[found["c"].replace(" ", "")]
    found = _ENGLISH_YEAR.search(plain)
    if found and 4 <= int(found["n"]) <= 13:
        return int(found["n"]) + 4
    found = _ENGLISH_GRADE.search(plain)
    if found and (grade := _grade(found["n"] or found["m"])):
        return grade + 5
    found = _ASKED_BACK.search(plain)
    if found and 4 <= int(found["y"] or found["g"]) <= 12:
        return int(found["y"]) + 4 if found["y"] else int(found["g"]) + 5
    for pattern, age in _SCHOOLS:
        at = pattern.search(plain)
        if at and not not_meant.search(plain[: at.start()]):
            return age
    return None


def _grade(written: str) -> int | None:
    number = _GRADES.get(written) or int(written)
    return number if 3 <= number <= 12 else None


def birth_year(plain: str, not_meant: re.Pattern[str]) -> int | None:
    """The year of birth; None where what comes before is ``not_meant``."""
    found = _BORN.search(plain)
    if not found or not_meant.search(plain[: found.start()]):
        return None
    return int(found["y"] or found["b"])
