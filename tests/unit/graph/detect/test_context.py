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


def held(lake):
    """Tables that stand in the engine."""
    return lake.backend.raw_sql("SELECT count(*) FROM duckdb_tables() WHERE temporary").fetchall()[0][0]


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


def test_what_a_detection_keeps_is_dropped_when_it_has_found_and_what_all_share_stays(tmp_path):
    platform = Platform(adults=2, teens=0)
    platform.private("a0", "a1", 1)
    counts, built = [], []

    def keeping(context, name):
        def build():
            built.append(name)
            return context.pairs.select("initiator")

        assert len(context.rows(context.kept(name, build))) == len(context.rows(context.kept(name, build))) == 1
        counts.append(held(context.lake))
        return ()

    with lake_of(tmp_path / "w", [write_folder(tmp_path / "s", platform.tables())]) as lake:
        context = DetectionContext(lake, finders={
            "one": lambda: keeping(context, "own") + context.findings_of("two") + keeping(context, "own"),
            "two": lambda: keeping(context, "own"),
        })
        assert len(context.rows(context.pairs)) == 1
        before = held(lake)
        assert context.findings_of("one") == context.findings_of("two") == ()
        after = held(lake)
        context.close()
    assert built == ["own", "own"]  # each its own, and the outer's stood while the inner ran
    assert (counts, after) == ([before + 1, before + 2, before + 1], before)
