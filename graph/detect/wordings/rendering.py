"""How does a code with its values become a sentence?  One function for every kind and language.

Placeholders: ``{name}`` writes a value by its type and the language; ``{name?one|other}`` writes the form that the
language's plural rule asks for; ``{name#key=text|key=text|other=text}`` chooses a text by a word (and the text may
hold plain placeholders).  Numbers, shares,
lists and plurals follow CLDR through Babel.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from babel import Locale
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from graph.detect.chains import CHAINED, Chain, Held, read
from graph.detect.reason import AS_WRITTEN, CounterEvidence, Reason
from graph.detect.values import IDS, Value
from graph.detect.wordings.catalogue import Catalogue, Language, catalogue, has_catalogue
from graph.detect.wordings.days import day_told, moment_told

Names = Callable[[str, str], str]
"""How an id is written: its type (``account``, ``room``, …) and the id give what stands in the sentence.

The type is ``chained`` for one of several in a chain, where a name has to do without its id.
"""
MOST_LISTED = 12
_PLACE = re.compile(r"\{(\w+)(?:([?#])((?:[^{}]|\{\w+\})*))?\}")


@dataclass(frozen=True)
class Said:
    """A reason in words: the short name of its measure, and the sentence."""

    measure: str
    detail: str


def as_ids(_kind: str, identity: str) -> str:
    """The id itself."""
    return identity


def naming(called: Callable[[str], str], chained: Callable[[str], str]) -> Names:
    """Ids as they are ``called``, and as they are ``chained`` where they stand in a chain."""
    return lambda kind, identity: (chained if kind == "chained" else called)(identity)


def render(kind: str, item: Reason | CounterEvidence, language: Language, names: Names = as_ids) -> Said:
    """A reason or counter-evidence of a finding of that kind in words; ``names`` writes the ids.

    Raises KeyError for a code or a value that the catalogue does not know.
    """
    if item.code == AS_WRITTEN:
        french = str(item.values["detail_fr"].value) if "detail_fr" in item.values else ""
        english = str(item.values["detail"].value)
        return Said(str(item.values["measure"].value), french if language == "fr" and french else english)
    words = catalogue(kind, language)
    entry = words.entries[item.code]
    template = entry.other
    if entry.plural and _plural(item.values[entry.plural], language) == "one":
        template = entry.one
    return Said(entry.measure, _PLACE.sub(lambda match: _placed(match, item, words, names), template))


def knows(kind: str, code: str, values: Collection[str]) -> bool:
    """Can a reason of that code, with values of these names, be put into words?  Wordings change between versions."""
    if code == AS_WRITTEN:
        return True
    if not has_catalogue(kind, "en"):
        return False
    entry = catalogue(kind, "en").entries.get(code)
    wanted = frozenset() if entry is None else placeholders(entry.other) | placeholders(entry.one)
    return entry is not None and wanted <= {*values} and (not entry.plural or entry.plural in values)


@cache  # a stored document of 5,000 findings asks 50,000 times for those of a hundred templates
def placeholders(template: str) -> frozenset[str]:
    """The names of the values that a template asks for."""
    found: set[str] = set()
    for match in _PLACE.finditer(template):
        found |= {match.group(1), *placeholders(match.group(3) or "")}
    return frozenset(found)


def _placed(match: re.Match[str], item: Reason | CounterEvidence, words: Catalogue, names: Names) -> str:
    name, how, forms = match.groups()
    value = item.values[name]
    if how == "?":
        one, _, other = forms.partition("|")
        return one if _plural(value, words.language) == "one" else other
    if how == "#":
        texts = dict(form.split("=", 1) for form in forms.split("|"))
        chosen = texts.get(str(value.value), texts.get("other", ""))
        return _PLACE.sub(lambda inner: _placed(inner, item, words, names), chosen)
    if CHAINED.get(item.code) == name and value.type == "quote":
        return _chained(item.code, value, words, names)
    return written(value, words, names)


def written(value: Value, words: Catalogue, names: Names = as_ids) -> str:
    """A value as its language writes it."""
    if isinstance(value.value, tuple):
        texts = [_one(value, one, words, names) for one in value.value]
        # moments hold commas themselves
        return _apart(texts, words.language) if value.type == "instant" else _listed(texts, words.language)
    return _one(value, value.value, words, names)


def _one(value: Value, one: str | int | float, words: Catalogue, names: Names) -> str:
    language = words.language
    if value.type in IDS:
        return names(value.type, str(one))
    if value.type == "word":
        return words.words[str(one)]
    if value.type == "quote":
        return quoted(str(one), language)
    if value.type == "instant":
        return moment_told(datetime.fromisoformat(str(one)), language)
    if value.type == "day":
        return day_told(date.fromisoformat(str(one)), language)
    if value.type == "count":
        return str(format_decimal(int(one), locale=_locale(language)))
    if value.type == "share":
        pattern = "#,##0\u202f%" if language == "fr" else "#,##0%"
        return str(format_percent(float(one), format=pattern, locale=_locale(language)))
    if value.type == "chance":
        return _chance(float(one), language)
    if value.type == "seconds":
        return _duration(float(one), language)
    return _number(float(one), language)


def _chained(code: str, value: Value, words: Catalogue, names: Names) -> str:
    """Texts that hold ids, with the names of whom they stand for and shares in per cent; any other as it is quoted."""
    said = []
    for text in value.texts:
        found = read(code, text)
        if isinstance(found, Chain):
            said.append(_chain(found, words, names))
        elif isinstance(found, Held):
            said.append(_held(found, words, names))
        else:
            name = text if found is None else names("chained", found)
            said.append(quoted(text, words.language) if name == text else name)
    if code == "shared_addresses_and_directors":
        return _listed(said, words.language)
    return _apart(said, words.language)


def _apart(texts: Collection[str], language: Language) -> str:
    return ("\u00a0; " if language == "fr" else "; ").join(texts)


def _chain(chain: Chain, words: Catalogue, names: Names) -> str:
    """``Ada ―60%→ Holding ―50%→ Chat (30% in all)``; of a range its middle and ends."""
    text = names("chained", chain.nodes[0])  # a bar, not a dash: no line ends between it and its share
    for step, node in zip(chain.steps, chain.nodes[1:], strict=True):
        share = _per_cent(step.share, words)
        if step.ranged:
            share = f"≈{share} [{_per_cent(step.low, words)}–{_per_cent(step.high, words)}]"
        text += f" ―{share}→ {names('chained', node)}"
    if len(chain.steps) == 1:
        return text
    return f"{text} ({words.words['in_all'].format(share=_per_cent(chain.product, words))})"


def _held(held: Held, words: Catalogue, names: Names) -> str:
    """``1 May 2019 to 1 Mar 2021: Ada 46.5%, Bo 31%``; without any date the owners alone."""
    owners = ", ".join(
        f"{_listed([names('chained', one) for one in who], words.language)} {_per_cent(part, words)}"
        for who, part in held.owners
    )
    if held.since is None and held.until is None:
        return owners
    key = "from_to" if held.since and held.until else "since" if held.since else "until"
    when = words.words[key].format(since=_end(held.since, words.language), until=_end(held.until, words.language))
    colon = "\u00a0:" if words.language == "fr" else ":"
    return f"{when}{colon} {owners or '–'}"


def _end(text: str | None, language: Language) -> str:
    """A day, with its time of day where one is told."""
    if not text:
        return ""
    at = datetime.fromisoformat(text)
    return day_told(at.date(), language) if len(text) == len("2021-03-01") else moment_told(at, language)


def _per_cent(value: float, words: Catalogue) -> str:
    """A part of the whole as ``_number`` writes it, so that it agrees with shares that stand as numbers."""
    figure = _number(100.0 * value, words.language)
    return f"{figure}\u00a0%" if words.language == "fr" else f"{figure}%"


def quoted(text: str, language: Language) -> str:
    """The text between the language's quotation marks."""
    return f"«\u00a0{text}\u00a0»" if language == "fr" else f"“{text}”"


