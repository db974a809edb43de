"""Hours of the week tell of age where the ages here keep other hours, and of nothing where they do not."""

import numpy as np

from graph.detect.context import DetectionContext
from graph.detect.hubs_ages import age_groups
from graph.detect.hubs_hours import CELLS, Hours, hour_logs, written_hours
from tests.unit.graph.detect.small_platform import Platform, lake_of, write_folder

GROUPS = age_groups(18)
TEEN, ADULT = 1, 5


def logs(rows, own):
    """hour_logs of the last account, from each account's hours by cell."""
    keys = [(account, cell) for account, cells in enumerate(rows) for cell in sorted(cells)]
    hours = Hours(
        np.array([account for account, _ in keys]), np.array([cell for _, cell in keys]),
        np.array([float(rows[account][cell]) for account, cell in keys]),
    )
    tested = np.arange(len(own))
    by_group, young = hour_logs(hours, np.array(own), np.ones(len(own)), tested, GROUPS, cap=20.0, prior=20.0)
    return by_group[-1], young[-1]


def test_one_who_writes_when_adults_do_is_likelier_an_adult():
    own = [TEEN] * 30 + [ADULT] * 30 + [GROUPS.unknown]
    rows = [{17: 8, 18: 4}] * 30 + [{22: 8, 10: 4}] * 30 + [{22: 6, 10: 2}]
    by_group, young = logs(rows, own)
    assert by_group[ADULT] - by_group[TEEN] > 3.0
    assert by_group[ADULT] - young > 3.0


def test_hours_that_all_ages_keep_weigh_nothing():
    own = [TEEN] * 30 + [ADULT] * 30 + [GROUPS.unknown]
    by_group, young = logs([{17: 6, 21: 6}] * 61, own)
    assert np.ptp([*by_group[[TEEN, ADULT]], young]) < 1e-9


def test_one_who_writes_nothing_weighs_nothing():
    by_group, young = logs([{17: 5}] * 10 + [{22: 5}] * 10 + [{}], [TEEN] * 10 + [ADULT] * 10 + [GROUPS.unknown])
    assert np.ptp([*by_group, young]) == 0.0


def test_hours_are_counted_once_by_hour_of_working_day_and_weekend(tmp_path):
    platform = Platform(adults=2, teens=0)  # 2024-03-01 is a Friday
    platform.post("a0", 9.1)
    platform.private("a0", "a1", 9.6)  # the same hour of the same day
    platform.post("a0", 24 * 3 + 9.5)  # Monday
    platform.private("a1", "a0", 24 + 9.2)  # Saturday
    with lake_of(tmp_path / "w", [write_folder(tmp_path / "s", platform.tables())]) as lake:
        context = DetectionContext(lake)
        assert [tuple(row.values()) for row in written_hours(context).to_pylist()] == [(0, 9, 2), (1, 24 + 9, 1)]
        context.close()
    assert CELLS == 48
