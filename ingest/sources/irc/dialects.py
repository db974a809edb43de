"""What do the lines of IRC logs look like?  Patterns of each client's log, in the order in which they are tried.

A pattern belongs to an event and names its groups: clock, day, nick, host, text, channel, new (the new nick), date.
They are written in the part of regular-expression syntax that RE2 and Python share.  Sources of the forms: the Ubuntu
channel archive, irssi's and WeeChat's defaults, ZNC's log module (energymech and eggdrop styles are near to it), mIRC.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Event = Literal["message", "action", "notice", "join", "leave", "nick", "day", "channel", "info"]
GROUPS = ("clock", "day", "nick", "host", "text", "channel", "new", "date", "year")


@dataclass(frozen=True)
class Pattern:
    """One form of line: the regular expression matches it as a whole."""

    event: Event
    regex: str

    @property
    def groups(self) -> tuple[str, ...]:
        return tuple(re.findall(r"\(\?P<(\w+)>", self.regex))


@dataclass(frozen=True)
class Dialect:
    """One client's log; ``dated``: the file itself tells its dates."""

    name: str
    patterns: tuple[Pattern, ...]


_CLOCK = r"(?P<clock>\d{1,2}:\d\d(?::\d\d)?)"
_NICK = r"[@%+~&!]*(?P<nick>[^\s<>@%+~&!][^\s<>]*)"
_BARE = r"(?P<nick>[^\s<>]+)"
_MONTH_DAY = r"(?P<date>[A-Z][a-z]{2} +\d{1,2})"
_HMS = r" \d\d:\d\d:\d\d "
_CHANNEL = r"(?P<channel>[#&+!][^\s,:]*?)"
# the client of the early Ubuntu archive put a space behind every "]" of a line, in names too
_SPACED = r"(?:[^\s<>\]]*\] )*[^\s<>]*"
_SPACED_NICK = rf"(?P<nick>[^\s<>]{_SPACED})"
_SPACED_HOST = r"\[(?P<host>(?:[^\]\s]*\] )*[^\]\s]*)\] +"
# a message to another room than that of the window, or by somebody who is not in the room (ircII and its kin)
_ELSEWHERE = r"(?P<nick>[^\s<>()/@%+~&!-][^\s<>()/]*)/(?P<channel>#[^\s<>()]*?)"


def _bracketed() -> tuple[Pattern, ...]:
    at = rf"\[{_CLOCK}\] ?"
    return (
        *(Pattern("message", start + form + r" ?(?P<text>.*)")
          for form in (rf"<{_ELSEWHERE}>", rf"\({_ELSEWHERE}\)") for start in (at, "")),
        Pattern("notice", at + rf"-{_ELSEWHERE}- (?P<text>.*)"),
        Pattern("message", at + rf"< ?{_NICK}> ?(?P<text>.*)"),
        # ZNC and energymech
        Pattern("join", at + rf"\*\*\* Joins: {_BARE} \((?P<host>[^)]*)\).*"),
        Pattern("leave", at + rf"\*\*\* (?:Parts|Quits): {_BARE} \((?P<host>[^)]*)\).*"),
        Pattern("nick", at + rf"\*\*\* {_BARE} is now known as (?P<new>\S+)"),
        Pattern("leave", at + rf"\*\*\* {_BARE} was kicked by .*"),
        # mIRC
        Pattern("join", at + rf"\*(?:\*\*)? {_BARE} (?:\((?P<host>[^)\s]*@[^)\s]*)\) )?has joined {_CHANNEL}"),
        Pattern("leave", at + rf"\*(?:\*\*)? {_BARE} (?:\([^)\s]*@[^)\s]*\) )?(?:has left [#&+!]|has quit|Quit \().*"),
        Pattern("leave", at + rf"\* {_BARE} was kicked by \S+(?: \(.*\))?"),
        Pattern("nick", at + rf"\* {_BARE} is now known as (?P<new>\S+)"),
        Pattern("info", at + r"\*\*\*(?: .*)?"),
        Pattern("info", at + r"\* \S+ sets mode: .*"),
        Pattern("action", at + rf" ?\* {_NICK} (?P<text>.*)"),
        # eggdrop
        Pattern("action", at + rf"Action: {_NICK} (?P<text>.*)"),
        Pattern("join", at + rf"{_BARE} \((?P<host>[^)\s]*@[^)\s]*)\) joined {_CHANNEL}\.?"),
        Pattern("leave", at + rf"{_BARE} \((?P<host>[^)\s]*@[^)\s]*)\) (?:left (?:irc|#)|got netsplit).*"),
        Pattern("leave", at + rf"{_BARE} kicked from [#&+!]\S* by .*"),
        Pattern("nick", at + r"Nick change: (?P<nick>\S+) -> (?P<new>\S+)"),
        Pattern("info", at + r"(?:Topic changed|[#&+!]\S*: mode change|@).*"),
        Pattern("notice", at + r"-(?P<nick>[^\s:-][^\s:]*?)(?:\([^)]*\))?(?::[#&+!]\S*)?- (?P<text>.*)"),
        # the Ubuntu archive: joins, parts and actions without a time
        Pattern("join", rf"=== {_SPACED_NICK} +{_SPACED_HOST}has joined {_CHANNEL}"),
        Pattern("leave", rf"=== {_SPACED_NICK} +{_SPACED_HOST}has (?:left|quit).*"),
        Pattern("nick", rf"=== {_SPACED_NICK} +is now known as (?P<new>\S{_SPACED}) *"),
        Pattern("info", r"=== (?:mode/|topic|#\S+: |Topic ).*"),
        Pattern("leave", rf"=== {_SPACED_NICK} +was kicked .*"),
        Pattern("action", rf"=== {_SPACED_NICK} (?P<text>.+)"),
        # mIRC and eggdrop headers
        Pattern("day", rf"Session (?:Start|Time): [A-Z][a-z]{{2}} {_MONTH_DAY}{_HMS}(?P<year>\d{{4}})"),
        Pattern("channel", rf"Session Ident: {_CHANNEL}"),
        Pattern("info", r"Session (?:Ident|Close).*"),
        Pattern("day", rf"--- [A-Z][a-z]{{2}} {_MONTH_DAY} (?P<year>\d{{4}})"),
    )


