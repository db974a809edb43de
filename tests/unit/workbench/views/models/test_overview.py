"""Counts over time: UTC, the unit that fits, nothing lost."""

from pathlib import Path

import pandas as pd
import pytest

from graph.detect.finding import Finding, FindingsDocument
from graph.detect.reason import Reason
from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from ingest.case_folder.manifest import manifests
from ingest.lake import Lake
from workbench.language import words
from workbench.views.models import overview


def case_of(tmp_path: Path, *times: str) -> CaseFolder:
    source = tmp_path / "messages.csv"
    rows = [f"{time},a,{'b' if i % 2 else ''},{'' if i % 2 else 'r'}" for i, time in enumerate(times)]
    source.write_text("\n".join(["sent_at,sender_id,recipient_id,room_id", *rows]) + "\n")
    case = CaseFolder(tmp_path / "workspace", "quay").create()
    ingest([source], case=case)
    return case


def test_a_few_days_are_counted_by_the_hour_in_utc(tmp_path: Path) -> None:
    case = case_of(tmp_path, "2024-01-01T01:30:00+02:00", "2023-12-31T23:59:59Z", "2024-01-01T00:00:00Z")
    with Lake(case) as lake:
        unit, frame = overview.activity(lake)
        assert overview.people(lake) == 2
        assert overview.rooms(lake) == 1, "of messages, without a table of rooms"
    assert unit == "hour"
    assert str(frame["time"].dt.tz) == "UTC"
    assert [(row.time.isoformat(), row.kind, row.messages) for row in frame.itertuples()] == [
        ("2023-12-31T23:00:00+00:00", "private", 1),
        ("2023-12-31T23:00:00+00:00", "room", 1),
        ("2024-01-01T00:00:00+00:00", "room", 1),
    ]


@pytest.mark.parametrize(("days", "named"), [
    (1, [0]), (5, [0, 1, 2, 3, 4]), (75, [0, 19, 38, 57]), (77, [0, 19, 38, 57, 76]),
])
def test_the_axis_names_the_first_bar_and_few_more(days: int, named: list[int]) -> None:
    begun = pd.Timestamp("2024-02-25", tz="UTC")
    times = [begun + pd.Timedelta(days=day) for day in range(days) for _kind in "ab"]
    found = overview.named_times(pd.DataFrame({"time": times}))
    assert [(at - begun.timestamp()) / 86_400 for at in found] == named


def test_long_cases_are_counted_by_coarser_units_and_lose_no_message(tmp_path: Path) -> None:
    for days, unit in ((30, "day"), (1_000, "week"), (5_000, "month")):
        folder = tmp_path / unit
        folder.mkdir()
        last = pd.Timestamp("2010-01-01", tz="UTC") + pd.Timedelta(days=days)
        with Lake(case_of(folder, "2010-01-01T00:00:00Z", "2010-01-02T00:00:00Z", last.isoformat())) as lake:
            found, frame = overview.activity(lake)
        assert (found, int(frame["messages"].sum())) == (unit, 3)


def test_the_weekly_rhythm_has_every_cell(tmp_path: Path) -> None:
    with Lake(case_of(tmp_path, "2024-01-01T05:00:00Z", "2024-01-07T23:59:00Z")) as lake:
        frame = overview.rhythm(lake)
    assert len(frame) == 7 * 24
    busy = frame[frame["messages"] > 0]
    assert list(zip(busy["weekday"], busy["hour"], strict=True)) == [("Mon", 5), ("Sun", 23)]


def test_an_empty_case_has_no_bars(tmp_path: Path) -> None:
    with Lake(CaseFolder(tmp_path, "quay").create()) as lake:
        assert overview.activity(lake)[1].empty
        assert overview.people(lake) == 0
        assert overview.rooms(lake) == 0


def test_findings_and_batches_are_counted(tmp_path: Path) -> None:
    why = (Reason("minors_among_first_contacts", {}, 1, 1),)
    findings = tuple(Finding("hub", (f"p:{i}",), "strong", 0.5, why) for i in range(2))
    frame = overview.findings_by_kind(FindingsDocument("quay", "r", "sha256:0", {}, findings), words("en"))
    assert frame.to_dict("records") == [{"Kind": "hub", "Strong": 2, "Moderate": 0, "Weak": 0}]
    case = case_of(tmp_path, "2024-01-01T00:00:00Z", "yesterday")
    (row,) = overview.batches(manifests(case), words("en")).to_dict("records")
    assert (row["Read"], row["Accepted"], row["Rejected"], row["Duplicate"]) == (2, 1, 1, 0)
