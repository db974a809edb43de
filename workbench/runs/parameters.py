"""Which parameters can a team set, and what does a file of them say?"""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from textwrap import wrap
from typing import Any

from graph.detect.minors import MinorParameters
from graph.detect.parameters import Parameters, build, settings
from graph.detect.registry import BY_KIND, DETECTIONS
from graph.detect.wordings import Language, catalogue
from graph.detect.wordings.settings import allowed, label, unit, why
from workbench.errors import WorkbenchError
from workbench.language import words
from workbench.plain_text import plain_text

MINORS = "minors"
_PARTS: dict[Language, tuple[tuple[str, str], ...]] = {
    "en": (
        ("question", "Question"), ("null", "Null model"), ("statistic", "Statistic"), ("limits", "Limits"),
        ("clears", "What would clear it"),
    ),
    "fr": (
        ("question", "Question"), ("null", "Modèle nul"), ("statistic", "Statistique"), ("limits", "Limites"),
        ("clears", "Ce qui l’écarterait"),
    ),
}
_WORDS: dict[Language, tuple[str, str, str, str]] = {
    "en": ("Parameters", "default", "allowed", "Ages"),
    "fr": ("Paramètres", "valeur par défaut", "permis", "Âges"),
}


def read_parameters(path: Path) -> dict[str, dict[str, Any]]:
    """The file's tables, one a kind or ``minors``; WorkbenchError says in one line what does not fit and what would."""
    try:
        body = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise WorkbenchError(f"cannot be read: {error.strerror}", where=str(path), fix="name a TOML file") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WorkbenchError(f"no TOML: {error}", where=str(path), fix="write tables such as [hub]") from error
    known = [MINORS, *BY_KIND]
    for kind, given in body.items():
        if kind not in known:
            raise WorkbenchError(f"no detection {kind!r}", where=str(path), fix=f"write {', '.join(known)}")
        build(parameters_of(kind), given, f"{path} [{kind}]")
    return body


def parameters_of(kind: str) -> type[Parameters]:
    """The parameters dataclass of a kind, or of ``minors``."""
    found: type[Parameters] = MinorParameters if kind == MINORS else BY_KIND[kind].parameters
    return found


def parameter_label(part: str, name: str, language: Language) -> str:
    """What people call a parameter; its own name where the present method has none such."""
    found = settings(parameters_of(part)).get(name) if part in (MINORS, *BY_KIND) else None
    return label(part, name, found[0], language) if found else plain_text(name, limit=60)


def explained(kinds: Sequence[str], language: Language) -> str:
    """Model, parameters with units and defaults, and limits of these kinds (``all``: every one) as plain text."""
    chosen = [item.kind for item in DETECTIONS if "all" in kinds or item.kind in kinds]
    pages = [_page(kind, language) for kind in chosen]
    pages.append("\n".join([f"{_WORDS[language][-1]} ({MINORS})", *_settings(MINORS, language), ""]))
    return "\n".join(pages)


def _page(kind: str, language: Language) -> str:
    own = catalogue(kind, language)
    lines = [f"{own.label} ({kind}, version {BY_KIND[kind].version})"]
    for part, title in _PARTS[language]:
        lines += wrap(words(language).pair(title, own.described[part]), 100, subsequent_indent="  ")
    return "\n".join([*lines, *_settings(kind, language), ""])


def _settings(part: str, language: Language) -> list[str]:
    spoken = words(language)
    head, default, permitted, _ = _WORDS[language]
    lines = [spoken.pair(head, "").rstrip()]
    for name, (described, value) in settings(parameters_of(part)).items():
        shown = list(value) if isinstance(value, tuple) else value
        bounds = [spoken.pair(permitted, allowed(described, language))] if described.allowed() else []
        lines.append(f"  {name} ({spoken.joined([unit(described, language), f'{default} {shown}', *bounds])})")
        source = f" [{described.source}]" if described.source else ""
        told = spoken.pair(label(part, name, described, language), why(part, name, described, language))
        lines += wrap(told + source, 96, initial_indent="      ", subsequent_indent="      ")
    return lines