def _irssi() -> tuple[Pattern, ...]:
    at = _CLOCK
    return (
        Pattern("message", at + r" <[ @%+~&!]*(?P<nick>[^\s<>@%+~&!][^\s<>]*)> ?(?P<text>.*)"),
        Pattern("join", at + rf" -!- {_BARE} \[(?P<host>[^\]]*)\] has joined {_CHANNEL}"),
        Pattern("leave", at + rf" -!- {_BARE} \[(?P<host>[^\]]*)\] has (?:left|quit).*"),
        Pattern("leave", at + rf" -!- {_BARE} was kicked from .*"),
        Pattern("nick", at + rf" -!- {_BARE} is now known as (?P<new>\S+)"),
        Pattern("info", at + r" -!-.*"),
        Pattern("action", at + rf" +\* {_NICK}(?: (?P<text>.*))?"),
        Pattern("notice", at + r" -(?P<nick>[^\s:(-][^\s:(]*?)(?:\([^)]*\))?(?::[#&+!]\S*)?- (?P<text>.*)"),
        Pattern("day", rf"--- Log opened [A-Z][a-z]{{2}} {_MONTH_DAY}{_HMS}(?P<year>\d{{4}})"),
        Pattern("day", rf"--- Day changed [A-Z][a-z]{{2}} {_MONTH_DAY} (?P<year>\d{{4}})"),
        Pattern("info", r"--- Log closed.*"),
        # a day line in another language: from here on the date is unknown
        Pattern("day", r"---.*"),
    )


def _weechat() -> tuple[Pattern, ...]:
    at = r"(?P<day>\d{4}-\d\d-\d\d) (?P<clock>\d\d:\d\d:\d\d)\t"
    return (
        Pattern("join", at + rf"-->\t{_BARE} (?:\[[^\]]*\] )?\((?P<host>[^)]*)\) has joined {_CHANNEL}"),
        Pattern("leave", at + rf"<--\t{_BARE} \((?P<host>[^)]*)\) has (?:left|quit).*"),
        Pattern("leave", at + r"<--\t\S+ has kicked (?P<nick>\S+).*"),
        Pattern("nick", at + rf"--\t{_BARE} is now known as (?P<new>\S+)"),
        Pattern("notice", at + r"--\tNotice\((?P<nick>[^\s)]+)\)(?: -> \S+)?: (?P<text>.*)"),
        Pattern("info", at + r"(?:--|-->|<--|=!=|-=-)?\t.*"),
        Pattern("action", at + rf" ?\*\t{_NICK}(?: (?P<text>.*))?"),
        Pattern("message", at + rf"{_NICK}\t(?P<text>.*)"),
    )


DIALECTS: tuple[Dialect, ...] = (
    Dialect("weechat", _weechat()),
    Dialect("irssi", _irssi()),
    Dialect("bracketed", _bracketed()),
)

_COMPILED = {dialect.name: [re.compile(pattern.regex) for pattern in dialect.patterns] for dialect in DIALECTS}
_TALK = {
    dialect.name: [re.compile(p.regex) for p in dialect.patterns if "clock" in p.groups] for dialect in DIALECTS
}


def dialect_of(lines: Sequence[str]) -> str | None:
    """The dialect most of the lines belong to, if it is two thirds of them and some of them carry a time."""
    sample = [line for line in lines[:200] if line.strip()]
    best, hits = None, 0
    for dialect in DIALECTS:
        found = sum(any(regex.fullmatch(line) for regex in _COMPILED[dialect.name]) for line in sample)
        if found > hits and any(regex.fullmatch(line) for line in sample for regex in _TALK[dialect.name]):
            best, hits = dialect.name, found
    return best if hits * 3 >= len(sample) * 2 and hits else None
