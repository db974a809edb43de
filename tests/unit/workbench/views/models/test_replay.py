"""The replay of a crew as a table: targets in order of time, members beside each other."""

from datetime import timedelta

import pandas as pd

from graph.detect.finding import Finding
from graph.detect.reason import AS_WRITTEN, Reason, as_written
from ingest.lake import Record
from workbench.views.models.leads import replay
from workbench.views.models.names import MASK, Names


def old(measure: str, detail: str, records: tuple[str, ...]) -> Reason:
    """A reason as documents from before there were codes hold it."""
    return Reason(AS_WRITTEN, as_written(measure, detail), records=records)


MEMBERS = ("p:a", "p:b", "p:c")
CREW = Finding(
    "ambush", MEMBERS, "strong", 0.9,
    (
        old("convergence beyond chance", "beyond chance", ("messages:0",)),
        old("replay", "one", ("messages:1", "messages:2", "messages:3")),
        old("replay of the other targets", "other", ("messages:4", "messages:5")),
    ),
    targets=("p:kid", "p:t"),
)
NAMES = Names({"p:a": "oak", "p:b": "oak", "p:c": "Target", "p:kid": "fox"}, frozenset({"p:kid"}))


def sent(number: int, sender: str, recipient: str, at: str) -> Record:
    columns = {"sender": sender, "recipient": recipient, "sent_at": at}
    return Record(f"messages:{number}", "messages", "/in/messages.csv", "00", number, columns)


RECORDS = [
    sent(1, "p:b", "p:t", "2024-03-02 10:00:00"),
    sent(2, "p:a", "p:t", "2024-03-02 10:01:35"),
    sent(3, "p:c", "p:t", "2024-03-01 08:00:00"),
    sent(4, "p:b", "p:kid", "2024-02-01 09:20:00"),
    sent(5, "p:c", "p:kid", "2024-02-01 09:00:00.250"),
]


def test_the_replay_s_records_are_cited_and_nothing_else() -> None:
    assert replay.references(CREW) == tuple(f"messages:{number}" for number in range(1, 6))
    assert [replay.is_scene(reason) for reason in CREW.reasons] == [False, True, False]


def test_a_replay_with_a_code_stands_in_the_table_and_says_its_sentence() -> None:
    pair = Finding("ambush", MEMBERS, "weak", 0.1, (Reason("replay", {}, records=("messages:1",)),), targets=("p:t",))
    assert replay.references(pair) == ("messages:1",)
    assert not replay.is_scene(pair.reasons[0])


def test_targets_stand_in_order_of_time_and_members_by_how_often_they_came() -> None:
    frame = replay.table(CREW, RECORDS, NAMES)
    assert list(frame.columns) == ["Target", "First (UTC)", "oak (p:b)", "Target (p:c)", "oak (p:a)"]
    assert frame.iloc[0, 0].startswith(MASK)
    assert list(frame.iloc[0])[1:] == ["2024-02-01 09:00", "+20 min", "first", ""]
    assert list(frame.iloc[1]) == ["p:t", "2024-03-01 08:00", "+26 h 00", "first", "+26 h 02"]


def test_a_record_that_stands_in_several_rows_counts_with_its_first() -> None:
    again = [*RECORDS, sent(1, "p:b", "p:t", "2024-03-01 07:00:00"), sent(9, "p:x", "p:t", "2023-01-01 00:00:00")]
    assert list(replay.table(CREW, again, NAMES).iloc[1])[1:] == ["2024-03-01 07:00", "first", "+60 min", "+27 h 02"]


def test_of_one_target_the_members_stand_below_each_other() -> None:
    frame = replay.table(CREW, RECORDS[:3], NAMES)
    assert list(frame.columns) == ["Member", "First message (UTC)", "After the first"]
    assert list(frame.iloc[0]) == ["Target", "2024-03-01 08:00:00", "first"]
    assert list(frame["After the first"]) == ["first", "+26 h 00", "+26 h 02"]


def test_what_is_shown_is_counted_in_both_languages() -> None:
    assert replay.told(CREW, replay.table(CREW, RECORDS[:3], NAMES)).startswith("1 of 2 targets, 3 of 3 members")
    french = replay.table(CREW, RECORDS, NAMES, "fr")
    assert replay.told(CREW, french, "fr").startswith("2 des 2 cibles, 3 des 3 membres")
    assert list(replay.table(CREW, RECORDS, NAMES, "fr").columns)[:2] == ["Cible", "Première fois (UTC)"]
    assert replay.table(CREW, RECORDS, NAMES, "fr").iloc[0, 3] == "1er"


def test_delays_keep_a_unit_that_reads() -> None:
    told = [replay.after(timedelta(seconds=seconds)) for seconds in (0, 599, 600, 5_940, 6_000, 7_195)]
    assert told == ["+0 s", "+599 s", "+10 min", "+99 min", "+1 h 40", "+2 h 00"]


def test_of_a_large_crew_cells_have_lines_and_columns_room_for_what_stands_in_them() -> None:
    three, five = (pd.DataFrame([range(number + 2)]) for number in (3, 5))
    assert replay.widths(three) == ((112, 128, 74, 74, 74), 1)
    pixels, lines = replay.widths(five)
    assert (len(pixels), lines) == (7, 2)
    assert min(pixels) >= 80


def test_headings_are_told_apart_even_where_nothing_tells_the_names_apart() -> None:
    frame = replay.table(CREW, RECORDS, Names({}, frozenset(MEMBERS)))
    assert len(set(frame.columns)) == 5
