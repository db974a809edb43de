"""Which parameters can somebody set for the next run, what stands there now, and does what they wrote fit?"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from graph.detect.extortion.word_lists import LISTS
from graph.detect.finding import FindingsDocument
from graph.detect.parameters import Setting, build, settings
from graph.detect.wordings import settings as worded
from graph.errors import DetectionError
from workbench.language import Words
from workbench.plain_text import plain_text
from workbench.runs.earlier_methods import PARTS, of_before, part_label
from workbench.runs.parameters import parameter_label, parameters_of
from workbench.runs.team_words import with_team_words
from workbench.views.models.leads.unit_words import meanings

SEPARATOR = "; "

Values = Mapping[str, Mapping[str, Any]]
"""By part (a kind, or ``minors``) and name; only those that differ from what a run takes of itself."""
Texts = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Field:
    """One parameter as a form shows it; texts are final."""

    name: str
    label: str
    unit: str
    why: str
    allowed: str
    default: str
    source: str
    choices: dict[str, str]


def defaults(workspace: Path) -> dict[str, dict[str, Any]]:
    """What a run takes where nobody sets anything: the dataclasses' defaults, a team's own words before them."""
    found = {part: {name: value for name, (_, value) in settings(parameters_of(part)).items()} for part in PARTS}
    own = with_team_words(None, workspace).get("extortion", {})
    found["extortion"] |= {name: tuple(own[name]) for name in LISTS if name in own}
    return found


def of_run(document: FindingsDocument | None, usual: Values) -> dict[str, dict[str, Any]]:
    """What the last run took that differs from the usual; empty before the first.

    Of a part whose method was another then nothing: its defaults of that time are no choice of anybody.
    """
    taken = document.parameters if document is not None else {}
    earlier = of_before(document)
    found: dict[str, dict[str, Any]] = {}
    for part in (one for one in PARTS if one not in earlier):
        for name, given in (taken.get(part) or {}).items():
            value = tuple(given) if isinstance(given, list) else given
            if name in usual[part] and value != usual[part][name]:
                found.setdefault(part, {})[name] = value
    return found


def fields(part: str, usual: Values, words: Words) -> list[Field]:
    """The parameters of a part, as written in its dataclass."""
    parameters = parameters_of(part)
    hints = get_type_hints(parameters)
    return [
        Field(
            name, worded.label(part, name, setting, words.language), worded.unit(setting, words.language),
            worded.why(part, name, setting, words.language),
            _wanted(setting, hints[name], words), _shown(part, name, usual[part][name], words), setting.source,
            choices(part, name, words),
        )
        for name, (setting, _) in settings(parameters).items()
    ]


def units_told(part: str, words: Words) -> tuple[str, ...]:
    """What those units of a part mean that not everybody knows, a line each."""
    described = [setting for setting, _ in settings(parameters_of(part)).values()]
    return meanings(((one.unit, worded.unit(one, words.language)) for one in described), words)


def written(value: Any, words: Words) -> str:
    """A value as it stands in its field; several are parted by semicolons, so that a decimal comma may be one."""
    if isinstance(value, tuple | list):
        return SEPARATOR.join(written(one, words) for one in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        text = f"{value:.12g}"
        return text.replace(".", ",") if words.language == "fr" else text
    return str(value)


def read(texts: Texts, usual: Values, words: Words) -> tuple[dict[str, dict[str, Any]], dict[tuple[str, str], str]]:
    """The values that differ from the usual; and by part and name, in one line each, what does not fit and what would.

    Several values that do not fit each other are said at the first of them.
    """
    values: dict[str, dict[str, Any]] = {}
    faults: dict[tuple[str, str], str] = {}
    for part, given in texts.items():
        hints = get_type_hints(parameters_of(part))
        described = settings(parameters_of(part))
        for name, text in given.items():
            setting, hint = described[name][0], hints[name]
            value = chosen(text) if setting.choices else _value(text, hint)
            each = value if isinstance(value, tuple) else (value,)
            numbers = [one for one in each if isinstance(one, int | float) and not isinstance(one, bool)]
            if value is None or not all(setting.permits(one) for one in numbers):
                faults[part, name] = _fault(text, _wanted(setting, hint, words), words)
            elif value != usual[part][name]:
                values.setdefault(part, {})[name] = value
        if not any(one == part for one, _ in faults):
            faults |= _together(part, {**usual[part], **values.get(part, {})}, words)
    return values, faults


def _fault(text: str, wanted: str, words: Words) -> str:
    if not text.strip():
        return words.gettext("Nothing stands here: write {wanted}.", wanted=wanted)
    return words.gettext("“{text}” does not fit: write {wanted}.", text=plain_text(text, limit=40), wanted=wanted)


def faults_told(faults: Mapping[tuple[str, str], str], words: Words, *, most: int = 3) -> list[str]:
    """A line for each of the first faults, and one for how many more there are."""
    lines = [words.pair(named(part, name, words), fault) for (part, name), fault in faults.items()]
    more = len(lines) - most
    return lines[:most] + ([words.gettext("and {number} more", number=more)] if more > 0 else [])


def named(part: str, name: str, words: Words) -> str:
    """What a parameter is called where those of several parts stand together."""
    return f"{part_label(part, words)} · {parameter_label(part, name, words.language)}"


def told(values: Values, words: Words, *, most: int = 6) -> str:
    """These values in one line."""
    listed = [
        words.pair(named(part, name, words), _short(part, name, value, words))
        for part, own in values.items() for name, value in own.items()
    ]
    return words.joined([*listed[:most], *(["…"] if len(listed) > most else [])])


def chosen(text: str) -> tuple[str, ...]:
    """What is chosen of several, from what stands for it among the texts of a form."""
    return tuple(one for one in text.split(SEPARATOR) if one)


def choices(part: str, name: str, words: Words) -> dict[str, str]:
    """What a parameter's values are chosen from, each with its name; empty where they are written."""
    return worded.choices(part, name, settings(parameters_of(part))[name][0], words.language)


