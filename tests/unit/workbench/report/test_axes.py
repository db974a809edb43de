"""How does an axis of time in a picture of the report write its days?  In one form, whole, once each."""

from datetime import datetime, timedelta

import pytest
from matplotlib.figure import Figure

from workbench.report.pictures.drawing import _days, _over_time

BEGIN = datetime(2024, 3, 24)  # noqa: DTZ001 - instants of evidence are naive UTC


@pytest.mark.parametrize(("days", "letters"), [(47, 10), (400, 7), (3_000, 4)])
def test_ticks_of_one_axis_are_of_one_form_and_nothing_stands_beside_them(days: int, letters: int) -> None:
    figure = Figure(figsize=(7.0, 2.4))
    axes = figure.subplots()
    axes.plot([_days(BEGIN), _days(BEGIN + timedelta(days=days))], [0, 1])
    _over_time(axes)
    figure.draw_without_rendering()
    ticks = [text for tick in axes.get_xticklabels() if (text := tick.get_text())]
    assert {len(text) for text in ticks} == {letters}
    assert len(set(ticks)) == len(ticks) >= 3
    assert axes.xaxis.get_major_formatter().get_offset() == ""
