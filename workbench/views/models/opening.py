"""Which texts does a stated reason open?  Those that the prompt named and no others; the audit log tells to whom.

One conversation, one room, the messages that one reason of a lead cites, or where one phrase stands: to the person
who stated the reason, for ``STANDS``.  Whatever else belongs to a lead is asked about anew, as is any other phrase.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from workbench.casebook.audit import AuditEntry
from workbench.views.models.conversation import Thread

STANDS = timedelta(hours=12)
"""How long a reason stands for what it opened: a working day, over a reload and in a second tab."""
CONVERSATION, CITED, SEARCHED = "open conversation", "open texts", "search texts"


@dataclass(frozen=True)
class Texts:
    """What is opened at once: a thread (``one`` and ``other`` in the order of their ids), cited messages, or which
    threads hold a ``phrase``.

    ``cited``: a digest of the references that a reason of the lead cites, so that other references are other texts.
    ``lead``: from which lead it is asked; of a thread it does not change what is opened.
    """

    one: str = ""
    other: str = ""
    room: str = ""
    lead: str = ""
    cited: str = ""
    messages: int = 0
    phrase: str = ""

    @classmethod
    def of_thread(cls, thread: Thread, *, lead: str = "") -> "Texts":
        one, other = sorted((thread.one, thread.other))
        return cls(one, other, thread.room, lead)

    @classmethod
    def of_cited(cls, lead: str, references: Sequence[str]) -> "Texts":
        """The messages among the references that one reason of the lead cites."""
        messages = sorted({ref for ref in references if ref.startswith("messages:")})
        digest = hashlib.sha256("\n".join(messages).encode()).hexdigest()
        return cls(lead=lead, cited=digest[:16], messages=len(messages))

    @property
    def action(self) -> str:
        """The audit log's word for opening it."""
        return SEARCHED if self.phrase else CITED if self.cited else CONVERSATION

    @property
    def single(self) -> bool:
        """One conversation, what one room holds, or one message."""
        return self.messages == 1 if self.cited else not self.phrase

    @property
    def itself(self) -> "Texts":
        """The same texts, wherever they are asked for."""
        return replace(self, messages=0, lead=self.lead if self.cited else "")

    def detail(self, reason: str, *, stated: bool) -> str:
        """The entry of the audit log: exactly what was opened; ``stated``: was the reason given for it just then?"""
        opened: dict[str, object] = (
            {"phrase": self.phrase} if self.phrase
            else {"finding": self.lead, "cited": self.cited, "records": self.messages} if self.cited
            else {"one": self.one, "other": self.other, "room": self.room, "lead": self.lead}
        )
        return json.dumps({**opened, "reason": reason, "stated": stated}, sort_keys=True)


@dataclass(frozen=True)
class Stated:
    """A reason and when it was given (UTC)."""

    reason: str
    at: datetime

    def stands(self, now: datetime) -> bool:
        return now - self.at < STANDS


def stated(texts: Texts, entries: Iterable[AuditEntry], *, user: str, case: str) -> Stated | None:
    """The last reason that this person stated for these very texts; None where there is none."""
    found = None
    for entry, opened in _openings(entries, user=user, case=case):
        if entry.facts.get("stated") is True and opened.itself == texts.itself:
            found = Stated(str(entry.facts.get("reason") or ""), datetime.fromisoformat(entry.at).astimezone(UTC))
    return found


def offered(texts: Texts, entries: Iterable[AuditEntry], *, user: str, case: str) -> str:
    """The last reason that this person gave for the lead, for one of the accounts or the room, or for any phrase; else
    empty."""
    found, people = "", {texts.one, texts.other, texts.room} - {""}
    for entry, opened in _openings(entries, user=user, case=case):
        of_them = not people.isdisjoint((opened.one, opened.other, opened.room))
        alike = texts.lead == opened.lead if texts.lead else bool(texts.phrase and opened.phrase) or of_them
        if alike and entry.facts.get("reason"):
            found = str(entry.facts["reason"])
    return found


def _openings(entries: Iterable[AuditEntry], *, user: str, case: str) -> Iterable[tuple[AuditEntry, Texts]]:
    for entry in entries:
        if entry.user != user or entry.case != case or entry.action not in (CONVERSATION, CITED, SEARCHED):
            continue
        told = {name: str(value or "") for name, value in entry.facts.items()}
        if entry.action == SEARCHED:
            yield entry, Texts(phrase=told.get("phrase", ""))
        elif entry.action == CITED:
            yield entry, Texts(lead=told.get("finding", ""), cited=told.get("cited", "") or "unknown")
        else:
            one, other = sorted((told.get("one", ""), told.get("other", "")))
            yield entry, Texts(one, other, told.get("room", ""), told.get("lead", ""))