def _shown(part: str, name: str, value: Any, words: Words) -> str:
    """A value in words: of those that are chosen from their names, or that all are, or none."""
    names = choices(part, name, words)
    if not names:
        return written(value, words)
    if set(value) >= names.keys():
        return words.gettext("all of them")
    return SEPARATOR.join(names.get(one, one) for one in value) or words.gettext("none of them")


def value_told(part: str, name: str, value: Any, words: Words) -> str:
    """A value of a run in words, whole; of a parameter that the method does not have now as it is written."""
    known = part in PARTS and name in settings(parameters_of(part))
    shown = _shown(part, name, value, words) if known else written(value, words)
    return shown or words.gettext("none of them")


def _short(part: str, name: str, value: Any, words: Words) -> str:
    if choices(part, name, words):
        return plain_text(_shown(part, name, value, words), limit=120)
    return words.gettext("(a list)") if isinstance(value, tuple | list) else plain_text(written(value, words), limit=40)


def _together(part: str, values: Mapping[str, Any], words: Words) -> dict[tuple[str, str], str]:
    """What the dataclass says of values that each fit alone."""
    try:
        build(parameters_of(part), values, part)
    except DetectionError as error:
        message = str(error)
        meant = [name for name in values if name in message.replace(",", " ").split()] or list(values)[:1]
        labels = (parameter_label(part, name, words.language) for name in meant)
        return {(part, meant[0]): words.gettext(
            "These do not fit each other or name what there is not: {names}.", names=words.joined(labels)
        )}
    return {}


def _wanted(setting: Setting, hint: Any, words: Words) -> str:
    if setting.choices:
        return ""
    bounds = worded.allowed(setting, words.language)
    return worded.named(hint, words.language) + (f", {bounds}" if bounds else "")


def _value(text: str, hint: Any) -> Any:
    """The text as a value of that type; None where it is none."""
    text = text.strip()
    if get_origin(hint) is tuple:
        several = [_value(one, get_args(hint)[0]) for one in text.split(SEPARATOR.strip()) if one.strip()]
        return tuple(several) if several and None not in several else None
    if hint is str:
        return text
    if hint is bool:
        return {"true": True, "false": False}.get(text.casefold())
    try:
        return int(text) if hint is int else _finite(float(text.replace(",", ".")))
    except ValueError:
        return None


def _finite(number: float) -> float | None:
    return number if abs(number) != float("inf") and number == number else None
