"""The time strip says how many messages it counts, and how many of them the picture does not show."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from graph.fetch import Fetched
from graph.subgraph import Edge, Node, Subgraph
from ingest.case_folder import CaseFolder
from workbench.canvas.acts import Act
from workbench.dossier.activity import Activity
from workbench.explore import changes
from workbench.explore.filters import ALL, Filters
from workbench.language import words
from workbench.views.explore import time_strip
from workbench.views.explore.time_strip import message_summary, period_of
from workbench.views.models import explore as model
from workbench.views.models.explore import View

EN = words("en")
A, B, KID = (Node(f"p:{name}", "Account") for name in ("a", "b", "kid"))
DEVICE = Node("device:1", "Identifier")
LINKS = {(A.key, B.key, "CONTACTED"): 5, (B.key, A.key, "CONTACTED"): 3, (A.key, KID.key, "CONTACTED"): 2}


def view() -> View:
    edges = [Edge(*link, {"messages": count}) for link, count in LINKS.items()]
    known = Subgraph.of([A, B, KID, DEVICE], [*edges, Edge(A.key, DEVICE.key, "USED", {"times": 9})])
    return model.begin(Fetched(known, 4, 4), EN, what="x", folding=False)


def test_what_is_hidden_is_said_to_be_counted() -> None:
    began = view()
    assert message_summary(began, 10, EN) == "10 messages"
    by_hand = model.changed(began, changes.hidden(began.board, [KID.key]), "hide")
    assert message_summary(by_hand, 10, EN) == "8 of 10 messages, 2 of hidden links"
    weak = model.changed(began, replace(began.board, filters=Filters(least_weight=4)), "filter")
    assert message_summary(weak, 10, EN) == "5 of 10 messages, 5 of hidden links"
    alone = model.changed(began, changes.hidden(began.board, [DEVICE.key]), "hide")
    assert message_summary(alone, 10, EN) == "10 messages", "what is hidden has none"


def test_within_a_period_too() -> None:
    within = {
        (A.key, B.key, "CONTACTED"): 2, (A.key, KID.key, "CONTACTED"): 1, (A.key, DEVICE.key, "USED"): 4,  # no messages
    }
    period = Filters(since="2030-01-01T00:00:00+00:00")
    began = replace(view(), weights=within)
    began = model.changed(began, replace(began.board, filters=period), "filter")
    assert message_summary(began, 10, EN) == "3 of 10 messages, 7 outside the period"
    by_hand = model.changed(began, changes.hidden(began.board, [KID.key]), "hide")
    assert message_summary(by_hand, 10, EN) == "2 of 10 messages, 7 outside the period, 1 of hidden links"
    assert "cachés" in message_summary(by_hand, 10, words("fr"))


def test_a_chosen_period_is_told_within_the_whole_time_and_both_end_with_their_last_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The strip told the whole time alone, and a period that left a day out ended at its midnight."""
    days = [datetime(2024, 3, day, tzinfo=UTC) for day in (1, 3)]
    bars = Activity(days[0].replace(tzinfo=None), timedelta(days=1), (4, 0, 6))
    monkeypatch.setattr(time_strip, "_activity", lambda _case, _view: bars)
    monkeypatch.setattr(time_strip, "words_here", lambda: EN)
    monkeypatch.setattr(time_strip, "_", EN.gettext)
    case = CaseFolder(tmp_path, "small")
    whole = time_strip.brush(case, view())
    assert whole is not None
    assert (whole["told"], whole["since"], whole["until"]) == ("10 messages", None, None)
    assert whole["ends"] == ["1 Mar 2024, 00:00 UTC", "3 Mar 2024, 23:59 UTC"]
    ends = [1000 * int(day.timestamp()) for day in days]
    period = period_of(ALL, Act("period", values=dict(zip(("since", "until"), ends, strict=True))))
    assert (period.since, period.until) == ("2024-03-01T00:00:00+00:00", "2024-03-02T23:59:59.999999+00:00")
    began = replace(view(), weights={(A.key, B.key, "CONTACTED"): 4})
    told = time_strip.brush(case, model.changed(began, replace(began.board, filters=period), "filter"))
    assert told is not None
    assert told["told"] == (
        "Period: 1 Mar 2024, 00:00 UTC to 2 Mar 2024, 23:59 UTC · 4 of 10 messages, 6 outside the period"
    )
    assert [told["since"], told["until"], told["ends"]] == [*ends, whole["ends"]], "at the edges of its bars"
    assert period_of(period, Act("period")) == ALL
