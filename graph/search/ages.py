"""What does the evidence tell of the ages behind accounts, when, and who is to be masked?"""

from typing import Any

import ibis

from graph.detect.minors import MinorParameters, minority
from ingest.lake import Lake

DECLARED = "declared"


def ruling(lake: Lake) -> Any:
    """What rules when of everybody's age, as ``graph.detect.minors.minority`` gives it: every text is read for it."""
    return minority(lake.table("accounts"), lake.table("messages"), lake.table("reports"), MinorParameters())


def ages(lake: Lake, ruling: Any) -> Any:
    """Per account of which the evidence tells an age: ``age`` (null: a report says minor), ``basis``, ``minor_basis``.

    ``age`` and ``basis`` are of what rules last.  ``minor_basis`` is that basis where the age is below the age of
    majority, and ``declared`` where a declaration is, whatever was said later: a mask too many is lifted with a
    reason, a mask too few names a child.
    """
    adult, people = MinorParameters().adult_age, lake.table("accounts")
    last = ruling.filter(ruling.until_at.isnull()).select("account", "basis", age=ruling.age.cast("int64"))
    young = people.filter(people.declared_age < adult).select("account").distinct().rename(young="account")
    joined = last.left_join(young, last.account == young.young)
    minor_basis = ibis.cases(
        (ibis.coalesce(joined.age < adult, True), joined.basis), (joined.young.notnull(), DECLARED), else_=None
    )
    return joined.select("account", "age", "basis", minor_basis=minor_basis.cast("string"))