def _number(value: float, language: Language) -> str:
    """Two digits after the point below 10, one below 100, none above; two significant ones for small numbers."""
    if value != 0 and abs(value) < 0.1:
        value = float(f"{value:.2g}")
        pattern = "0.######" if abs(value) >= 1e-6 else "0"
    else:
        pattern = "#,##0.##" if abs(value) < 10 else "#,##0.#" if abs(value) < 100 else "#,##0"
    return str(format_decimal(value, format=pattern, locale=_locale(language)))


def _chance(value: float, language: Language) -> str:
    """How often that happens by chance: ``once in 5,000``."""
    if value >= 0.5:
        return "plus d’une fois sur deux" if language == "fr" else "more often than every second time"
    if value < 1e-9:
        return "moins d’une fois sur un milliard" if language == "fr" else "less than once in a billion"
    often = 1.0 / value
    digits = max(len(str(int(often))) - 2, 0)  # two significant digits: no false precision
    rounded = format_decimal(round(often / 10**digits) * 10**digits, locale=_locale(language))
    return f"une fois sur {rounded}" if language == "fr" else f"once in {rounded}"


def _duration(value: float, language: Language) -> str:
    """A duration in the largest unit that keeps it above two of them."""
    units = (
        (31_556_952, "year", "years", "an", "ans"), (2_629_746, "month", "months", "mois", "mois"),
        (604_800, "week", "weeks", "semaine", "semaines"), (86_400, "day", "days", "jour", "jours"),
        (3_600, "hour", "hours", "heure", "heures"), (60, "minute", "minutes", "minute", "minutes"),
        (1, "second", "seconds", "seconde", "secondes"),
    )
    size, *forms = next((unit for unit in units if value >= 2 * unit[0]), units[-1])
    amount = round(value / size)
    one, other = forms[2:] if language == "fr" else forms[:2]
    form = one if _locale(language).plural_form(amount) == "one" else other
    return f"{format_decimal(amount, locale=_locale(language))}\u00a0{form}" if language == "fr" else f"{amount} {form}"


def _listed(texts: list[str], language: Language) -> str:
    """All of them, or the first and how many more: nothing is left out silently."""
    if len(texts) > MOST_LISTED:
        rest = len(texts) - MOST_LISTED
        texts = [*texts[:MOST_LISTED], f"{rest} autres" if language == "fr" else f"{rest} more"]
    return str(format_list(texts, locale=_locale(language)))


def _plural(value: Value, language: Language) -> str:
    number = len(value.value) if isinstance(value.value, tuple) else value.value
    if isinstance(number, str):
        raise TypeError(f"{value} has no number to choose a form by")
    return str(_locale(language).plural_form(number))


@cache
def _locale(language: Language) -> Locale:
    return Locale(language)
