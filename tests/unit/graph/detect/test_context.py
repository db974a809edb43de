"""The shared tables: who wrote first in each pair, and the numbers of accounts."""

from datetime import timedelta

from graph.detect.context import DetectionContext
from tests.unit.graph.detect.small_platform import START, Platform, lake_of, write_folder


def shared(tmp_path, messages):
    platform = Platform(adults=4, teens=0)
    for sender, to, hours in messages:
        platform.private(sender, to, hours)
    with lake_of(tmp_path / "w", [write_folder(tmp_path / "s", platform.tables())]) as lake:
        context = DetectionContext(lake)
        pairs, numbers = context.rows(context.pairs), context.rows(context.numbers)
        context.close()
    return pairs, numbers


def at(hours):
    return START + timedelta(hours=hours)


def test_a_pair_is_whose_message_came_first_with_both_sides_counted(tmp_path):
    pairs, numbers = shared(
        tmp_path, [("a1", "a0", 1), ("a0", "a1", 2), ("a1", "a0", 3), ("a2", "a3", 5), ("a2", "a3", 4)]
    )
    one, other, third, fourth = (name for name, _ in numbers)
    assert [number for _, number in numbers] == [0, 1, 2, 3]
    assert pairs == [
        (other, one, at(1), "m00000", 2, 1, at(2), at(3)),
        (third, fourth, at(4), "m00004", 2, 0, None, at(5)),
    ]


def test_of_two_that_write_at_one_instant_the_lower_record_opened(tmp_path):
    pairs, numbers = shared(tmp_path, [("a1", "a0", 1), ("a0", "a1", 1), ("a0", "a1", 1)])
    (one, _), (other, _) = numbers
    assert pairs == [(other, one, at(1), "m00000", 1, 2, at(1), at(1))]


def test_messages_to_oneself_are_no_pair(tmp_path):
    assert shared(tmp_path, [("a0", "a0", 1)]) == ([], [])
