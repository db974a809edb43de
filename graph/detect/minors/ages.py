"""What does the evidence tell of the ages behind accounts, when, and who is held for a minor?"""

from typing import Any

import ibis

from graph.detect.minors.minority import YEAR_SECONDS, MinorParameters

DECLARED = "declared"


def ages(accounts: Any, ruling: Any) -> Any:
    """Per account of which the evidence tells an age: ``age`` (null: a report says minor), ``basis``, ``minor_basis``.

    ``age`` and ``basis`` are of what rules last.  ``minor_basis`` is that basis where the age is below the age of
    majority, and ``declared`` where a declaration is, whatever was said later: a mask too many is lifted with a
    reason, a mask too few names a child.
    """
    adult = MinorParameters().adult_age
    last = ruling.filter(ruling.until_at.isnull()).select("account", "basis", age=ruling.age.cast("int64"))
    young = accounts.filter(accounts.declared_age < adult).select("account").distinct().rename(young="account")
    joined = last.left_join(young, last.account == young.young)
    minor_basis = ibis.cases(
        (ibis.coalesce(joined.age < adult, True), joined.basis), (joined.young.notnull(), DECLARED), else_=None
    )
    return joined.select("account", "age", "basis", minor_basis=minor_basis.cast("string"))


def spans(ruling: Any) -> Any:
    """Per account that was known for a minor at some moment: ``minor_from`` and ``minor_until`` (null: open).

    From the first moment at which what ruled then told a minor to the last, as ``with_minority`` would say of each;
    what it told between the two is not kept.
    """
    adult = MinorParameters().adult_age
    young = ruling.filter(ibis.coalesce(ruling.age < adult, True))
    grown = young.dated_at.truncate("s") + ((adult - young.age.cast("int64")) * YEAR_SECONDS).as_interval("s")
    ends = young.mutate(until_at=ibis.ifelse(young.until_at.isnull(), grown, ibis.least(young.until_at, grown)))
    held = ends.filter(ends.from_at.isnull() | ends.until_at.isnull() | (ends.from_at < ends.until_at))
    return held.group_by("account").agg(
        minor_from=ibis.ifelse(held.from_at.isnull().any(), None, held.from_at.min()),
        minor_until=ibis.ifelse(held.until_at.isnull().any(), None, held.until_at.max()),
    )
