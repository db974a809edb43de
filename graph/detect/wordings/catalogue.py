"""Which sentences are there?  One file a kind and language: ``en/hub.toml``, ``fr/hub.toml``.

``[kind]`` describes the detection (label, question, null, statistic, limits, clears; ``period``: what lasts from a
finding's ``first_at`` to its ``last_at``, where it gives them; ``since``: what lasts still, where ``last_at`` is not
given), ``[words]`` holds the vocabulary of word values, every other table is the entry of a code: ``measure`` (its
short name) and ``detail`` (the sentence), or, where one count decides the form, ``plural`` (that value's name) with
``one`` and ``other``.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal, get_args

Language = Literal["en", "fr"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
DESCRIBED = ("label", "question", "null", "statistic", "limits", "clears")
"""What ``[kind]`` says of a detection."""
COMMON = "common"
"""Words of every kind stand in ``en/common.toml`` and ``fr/common.toml``."""


@dataclass(frozen=True)
class Entry:
    """The words of one code; ``plural`` names the value by whose number ``one`` or ``other`` is chosen."""

    measure: str
    other: str
    one: str = ""
    plural: str = ""


@dataclass(frozen=True)
class Catalogue:
    """All words of one kind in one language."""

    kind: str
    language: Language
    described: Mapping[str, str]
    entries: Mapping[str, Entry]
    words: Mapping[str, str]

    @property
    def label(self) -> str:
        """What the kind is called."""
        return self.described["label"]


@cache
def catalogue(kind: str, language: Language) -> Catalogue:
    """The words of a kind; KeyError where no catalogue of that kind and language is packed."""
    body = _read(kind, language)
    described = body.pop("kind")
    words = {**_read(COMMON, language).get("words", {}), **body.pop("words", {})}
    entries = {code: _entry(kind, language, code, item) for code, item in body.items()}
    return Catalogue(
        kind, language, MappingProxyType(dict(described)), MappingProxyType(entries), MappingProxyType(words)
    )


def has_catalogue(kind: str, language: Language) -> bool:
    """Are there words of such a kind?  Any text may be asked for: one of a file, or that somebody typed."""
    return kind in _kinds(language)


@cache
def _kinds(language: Language) -> frozenset[str]:
    """The kinds whose words are packed; the other files beside them describe none."""
    packed = (files("graph.detect.wordings") / language).iterdir()
    names = (file.name.removesuffix(".toml") for file in packed if file.name.endswith(".toml"))
    return frozenset(name for name in names if "kind" in _read(name, language))


def _read(kind: str, language: Language) -> dict[str, dict[str, str]]:
    path = files("graph.detect.wordings") / language / f"{kind}.toml"
    if not path.is_file():
        raise KeyError(f"no catalogue {language}/{kind}.toml in graph/detect/wordings")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _entry(kind: str, language: Language, code: str, item: Mapping[str, str]) -> Entry:
    where = f"{language}/{kind}.toml [{code}]"
    unknown = sorted(set(item) - {"measure", "detail", "plural", "one", "other"})
    if unknown or "measure" not in item or ("detail" in item) == ("other" in item):
        raise ValueError(f"{where}: write measure, and detail or plural, one and other")
    if "detail" in item:
        return Entry(item["measure"], item["detail"])
    return Entry(item["measure"], item["other"], item["one"], item["plural"])
