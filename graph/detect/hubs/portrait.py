"""What else is known of one candidate: answers, texts, reports by those it wrote to, ages told later?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph.detect.arrays import Ints, listed, numbers_of
from graph.detect.context import DetectionContext
from graph.detect.hubs.ages import AgeGroups, Claim
from graph.detect.hubs.openings import same_text

_TEXTS = 8  # openings; with fewer one text is no habit


@dataclass(frozen=True)
class Portrait:
    """``targets``: the minors it wrote to first, with the ``records`` of these messages; ``replied`` of them answered.

    ``same_text``: the share of its openings that follow one text; ``reports``: by people it had written to before, one
    each; ``likely``: the first messages to people of then unknown age who are likely minors (``inferred``); ``told``:
    those to people who passed for adults and said before the end of their chat to be minors; ``begun``: the first
    message of each chat that it began; ``came``: of each that others began with it, ``drawn`` of those minors;
    ``elsewhere``: of those it began with people whom nothing declared, reported or written by the end of their chat
    tells to be minors, of them ``with_role`` so many with a role, ``adults`` then known as such, ``perhaps`` likely
    minors; ``ties``: a first message of each two of the minors looked at who are in contact; ``answers``: the first
    answer of each minor; ``age``, ``basis`` and ``age_record``: what is known of its own age and what says so
    (``minor`` without an age: by a report);
    ``claim``: two ages that contradict.
    """

    account: str
    role: str | None
    age: int | None
    minor: bool
    basis: str | None
    age_record: str | None
    claim: Claim | None
    targets: tuple[str, ...]
    records: tuple[str, ...]
    replied: int
    same_text: float
    reports: tuple[str, ...]
    likely: tuple[str, ...]
    told: tuple[str, ...]
    begun: tuple[str, ...]
    came: tuple[str, ...]
    drawn: tuple[str, ...]
    elsewhere: tuple[str, ...]
    with_role: int
    adults: int
    perhaps: int
    ties: tuple[str, ...]
    answers: tuple[str, ...]
    first_at: datetime
    last_at: datetime


def portraits(
    context: DetectionContext, contacts: pa.Table, numbered: Sequence[int], reported: Mapping[int, tuple[str, ...]],
    claims: Mapping[int, Claim], tied: Ints, groups: AgeGroups,
) -> list[Portrait]:
    """The Portrait of each account of ``numbered``, in that order; ``contacts`` of ``contacts.contact_rows``, and
    ``likely_group``: the group of the target, as ``inferred`` has it.

    ``reported``: see ``reports_by_targets``; ``claims``: ``ages.two_ages``; ``tied``: see ``people.Chats``.
    """
    whose = numbers_of(contacts["number"])
    spans = [(int(np.searchsorted(whose, n)), int(np.searchsorted(whose, n, side="right"))) for n in numbered]
    mine = contacts.take(pa.array(np.concatenate([np.arange(0), *(np.arange(*span) for span in spans)])))
    read = (
        "account", "target", "record", "at", "last_at", "replied", "target_group", "likely_group", "told_group",
        "own_role", "target_role",
    )
    column: dict[str, list[Any]] = {name: mine.column(name).to_pylist() for name in read}
    accounts = list(dict.fromkeys(column["account"]))
    texts = same_text(context, list(zip(column["account"], column["record"], strict=True)))
    ages = _own_ages(context, dict(zip(column["account"], column["at"], strict=True)))
    came, drawn = _written_to(contacts, accounts, groups)
    answers = context.first_messages(
        (target, account) for account, target, group, replied in zip(
            column["account"], column["target"], column["target_group"], column["replied"], strict=True
        ) if replied and group < groups.minors
    )
    ties = _ties(context, contacts, tied, spans, groups)
    result, at = [], 0
    for number, (first, last), among in zip(numbered, spans, ties, strict=True):
        rows = range(at, at + last - first)
        at += last - first
        account = column["account"][rows[0]]
        minors = [i for i in rows if column["target_group"][i] < groups.minors]
        others = [i for i in rows if min(column["target_group"][i], column["told_group"][i]) >= groups.minors]
        plain = [i for i in others if column["target_role"][i] is None]
        age, minor, basis, stated_in = ages.get(account, (None, False, None, None))
        result.append(
            Portrait(
                account=account, role=column["own_role"][rows[0]], age=age, minor=minor, basis=basis,
                age_record=stated_in, claim=claims.get(number),
                targets=tuple(column["target"][i] for i in minors),
                records=tuple(f"messages:{column['record'][i]}" for i in minors),
                replied=sum(1 for i in minors if column["replied"][i]),
                same_text=texts.get(account, 0.0) if len(rows) >= _TEXTS else 0.0,
                reports=reported.get(number, ()),
                likely=_likely(column, rows, groups, passed=False), told=_likely(column, rows, groups, passed=True),
                begun=tuple(f"messages:{column['record'][i]}" for i in rows),
                came=tuple(came.get(account, ())), drawn=tuple(drawn.get(account, ())),
                elsewhere=tuple(f"messages:{column['record'][i]}" for i in others),
                with_role=len(others) - len(plain),
                adults=sum(1 for i in plain if column["target_group"][i] < groups.unknown), ties=among,
                perhaps=sum(1 for i in others if column["likely_group"][i] < groups.minors),
                answers=tuple(
                    answers[column["target"][i], account] for i in minors if (column["target"][i], account) in answers
                ),
                first_at=column["at"][rows[0]], last_at=max(column["last_at"][i] for i in rows),
            )
        )
    return result


def _likely(column: Mapping[str, list[Any]], rows: range, groups: AgeGroups, *, passed: bool) -> tuple[str, ...]:
    """The first messages to those who count as minors though not known to be; ``passed``: who passed for adults."""
    then = column["target_group"]
    return tuple(
        f"messages:{column['record'][i]}" for i in rows
        if column["likely_group"][i] < groups.minors <= then[i] and (then[i] < groups.unknown) == passed
    )


def _ties(
    context: DetectionContext, contacts: pa.Table, tied: Ints, spans: Sequence[tuple[int, int]], groups: AgeGroups
) -> list[tuple[str, ...]]:
    """Of the accounts whose contacts are these rows, a first message of each two of their minors in contact."""
    tied = tied[:, (numbers_of(contacts["target_group"]) < groups.minors)[tied].all(axis=0)]
    tied = tied[:, np.argsort(tied[0], kind="stable")]
    found = []
    for span in spans:
        own = tied[:, slice(*np.searchsorted(tied[0], span).tolist())]
        one, other = (contacts["target"].take(pa.array(side)).to_pylist() for side in own)
        found.append(list(zip(one, other, strict=True)))
    first = context.first_messages(both for pairs in found for pair in pairs for both in (pair, pair[::-1]))
    return [tuple(first.get(pair) or first[pair[::-1]] for pair in pairs) for pairs in found]


def _written_to(
    contacts: pa.Table, accounts: Sequence[str], groups: AgeGroups
) -> tuple[Mapping[str, list[str]], Mapping[str, list[str]]]:
    """By account the first messages that others wrote to it, in time; of them those of people then known as minors."""
    wanted = pc.is_in(contacts["target"], value_set=pa.array(accounts, contacts["target"].type))
    rows = contacts.filter(wanted).sort_by("at")
    came: dict[str, list[str]] = {}
    drawn: dict[str, list[str]] = {}
    columns = (rows[name].to_pylist() for name in ("target", "record", "own_group"))
    for target, record, group in zip(*columns, strict=True):
        came.setdefault(target, []).append(f"messages:{record}")
        if group < groups.minors:
            drawn.setdefault(target, []).append(f"messages:{record}")
    return came, drawn


def _own_ages(
    context: DetectionContext, last: Mapping[str, datetime]
) -> Mapping[str, tuple[int | None, bool, str | None, str | None]]:
    """Age, minority, basis and record of each account as known when it last began a chat."""
    if not last:
        return {}
    names = listed(account=last, at=np.array(list(last.values()), dtype="datetime64[us]"))
    known = context.with_minority(names, account="account", at="at", record=True)
    return {row[0]: row[1:] for row in context.rows(known.select("account", "age", "minor", "basis", "record"))}


def reports_by_targets(context: DetectionContext) -> Mapping[int, tuple[str, ...]]:
    """By account number the reports (``reports:record_id``) of ``DetectionContext.reported_by_targets``."""
    found: dict[int, list[str]] = {}
    numbered = context.reported_by_targets.join(context.numbers, "account").select("number", "reporter", "record")
    for number, _, record in context.rows(numbered):
        found.setdefault(number, []).append(f"reports:{record}")
    return {number: tuple(records) for number, records in found.items()}
