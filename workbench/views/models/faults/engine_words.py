"""What does a graph engine mean by what it says of a statement?  The commonest, on either engine, in plain words.

What is not known here is quoted: nothing of it is lost.
"""

from workbench.language import Words
from workbench.views.models.faults.known import said


def _(message: str) -> str:
    return message


_ZERO = r"ArithmeticError: / by zero"
_OVERFLOW = r"ArithmeticError: long overflow"
_UNDEFINED = r"(?:SemanticError: UndefinedVariable|SyntaxError): Variable [`'](?P<name>.*)[`'] not defined"
_LIST = (
    r"ArgumentError: (?:InvalidArgumentType: IN requires a list on the right side, got|"
    r"List predicate requires an iterable, got:) \w+"
    r"|SyntaxError: Type mismatch(?: for parameter '.*')?: expected List<T> but was \w+"
)
_MOMENT = (
    r"SemanticError: (?:local)?date(?:time)?\(\) cannot parse '.*' as .*"
    r"|SyntaxError: Text cannot be parsed to a (?:Local)?Date(?:Time)?"
)
_WHAT = {
    _ZERO: _("a number is divided by zero"),
    _OVERFLOW: _("a whole number becomes larger than the engine can hold"),
    _UNDEFINED: _("nothing in the statement is called {name} at that place"),
    _LIST: _("one value stands where a list of several is wanted"),
    _MOMENT: _("a text cannot be read as a day or a moment"),
}
_FIX = {
    _ZERO: _("leave out the rows whose divisor is 0, such as by WHERE n <> 0"),
    _OVERFLOW: _("calculate with toFloat(…)"),
    _UNDEFINED: _("name it in MATCH, or take it along in WITH"),
    _LIST: _("choose a type “several: …” for its value, or write the values in square brackets"),
    _MOMENT: _("write it as 2024-03-01 or 2024-03-01T12:00:00Z"),
}


def what_text(what: str, words: Words) -> str | None:
    """What is wrong; None where no message says that."""
    return said(what, _WHAT, words)


def fix_text(what: str, words: Words) -> str | None:
    """How to mend what the engine says; None where no message says that."""
    return said(what, _FIX, words)
