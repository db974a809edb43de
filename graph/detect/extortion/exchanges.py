"""How do the chats of one account with those it asked run?  Contact, demand, insistence, silence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import ibis
import pyarrow as pa

from graph.detect.context import DetectionContext
from graph.detect.extortion.demands import Presser, asking_rate, demands, flagged
from graph.detect.extortion.parameters import ExtortionParameters
from graph.detect.texts import repeated


@dataclass
class Chat:
    """One chat in time.

    ``demands`` and ``presses`` are record ids; the other's ``answers`` are counted, also before the first demand and
    after the last pressing (``pressed_at``: a consequence, or the demand made again; the demand where there was none).
    ``wrote_at`` is the account's own first message; ``theirs``: the other had written first.
    """

    minor: bool
    known: bool
    pressed: bool
    asked_at: datetime
    began_at: datetime
    last_at: datetime
    pressed_at: datetime | None = None
    demands: tuple[str, ...] = ()
    presses: tuple[str, ...] = ()
    first_text: str = ""
    answers: int = 0
    answers_before: int = 0
    answers_after: int = 0
    asks_back: bool = False
    wrote_at: datetime | None = None
    theirs: bool = False


@dataclass(frozen=True)
class Exchanges:
    """All chats of ``presser`` in which it asked, by the other; ``repeated`` first demands share a wording.

    ``asking_rate``: how often a private message of this platform asks for something.
    """

    presser: Presser
    chats: dict[str, Chat]
    repeated: int
    reporters: tuple[str, ...]
    asking_rate: float

    @property
    def pressed(self) -> dict[str, Chat]:
        """The chats with minors who were pressed."""
        return {other: chat for other, chat in self.chats.items() if chat.minor and chat.pressed}

    @property
    def minor_share(self) -> float:
        """The share of minors among those of known age whom it asked."""
        known = [chat for chat in self.chats.values() if chat.known or chat.minor]
        return sum(chat.minor for chat in known) / len(known) if known else 0.0

    @property
    def ageless(self) -> int:
        """People of unknown age who were pressed."""
        return sum(1 for chat in self.chats.values() if chat.pressed and not (chat.known or chat.minor))

    @property
    def likely(self) -> float:
        """Pressed minors, and those of unknown age as many as are minors among the others."""
        return len(self.pressed) + self.ageless * self.minor_share

    @property
    def silent(self) -> int:
        """Pressed minors who wrote nothing more."""
        return sum(1 for chat in self.pressed.values() if not chat.answers_after)

    @property
    def chatted(self) -> int:
        """Pressed minors with whom there was a message before the first demand."""
        return sum(1 for chat in self.pressed.values() if chat.began_at < chat.asked_at)

    @property
    def sought(self) -> int:
        """People it asked who had written to it first."""
        return sum(1 for chat in self.chats.values() if chat.theirs)

    @property
    def mutual(self) -> int:
        """People it asked who asked it for something as well."""
        return sum(1 for chat in self.chats.values() if chat.asks_back)

    @property
    def mutual_anyway(self) -> float:
        """How many of them would have, had they asked as often as people here do in as many messages."""
        return sum(1.0 - (1.0 - self.asking_rate) ** chat.answers for chat in self.chats.values())

    @property
    def traded(self) -> float:
        """The share who asked in turn among those who would not have anyway.  Source: Abbott 1925."""
        anyway = self.mutual_anyway
        return max(0.0, (self.mutual - anyway) / (len(self.chats) - anyway)) if anyway < len(self.chats) else 0.0

    @property
    def after_contact(self) -> int:
        """Pressed minors who had answered before the first demand."""
        return sum(1 for chat in self.pressed.values() if chat.answers_before)


def exchanges(
    context: DetectionContext, found: Sequence[Presser], parameters: ExtortionParameters
) -> list[Exchanges]:
    """What happened in the chats of each presser with those it asked; in the order given."""
    names = ibis.memtable(pa.table({"account": [item.account for item in found]}))
    asked = demands(context, parameters).semi_join(names, "account")
    chats: dict[str, dict[str, Chat]] = {item.account: {} for item in found}
    for account, other, asked_at, minor, pressed, known in context.rows(asked):
        chats[account][other] = Chat(bool(minor), bool(known), bool(pressed), asked_at, asked_at, asked_at)
    _read(context, asked, chats, parameters)
    reports = context.table("reports")
    told = reports.filter(reports.reporter.notnull()).select(account="reported", reporter="reporter").distinct()
    reporters: dict[str, list[str]] = {}
    for account, reporter in context.rows(told.semi_join(names, "account")):
        if reporter in chats[account]:
            reporters.setdefault(account, []).append(reporter)
    rate = asking_rate(context, parameters, found)
    return [
        Exchanges(
            item, chats[item.account],
            repeated([chat.first_text for chat in chats[item.account].values()], least=parameters.alike),
            tuple(reporters.get(item.account, ())), rate,
        )
        for item in found
    ]


def _read(
    context: DetectionContext, asked: Any, chats: dict[str, dict[str, Chat]], parameters: ExtortionParameters
) -> None:
    """Go through every message of these chats, in time; rows come sorted by account, other and instant."""
    marked = flagged(context, parameters).semi_join(asked, ["account", "other"])
    said = {
        record: (asks, presses, text)
        for record, asks, presses, text in context.rows(marked.select("record_id", "asks", "presses", "text"))
    }
    sides = ibis.union(
        asked.select("account", "other", sender="account", recipient="other", own=ibis.literal(1, "int8")),
        asked.select("account", "other", sender="other", recipient="account", own=ibis.literal(0, "int8")),
    )
    both = context.private.join(sides, ["sender", "recipient"])
    rows = context.rows(both.select("account", "other", "sent_at", "record_id", "own"))
    for account, other, at, record, own in rows:
        if not own:
            continue
        chat = chats[account][other]
        chat.began_at, chat.last_at = min(chat.began_at, at), max(chat.last_at, at)
        chat.wrote_at = chat.wrote_at or at
        asks, presses, text = said.get(record, (False, False, ""))
        if asks and not chat.demands:
            chat.first_text = text
        elif (asks or presses) and chat.demands:
            chat.pressed_at = at
        if presses and at >= chat.asked_at:
            chat.presses += (record,)
            chat.pressed_at = at
        if asks:
            chat.demands += (record,)
    for account, other, at, _, own in rows:
        if own:
            continue
        chat = chats[account][other]
        chat.began_at = min(chat.began_at, at)
        chat.theirs |= at < (chat.wrote_at or at)
        chat.answers += 1
        chat.answers_before += at < chat.asked_at
        chat.answers_after += at > (chat.pressed_at or chat.asked_at)
    turned = asked.select(account="other", other="account")
    for other, account in context.rows(
        demands(context, parameters).semi_join(turned, ["account", "other"]).select("account", "other")
    ):
        chats[account][other].asks_back = True
