"""Linkage on the Febrl data: persons with planted errors are found again, without a label."""

import pytest

from graph.linkage import link
from tests.febrl import PERSONS, pairs_of, quality, rows, table, true_pairs


def test_febrl_3_is_found_again_with_an_f1_of_0_99_and_more():
    """5,000 records of 2,000 persons, up to five duplicates each, up to ten errors a record."""
    records = rows("3")
    true = true_pairs(records)
    assert (len(records), len(true)) == (5_000, 6_538)
    found = link(table(records), PERSONS)
    assert found.fitted.converged
    _, _, by_pair = quality({(one, other) for one, other, _ in found.pairs()}, true)
    precision, recall, by_group = quality(pairs_of(found.groups), true)
    assert min(by_pair, by_group) >= 0.99, (by_pair, precision, recall, by_group)
    assert found.fitted.share == pytest.approx(len(true) / (5_000 * 4_999 / 2), rel=0.02)
