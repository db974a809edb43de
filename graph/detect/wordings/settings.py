"""How is a parameter described in words?  Its name, its unit, why it is so, and what is allowed, in either language."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, get_args, get_origin

from graph.detect.parameters import Setting
from graph.detect.wordings.catalogue import Language

_BOUNDS: Mapping[Language, tuple[str, str, str, str, str]] = {
    "en": ("at least", "above", "at most", "below", " and "),
    "fr": ("au moins", "plus de", "au plus", "moins de", " et "),
}
_TYPES: Mapping[Language, Mapping[type, str]] = {
    "en": {int: "a whole number", float: "a number", bool: "true or false", str: "a text"},
    "fr": {int: "un nombre entier", float: "un nombre", bool: "true ou false", str: "un texte"},
}
_SEVERAL: Mapping[Language, str] = {"en": "one or more of", "fr": "un ou plusieurs\u00a0:"}


def label(part: str, name: str, setting: Setting, language: Language) -> str:
    """What people call it; ``part``: a kind, or ``minors``."""
    return setting.label if language == "en" else _read(language, "labels").get(part, {}).get(name, setting.label)


def choices(part: str, name: str, setting: Setting, language: Language) -> dict[str, str]:
    """What people call each value that can be chosen; empty where values are written."""
    own = _read(language, "labels").get(part, {}) if language != "en" else {}
    return {value: own.get(f"{name}.{value}", told) for value, told in setting.choices}


def unit(setting: Setting, language: Language) -> str:
    """What the parameter counts."""
    return setting.unit if language == "en" else _read(language, "parameters")["units"].get(setting.unit, setting.unit)


def why(part: str, name: str, setting: Setting, language: Language) -> str:
    """Why it is what it is; ``part``: a kind, or ``minors``."""
    return setting.why if language == "en" else _read(language, "parameters").get(part, {}).get(name, setting.why)


def allowed(setting: Setting, language: Language) -> str:
    """The range of values in words, or what can be chosen as a file of parameters names it; empty where any value is
    allowed."""
    text = setting.allowed(_BOUNDS[language])
    return text if language == "en" or setting.choices else text.replace(".", ",")


def named(hint: Any, language: Language) -> str:
    """What a type of values is called."""
    if get_origin(hint) is tuple:
        return f"{_SEVERAL[language]} {named(get_args(hint)[0], language)}"
    return _TYPES[language].get(hint, str(hint))


@cache
def _read(language: Language, file: str) -> Mapping[str, Mapping[str, str]]:
    path = files("graph.detect.wordings") / language / f"{file}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
