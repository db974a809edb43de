"""How is a parameter declared in a query file?  ``NAME TYPE = DEFAULT LIMITS -- description``, in one line.

LIMITS are ``[LEAST..MOST]`` (either may be left out) or ``of ["a", "b"]``; default and choices are JSON.
"""

import json
import re
from typing import Any

from queries.errors import HeaderInvalid, ParameterInvalid
from queries.files.header_text import plain, written
from queries.parameters import coerce
from queries.saved_query import Parameter
from queries.value_types import FORMER, PARAMETER_TYPES, item_type

_HEAD = re.compile(r"(\S+)[ \t]+(\w+(?:\[\])?)[ \t]*")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_RANGE = re.compile(r"\[([^\]\s]*?)\.\.([^\]\s]*)\][ \t]*")


def render_parameter(parameter: Parameter) -> str:
    """The line's value."""
    parts = [parameter.name, parameter.type]
    if parameter.default is not None:
        parts.append(f"= {json.dumps(parameter.default, ensure_ascii=True)}")
    if parameter.least is not None or parameter.most is not None:
        least, most = ("" if bound is None else json.dumps(bound) for bound in (parameter.least, parameter.most))
        parts.append(f"[{least}..{most}]")
    if parameter.choices:
        parts.append(f"of {json.dumps(list(parameter.choices), ensure_ascii=True)}")
    if parameter.description:
        parts.append(f"-- {written(parameter.description)}")
    return " ".join(parts)


def parse_parameter(text: str) -> Parameter:
    """The parameter that a line declares; raises HeaderInvalid with what is wrong in it."""
    head = _HEAD.match(text)
    if head is None:
        raise HeaderInvalid("a parameter is 'NAME TYPE = DEFAULT -- description'")
    name, kind, rest = head[1], FORMER.get(head[2], head[2]), text[head.end():]
    if not _NAME.fullmatch(name):
        raise HeaderInvalid(f"{name!r} is no parameter name")
    if kind not in PARAMETER_TYPES:
        raise HeaderInvalid(f"parameter type must be one of {', '.join(PARAMETER_TYPES)}")
    default: Any = None
    if rest.startswith("="):
        default, rest = _json(rest[1:], f"the default of {name} must be JSON (texts in quotes)")
    least, most, rest = _range(name, kind, rest)
    choices: Any = ()
    if rest.startswith("of "):
        choices, rest = _json(rest[3:], f"the choices of {name} must be a JSON list of texts")
        if not isinstance(choices, list) or not choices or not all(isinstance(item, str) for item in choices):
            raise HeaderInvalid(f"the choices of {name} must be a JSON list of texts")
    if (item_type(kind) == "choice") != bool(choices):
        raise HeaderInvalid(f"choices belong to the type choice, and that to them ({name})")
    about = ""
    if rest.startswith("--"):
        about = plain(rest[2:].strip())
    elif rest:
        raise HeaderInvalid(f"expected ' -- description' after the parameter, not {rest[:20]!r}")
    declared = Parameter(name, kind, default, about, least, most, tuple(choices))
    if default is not None:
        try:
            coerce(declared, default)
        except ParameterInvalid as error:
            raise HeaderInvalid(f"default of {name}: {error.what}") from None
    return declared


def _json(text: str, fault: str) -> tuple[Any, str]:
    """The JSON value at the beginning, and the text after it."""
    text = text.lstrip(" \t")
    try:
        value, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        raise HeaderInvalid(fault) from None
    return value, text[end:].lstrip(" \t")


def _range(name: str, kind: str, rest: str) -> tuple[float | None, float | None, str]:
    match = _RANGE.match(rest)
    if match is None:
        return None, None, rest
    if item_type(kind) not in ("integer", "number"):
        raise HeaderInvalid(f"only a number has limits ({name})")
    least, most = (_bound(name, text) for text in match.groups())
    if least is not None and most is not None and least > most:
        raise HeaderInvalid(f"the limits of {name} leave no number")
    return least, most, rest[match.end():]


def _bound(name: str, text: str) -> float | None:
    if not text:
        return None
    try:
        number = json.loads(text)
    except ValueError:
        number = None
    if isinstance(number, bool) or not isinstance(number, int | float) or number - number != 0:
        raise HeaderInvalid(f"the limits of {name} must be numbers, [1..100]")
    return number
