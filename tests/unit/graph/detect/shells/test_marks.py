"""Marks that accounts share: how rare is an address on its day?"""

from types import SimpleNamespace
from typing import Any

import ibis
from ibis.expr import operations

from graph.detect.shells.marks import _by_day


def test_rarity_of_an_address_is_divided_in_double_precision() -> None:
    """A whole number by 315.0 is a decimal of six digits in Spark: its leads had other figures than DuckDB's."""
    whole = "int64"
    logins: Any = SimpleNamespace(
        rows=ibis.table({"who": whole, "address": whole, "begun": whole}, name="logins"),
        addresses=ibis.table({"address": whole, "value": "string"}, name="addresses"),
    )
    wanted = ibis.table({"address": whole, "ever": whole}, name="wanted")

    rarity = _by_day(logins, wanted, 315).u.op()

    divided = [node.left.dtype for node in rarity.find(operations.Divide) if node.right.dtype.is_floating()]
    assert divided
    assert all(kind.is_floating() for kind in divided)
