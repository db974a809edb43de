"""Of whom or where does an account tell its recipients, in which words?  Mentions read as calls."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

import ibis
import pyarrow as pa

from graph.detect.context import DetectionContext
from graph.detect.recruitment.mentions import Mention, mentions, messages_with
from graph.detect.recruitment.parameters import RecruitmentParameters
from graph.detect.recruitment.words import name_words
from graph.detect.texts import near_identical

SubjectKind = Literal["person", "handle", "room", "link"]
_RANK: tuple[SubjectKind, ...] = ("person", "handle", "room", "link")


@dataclass(frozen=True)
class Told:
    """One recipient and the first message that told it."""

    recipient: str
    at: datetime
    record: str
    text: str


@dataclass(frozen=True)
class Call:
    """``sender`` told ``told`` of one subject; ``ids`` are the accounts or rooms of that ``name`` (none: outside).

    ``unlisted`` are those of them that only messages mention: they have no record of their own.
    """

    sender: str
    kind: SubjectKind
    name: str
    ids: tuple[str, ...]
    mention: Mention
    told: tuple[Told, ...]
    alike: int
    unlisted: frozenset[str] = frozenset()
    also: tuple["Call", ...] = ()

    @property
    def number(self) -> bool:
        """Is a person named by a bare number, which may as well be a price, a place's code or a telephone?"""
        return self.kind == "person" and self.name.isdigit() and not self.mention.word.startswith("@")

    @property
    def rooms(self) -> tuple[str, ...]:
        """The rooms called to, as the subject or beside it."""
        return tuple(id_ for call in (self, *self.also) if call.kind == "room" for id_ in call.ids)

    @property
    def records(self) -> tuple[str, ...]:
        """The accounts called to that have a record of their own."""
        calls = [call for call in (self, *self.also) if call.kind == "person"]
        return tuple(f"accounts:{id_}" for call in calls for id_ in call.ids if id_ not in call.unlisted)

    @property
    def persons(self) -> tuple[str, ...]:
        """The accounts called to, as the subject or beside it."""
        return tuple(id_ for call in (self, *self.also) if call.kind == "person" for id_ in call.ids)


def calls(context: DetectionContext, parameters: RecruitmentParameters) -> list[Call]:
    """Every call of every account, by sender, those of most weight first (a person before a place, then recipients).

    Not counted: an account's own name, a name of the very recipient, and subjects told in unlike words.
    """
    found = mentions(context, parameters)
    if not found:
        return []
    names = _names(context, {item.word for item in found})
    texts: dict[tuple[str, str], list[Told]] = {}
    for sender, word, recipient, at, record, text in messages_with(context, found, parameters):
        texts.setdefault((sender, word), []).append(Told(recipient, at, record, text))
    by_sender: dict[str, list[Call]] = {}
    for item in found:
        told = texts.get((item.sender, item.word), [])
        for call in _subjects(item, told, names.get(item.word, ()), parameters):
            by_sender.setdefault(item.sender, []).append(call)
    return [call for sender in sorted(by_sender) for call in _by_weight(by_sender[sender])]


def _names(context: DetectionContext, words: Iterable[str]) -> dict[str, list[tuple[str, str, str]]]:
    """By word the (name, kind, id) that hold it."""
    wanted = ibis.memtable(pa.table({"word": sorted(words)}))
    named = name_words(context).semi_join(wanted, "word")
    found: dict[str, list[tuple[str, str, str]]] = {}
    for word, name, kind, id_ in context.rows(named.select("word", "name", "kind", "id")):
        found.setdefault(word, []).append((name, kind, id_))
    return found


def _subjects(
    item: Mention, told: list[Told], names: Sequence[tuple[str, str, str]], parameters: RecruitmentParameters
) -> list[Call]:
    """The calls one word stands for: whole names it belongs to that stand in the texts, else something outside."""
    options: dict[tuple[str, SubjectKind], list[tuple[str, str]]] = {}
    for name, kind, id_ in names:
        options.setdefault((name.lower(), "room" if kind == "room" else "person"), []).append((id_, name))
    rooms = {name for name, kind in options if kind == "room"}
    result: list[tuple[str, SubjectKind, tuple[str, ...], tuple[Told, ...]]] = []
    for (name, kind), bearers in sorted(options.items()):
        ids = {id_ for id_, _ in bearers}
        if item.sender in ids or (kind == "person" and name in rooms):
            continue  # itself, or a word that names a place: the place is the reading that accuses less
        who = tuple(t for t in told if t.recipient not in ids and name in t.text.lower())
        written = Counter(shown for t in who for shown in {s for _, s in bearers} if shown in t.text)
        shown = min((s for _, s in bearers), key=lambda s: (-written[s], s))
        result.append((shown, kind, tuple(sorted(ids)), who))
    if not options:
        link = item.word.startswith("//")
        shown = _link(item.word, [t.text for t in told]) if link else item.word
        result.append((shown, "link" if link else "handle", (), tuple(told)))
    unlisted = frozenset(id_ for _, kind, id_ in names if kind == "unlisted")
    calls = []
    for name, kind, identities, who in result:
        if len(who) < parameters.min_recipients:
            continue
        alike = near_identical([t.text for t in who], least=parameters.alike, wordings=parameters.wordings)
        if alike >= parameters.alike_share * len(who):
            calls.append(Call(item.sender, kind, name, identities, item, who, alike, unlisted & {*identities}))
    return calls


def _link(word: str, texts: Iterable[str]) -> str:
    """The link as most of the texts write it, disarmed: nothing that shows it makes it one to follow."""
    form = re.compile(rf"(?:https?://)?(?:www\.)?{re.escape(word[2:])}", re.IGNORECASE)
    written = Counter(match.group() for text in texts if (match := form.search(text)))
    shown = min(written, key=lambda text: (-written[text], text), default=word[2:])
    return re.sub("^http", "hxxp", shown, flags=re.IGNORECASE)


def _by_weight(found: list[Call]) -> list[Call]:
    """The calls of one account, each with those to mostly the same recipients beside it."""

    def weight(call: Call) -> tuple[Any, ...]:
        return _RANK.index(call.kind), -len(call.told), -len(call.name), call.name

    ordered = [(call, {t.recipient for t in call.told}) for call in sorted(found, key=weight)]
    return [
        replace(call, also=tuple(
            other for other, theirs in ordered if other.name != call.name and 2 * len(people & theirs) >= len(people)
        ))
        for call, people in ordered
    ]
