"""How does a screen say why a statement, or a query's value, is refused?  By the texts of the guard, in the person's
language; words of Cypher stay as they are.
"""

from workbench.language import Words
from workbench.views.models.faults.known import said


def _(message: str) -> str:
    return message


_WHAT = {
    r"the statement is empty": _("the statement is empty"),
    r"the statement is longer than (?P<most>\d+) characters": _("the statement is longer than {most} characters"),
    r"the statement was ended after (?P<seconds>\S+) s": _(
        "the statement was ended by the time limit of {seconds} seconds"),
    r"the statement was ended.*": _("the graph engine ended the statement"),
    r"the statement has not finished": _("the statement has not finished"),
    r"the statement needs more memory than the engine has for one, and was ended": _(
        "the statement needs more memory than the engine has for one, and was ended"),
    r"the answer holds more than (?P<most>[\d,]+) values": _("the answer holds more than {most} values"),
    r"a single row of the answer is larger than (?P<most>\d+) MB": _(
        "a single row of the answer is larger than {most} MB"),
    r"the planner calls the statement type '.*', not reading": _("the statement does more than read"),
    r"more than one statement \(;\) is not allowed": _("more than one statement is not allowed"),
    r"replace\(\) more than (?P<most>\d+) times is not allowed": _("replace() more than {most} times is not allowed"),
    r"a range\(\) of (?P<number>[\d,]+) numbers as a list is not allowed": _(
        "a range() of {number} numbers as a list is not allowed"),
    r"range\(\) of (?P<number>[\d,]+) numbers in all is not allowed": _(
        "range() of {number} numbers in all is not allowed"),
    r"range\(\) with computed bounds is not allowed": _("range() with computed bounds is not allowed"),
    r"a value that is joined with itself again and again is not allowed": _(
        "a value that is joined with itself again and again is not allowed"),
    r"a computed (?P<clause>\S+) is not allowed": _("a computed {clause} is not allowed"),
    r"reduce\(\) that grows with every step is not allowed": _("reduce() that grows with every step is not allowed"),
    r"a regular expression that is no text or parameter is not allowed": _(
        "a regular expression that is no text or parameter is not allowed"),
    r"a regular expression with repeated groups or many repeats is not allowed": _(
        "a regular expression with repeated groups or many repeats is not allowed"),
    r"a bracket that is not closed is not allowed": _("a bracket is not closed"),
    r"a bracket (?P<sign>.) that closes nothing is not allowed": _("a bracket {sign} closes nothing"),
    r"lists walked within lists are not allowed here": _("lists walked within lists are not allowed here"),
    r"procedure (?P<name>.*) is not allowed": _("the procedure {name} is not allowed"),
    r"function (?P<name>.*) is not allowed": _("the function {name} is not allowed"),
    r"a string is not closed": _("a text is not closed"),
    r"a quoted name is not closed": _("a name in backticks is not closed"),
    r"character (?P<code>U\+\w+) stands outside a string or backticks": _(
        "the character {code} stands outside a text or backticks"),
    r"a line comment holds an unusual line end": _("a comment holds an unusual end of line"),
    r"a comment is not closed": _("a comment is not closed"),
    r"a comment within a comment": _("a comment stands within a comment"),
    r"a \$ without a parameter name": _("a $ stands without a parameter's name"),
    r"a number runs into a name \((?P<text>.*)\)": _("a number runs into a name ({text})"),
    r"a backslash or control character in a quoted name": _("a name holds a backslash or a control character"),
    r"unicode escape (?P<text>\S+) hides a character that has a meaning of its own": _(
        "{text} hides a character that has a meaning of its own"),
    r"(?P<clause>\S.*) is not allowed": _("{clause} is not allowed"),
}
_FIX = {
    r"write a statement such as (?P<text>.*)": _("write one, such as {text}"),
    r"shorten it": _("shorten it"),
    r"return less, or count it": _("return less, or count it"),
    r"only reading statements run here": _("only reading statements run here"),
    r"only reading statements run here; if it is a name, write it in backticks": _(
        "only reading statements run here; a name of that form is written in backticks"),
    r"begin with (?P<words>.*); only reading statements run here": _(
        "only reading statements run here; they begin with {words}"),
    r"run them one after the other": _("run them one after the other"),
    r"replace less|join it less often": _("do it less often"),
    r"UNWIND it, or at most (?P<most>[\d,]+)": _("UNWIND it, or at most {most}"),
    r"at most (?P<most>[\d,]+)(?: in a statement)?": _("at most {most}"),
    r"use numbers, parameters or size\(…\)": _("use numbers, parameters or size(…)"),
    r"use UNWIND, or a range\(\) of at most (?P<most>[\d,]+), at most (?P<deep>\d+) deep": _(
        "use UNWIND, or a range() of at most {most}, at most {deep} deep"),
    r"use a number or a parameter": _("use a number or a parameter"),
    r"use the accumulator once, no replace\(\)": _("use what is gathered once, without replace()"),
    r"write it out": _("write it out"),
    r"use CONTAINS or STARTS WITH": _("use CONTAINS or STARTS WITH"),
    r"balance the brackets": _("balance the brackets"),
    r"it is not on the list of reading procedures": _("it is none of those that only read"),
    r".*; did you mean (?P<name>.*)\?": _(
        "it is none of those that may be used; did you mean {name}?"),
    r"it is not on the list of functions that both engines share": _("it is none of those that may be used"),
    r"close it with a backtick": _("close it with a backtick"),
    r"close it with (?P<sign>\S+)": _("close it with {sign}"),
    r"remove it|comments do not nest; remove the inner one": _("take it out"),
    r"end the line with a plain line feed": _("end the line anew"),
    r"name the parameter": _("name the parameter"),
    r"put a space between": _("put a space between"),
    r"rename it": _("call it otherwise"),
    r"write the character itself": _("write the character itself"),
}


def what_text(what: str, words: Words) -> str | None:
    """Why it is refused; None where the guard says no such thing."""
    return said(what, _WHAT, words)


def fix_text(fix: str, words: Words) -> str | None:
    """What may be written instead."""
    return said(fix, _FIX, words)
