"""To whom or where does an account send its recipients, in which words?  Mentions read as calls."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from graph.detect.arrays import listed
from graph.detect.context import DetectionContext
from graph.detect.recruitment.handles import as_written
from graph.detect.recruitment.null import Mention, mentions, messages_with
from graph.detect.recruitment.parameters import RecruitmentParameters
from graph.detect.recruitment.words import ORDINARY, name_words
from graph.detect.texts import near_identical

SubjectKind = Literal["person", "handle", "room", "link"]
_RANK: tuple[SubjectKind, ...] = ("person", "handle", "room", "link")


@dataclass(frozen=True)
class Sent:
    """One recipient and the first message that named the subject."""

    recipient: str
    at: datetime
    record: str
    text: str


@dataclass(frozen=True)
class Call:
    """``sender`` sent ``sent`` to one subject; ``ids`` are the accounts or rooms of that ``name`` (none: outside).

    ``unlisted`` are those of them that only messages mention: they have no record of their own.  ``also``: what was
    named to mostly the same recipients.
    """

    sender: str
    kind: SubjectKind
    name: str
    ids: tuple[str, ...]
    mention: Mention
    sent: tuple[Sent, ...]
    alike: int
    unlisted: frozenset[str] = frozenset()
    also: tuple["Call", ...] = ()

    @property
    def place(self) -> bool:
        return self.kind in ("room", "link")

    @property
    def number(self) -> bool:
        """Is a person named by a bare number, which may as well be a price, a place's code or a telephone?"""
        return self.kind == "person" and self.name.isdigit() and not self.mention.word.startswith("@")

    def named(self, kind: SubjectKind) -> tuple[str, ...]:
        """The accounts or rooms called to, as the subject or beside it."""
        return tuple(id_ for call in (self, *self.also) if call.kind == kind for id_ in call.ids)

    @property
    def records(self) -> tuple[str, ...]:
        """The accounts called to that have a record of their own."""
        calls = [call for call in (self, *self.also) if call.kind == "person"]
        return tuple(f"accounts:{id_}" for call in calls for id_ in call.ids if id_ not in call.unlisted)

    def at_once(self, within: timedelta) -> int:
        """How many were sent one and the same text within some span of that length, at most."""
        best = 0
        for text in {sent.text for sent in self.sent}:
            moments = sorted(sent.at for sent in self.sent if sent.text == text)
            first = 0
            for last, moment in enumerate(moments):
                while moment - moments[first] > within:
                    first += 1
                best = max(best, last - first + 1)
        return best


def calls(context: DetectionContext, parameters: RecruitmentParameters) -> list[Call]:
    """Every call of every account, by sender, those of most weight first (a person before a place, then recipients).

    Not counted: an account's own name, a name of the very recipient, an account that did not exist yet, ordinary
    words, and subjects named in unlike words.
    """
    found = [item for item in mentions(context, parameters) if item.word not in ORDINARY]
    if not found:
        return []
    wanted = listed(word=sorted({item.word for item in found}))
    names: dict[str, list[tuple[str, str, str]]] = {}
    named = name_words(context).semi_join(wanted, "word").select("word", "name", "kind", "id")
    for word, name, kind, id_ in context.rows(named):
        names.setdefault(word, []).append((name, kind, id_))
    since = _since(context, {id_ for some in names.values() for _, _, id_ in some})
    texts: dict[tuple[str, str], list[Sent]] = {}
    for sender, word, recipient, at, record, text in messages_with(context, found, parameters):
        texts.setdefault((sender, word), []).append(Sent(recipient, at, record, text))
    by_sender: dict[str, list[Call]] = {}
    for item in found:
        sent = texts.get((item.sender, item.word), [])
        by_sender.setdefault(item.sender, []).extend(
            _subjects(item, sent, names.get(item.word, ()), since, parameters)
        )
    return [call for sender in sorted(by_sender) for call in _by_weight(by_sender[sender])]


def _since(context: DetectionContext, ids: Iterable[str]) -> dict[str, datetime]:
    """The earliest trace of each account of ``ids`` whose creation is known: no earlier message names it."""
    accounts = context.table("accounts")
    created = accounts.filter(accounts.created_at.notnull())
    wanted = listed(account=sorted(ids))
    return dict(context.rows(context.appearances.semi_join(created, "account").semi_join(wanted, "account")))


def _subjects(
    item: Mention, sent: list[Sent], names: Sequence[tuple[str, str, str]], since: Mapping[str, datetime],
    parameters: RecruitmentParameters,
) -> list[Call]:
    """The calls one word stands for: whole names it belongs to that stand in the texts, else something outside."""
    options: dict[tuple[str, SubjectKind], list[tuple[str, str]]] = {}
    for name, kind, id_ in names:
        options.setdefault((name.lower(), "room" if kind == "room" else "person"), []).append((id_, name))
    rooms = {name for name, kind in options if kind == "room"}
    found: list[tuple[str, SubjectKind, tuple[str, ...], tuple[Sent, ...]]] = []
    for (name, kind), bearers in sorted(options.items()):
        ids = {id_ for id_, _ in bearers}
        if item.sender in ids or (kind == "person" and name in rooms):
            continue  # itself, or a word that names a place: the place is the reading that accuses less
        who = tuple(
            one for one in sent if one.recipient not in ids and name in one.text.lower()
            and any(since.get(id_, one.at) <= one.at for id_ in ids)
        )
        ids = {id_ for id_ in ids if any(since.get(id_, one.at) <= one.at for one in who)}
        written = Counter(shown for one in who for shown in {s for _, s in bearers} if shown in one.text)
        found.append((min((s for _, s in bearers), key=lambda s: (-written[s], s)), kind, tuple(sorted(ids)), who))
    if not options and item.word.startswith("//"):
        found.append((_link(item.word, [one.text for one in sent]), "link", (), tuple(sent)))
    elif not options:
        found.append((as_written(item.word, [one.text for one in sent]), "handle", (), tuple(sent)))
    unlisted = frozenset(id_ for _, kind, id_ in names if kind == "unlisted")
    result = []
    for name, kind, identities, who in found:
        if len(who) >= parameters.min_recipients:
            alike = near_identical([one.text for one in who], least=parameters.alike, wordings=parameters.wordings)
            if alike >= parameters.alike_share * len(who):
                result.append(Call(item.sender, kind, name, identities, item, who, alike, unlisted & {*identities}))
    return result


def _link(word: str, texts: Iterable[str]) -> str:
    """The link as most of the texts write it, disarmed: nothing that shows it makes it one to follow."""
    form = re.compile(rf"(?:https?://)?(?:www\.)?{re.escape(word[2:])}", re.IGNORECASE)
    written = Counter(match.group() for text in texts if (match := form.search(text)))
    shown = min(written, key=lambda text: (-written[text], text), default=word[2:])
    return re.sub("^http", "hxxp", shown, flags=re.IGNORECASE)


def _by_weight(found: list[Call]) -> list[Call]:
    """The calls of one account, each with those to mostly the same recipients beside it."""

    def weight(call: Call) -> tuple[Any, ...]:
        return _RANK.index(call.kind), -len(call.sent), -len(call.name), call.name

    ordered = [(call, {one.recipient for one in call.sent}) for call in sorted(found, key=weight)]
    return [
        replace(call, also=tuple(
            other for other, theirs in ordered if other.name != call.name and 2 * len(people & theirs) >= len(people)
        ))
        for call, people in ordered
    ]
