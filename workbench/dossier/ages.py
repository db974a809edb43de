"""How old is the holder of an account, by which evidence, from when until when?  Every basis with its record."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import ibis
import pyarrow as pa

from graph.detect.minors import MinorParameters, minority, with_minority
from graph.detect.minors.ages import DECLARED
from graph.search import minors_among as index_minors
from graph.search import open_index, rulings
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from workbench.dossier.rows import NEVER, rows


@dataclass(frozen=True)
class AgeBasis:
    """What rules from ``since`` until ``until`` (None: open): an age (None: a minor of unknown age) as of ``as_of``."""

    account: str
    since: datetime | None
    until: datetime | None
    age: int | None
    as_of: datetime | None
    basis: str
    record: str

    @property
    def minor(self) -> bool:
        """Is that an age below 18, or a report of a minor?"""
        return self.age is None or self.age < MinorParameters().adult_age


class Known(NamedTuple):
    """What was known of somebody's age at a moment; ``basis`` is None where nothing was."""

    age: int | None
    minor: bool
    basis: str | None


def known_at(lake: Lake, moments: Sequence[tuple[str, datetime]]) -> list[Known]:
    """What was known of each account at its moment, in the order given; nothing later counts."""
    if not moments:
        return []
    events = ibis.memtable(pa.table({
        "place": pa.array(range(len(moments)), pa.int64()),
        "account": pa.array([account for account, _ in moments], pa.string()),
        "at": pa.array([at for _, at in moments], pa.timestamp("us")),
    }))
    evidence = ruling(lake, {account for account, _ in moments})
    found = with_minority(events, evidence, account="account", at="at", parameters=MinorParameters())
    return [
        Known(age, bool(minor), basis)
        for age, minor, basis in rows(found.order_by("place").select("age", "minor", "basis"))
    ]


def ruling(lake: Lake, accounts: Collection[str]) -> Any:
    """Minority evidence on these accounts alone, as ``graph.detect.minors.minority`` gives it.

    The case's search index has it; where it is not of the lake's evidence, the texts are read.
    """
    with open_index(lake.case) as index:
        if index.digest == lake.digest():
            return ibis.memtable(rulings(index, accounts))
    names = ibis.memtable(pa.table({"account": pa.array(sorted(set(accounts)), pa.string())}))
    people, messages, reported = (lake.table(name) for name in ("accounts", "messages", "reports"))
    return minority(
        people.semi_join(names, "account"), messages.semi_join(names, [("sender", "account")]),
        reported.semi_join(names, [("reported", "account")]),
    )


def age_bases(lake: Lake, accounts: Collection[str]) -> list[AgeBasis]:
    """By account, then by time."""
    if not accounts:
        return []
    found = ruling(lake, accounts).select(
        "account", "from_at", "until_at", "age", "dated_at", "basis", "record"
    )
    bases = [AgeBasis(*row) for row in rows(found)]
    return sorted(bases, key=lambda item: (item.account, item.since or NEVER, item.record))


def minors_among(case: CaseFolder, accounts: Collection[str]) -> dict[str, str]:
    """Who of them is a minor, with the basis of that: by what ruled last, or by any declared age.

    The case's search index knows; where it is not of this evidence yet, the evidence is read.
    """
    if not accounts:
        return {}
    with open_index(case) as index:
        if index.current:
            return dict(index_minors(index, accounts))
    with Lake(case) as lake:
        bases = [basis for basis in age_bases(lake, accounts) if basis.until is None and basis.minor]
        people = lake.table("accounts")
        young = people.filter(people.account.isin(sorted(accounts)), people.declared_age < MinorParameters().adult_age)
        declared = rows(young.select("account").distinct())
    return {**{row[0]: DECLARED for row in declared}, **{basis.account: basis.basis for basis in bases}}
