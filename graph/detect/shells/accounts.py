"""What else is known of the accounts to compare?  Birth, profile, conversation, common targets, kinds and names."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np

from graph.detect.context import DetectionContext
from graph.detect.shells.company import Company, Popularity, read_company
from graph.detect.shells.logins import Logins, seconds_of
from graph.detect.shells.values import Values

Numbers = tuple[int, int]


@dataclass(frozen=True)
class Profile:
    """An account's row: creation (seconds since 1970), declared age and gender, and the record."""

    created: int | None
    age: int | None
    gender: str | None
    record: str


@dataclass(frozen=True)
class Known:
    """Evidence about accounts by number; ``births``: creation times of all accounts, sorted.

    ``kinds``: by account what it has at all; ``first_contacts``: how many people it wrote to first; ``company``: the
    people to whom two accounts both wrote first; ``talk``: messages each way between two accounts (the smaller of the
    two directions).
    """

    profiles: Mapping[int, Profile]
    births: "np.ndarray[tuple[int], np.dtype[np.int64]]"
    kinds: Mapping[int, frozenset[str]]
    first_contacts: Mapping[int, int]
    company: Mapping[Numbers, Company]
    popularity: Popularity
    talk: Mapping[Numbers, int]


def read_known(
    context: DetectionContext, logins: Logins, values: Values, pairs: Any, members: Any
) -> Known:
    """Read what ``weights`` needs; sizes follow the candidates, not the platform."""
    accounts = context.table("accounts")
    created = accounts.filter(accounts.created_at.notnull()).select(at=seconds_of(accounts.created_at))
    births = np.sort(np.asarray(created.to_pyarrow().column("at").to_numpy(), dtype=np.int64))
    profiles: dict[int, Profile] = {}
    rows = accounts.join(logins.accounts.semi_join(members, "who"), "account").select(
        "who", "record_id", "declared_age", "declared_gender", created=seconds_of(accounts.created_at)
    )
    for who, record, age, gender, at in context.rows(rows):
        profiles.setdefault(who, Profile(at, age, gender, f"accounts:{record}"))
    kinds: dict[int, frozenset[str]] = {}
    nothing = frozenset[str]()
    for kind, who in context.rows(values.kinds.semi_join(members, "who").select("kind", "who")):
        before = kinds.get(who, nothing)
        kinds[who] = _joined(before, kind)
    contacts = context.kept("shells.contacts", lambda: contacts_of_all(context, logins))
    company, popularity = read_company(context, pairs, contacts)
    numbers = contacts.semi_join(members, "who").group_by("who").agg(n=lambda t: t.count())
    return Known(
        profiles, births, kinds,
        dict(context.rows(numbers)), company, popularity, _talk(context, pairs, contacts),
    )


def with_pairs(context: DetectionContext, logins: Logins, known: Known, pairs: Any) -> Known:
    """The same, with company and talk of further pairs of members."""
    contacts = context.kept("shells.contacts", lambda: contacts_of_all(context, logins))
    company, _ = read_company(context, pairs, contacts)
    return replace(
        known, company={**known.company, **company}, talk={**known.talk, **_talk(context, pairs, contacts)}
    )


def contacts_of(context: DetectionContext, logins: Logins, who: Any) -> list[tuple[int, str, str]]:
    """who, target and record of the first message, for the accounts listed in ``who``."""
    pairs = context.pairs
    told = pairs.select(account="initiator", other="target", record="first_record").join(logins.accounts, "account")
    return [
        (number, target, f"messages:{record}")
        for number, target, record in context.rows(told.semi_join(who, "who").select("who", "other", "record"))
    ]


def contacts_of_all(context: DetectionContext, logins: Logins) -> Any:
    """who, target (numbers), sent, replies: first private contacts."""
    pairs, numbered = context.pairs, logins.accounts
    return pairs.join(numbered.select(initiator="account", who="who"), "initiator").left_join(
        numbered.select(target="account", target_number="who"), "target"
    ).select("who", "sent", "replies", "target", number="target_number")


def _talk(context: DetectionContext, pairs: Any, contacts: Any) -> dict[Numbers, int]:
    inside = contacts.filter(contacts.number.notnull()).select("who", "number", "sent", "replies")
    talk: dict[Numbers, int] = {}
    for first, second in (("a", "b"), ("b", "a")):
        found = pairs.join(inside.rename(**{first: "who", second: "number"}), ["a", "b"])
        for a, b, sent, replies in context.rows(found.select("a", "b", "sent", "replies")):
            talk[a, b] = int(min(sent, replies))
    return talk


@cache
def _joined(before: frozenset[str], kind: str) -> frozenset[str]:
    """One object for each set of kinds, however many accounts have it."""
    return before | {kind}
