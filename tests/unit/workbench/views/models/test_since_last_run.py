"""What the last run changed, as the Leads screen says it."""

from graph.detect.finding import Finding
from tests.written_reasons import reason
from workbench.language import words
from workbench.runs.changes import Changes, Move, Why
from workbench.views.models.leads import since_last_run as since

EN, FR = words("en"), words("fr")


def lead(name: str, kind: str = "hub") -> Finding:
    return Finding(kind, (f"p:{name}",), "weak", 0.5, (reason("x", 1, 0, "x"),))


NEW, UP, STRONGER, SAME, GONE = (lead(name) for name in ("new", "up", "stronger", "same", "gone"))
WHY = Why(evidence=True, parameters={"hub.min_minors": (3, 4.5), "hub.parts": (["a"], ["b"])}, methods={"hub": (8, 9)})
CHANGES = Changes(
    "run-1", frozenset({NEW.finding_id}), (GONE,),
    {UP.finding_id: Move(("weak", "weak"), (5, 2)), STRONGER.finding_id: Move(("weak", "strong"), (3, 3))},
    {"hub": WHY},
)
LISTED = (STRONGER, UP, SAME, NEW)


def test_the_list_is_narrowed_to_what_changed() -> None:
    assert since.listed(LISTED, CHANGES, "new") == (NEW,)
    assert since.listed(LISTED, CHANGES, "moved") == (STRONGER, UP)
    assert since.listed(LISTED, CHANGES, "gone") == (GONE,)
    assert since.listed(LISTED, CHANGES, None) == LISTED


def test_marks_say_new_gone_tiers_and_places() -> None:
    found = since.marks((*LISTED, GONE), CHANGES, EN)
    assert [found[one.finding_id] for one in (NEW, UP, STRONGER, SAME, GONE)] == ["new", "▲ 3", "▲▲", "", "gone"]
    assert since.mark(NEW, CHANGES, FR) == "nouvelle"


def test_an_open_lead_says_what_changed_and_why() -> None:
    assert since.told(SAME, CHANGES, EN) == []
    told = since.told(STRONGER, CHANGES, EN)
    assert told[0] == "The evidence was weak, it is strong since the last run."
    assert told[1:] == [
        "The evidence has changed between the two runs.",
        "Parameters have changed: hub · Minors, at least: 3 → 4.5; hub · Signals in use: (a list).",
        "The method has changed: hub, version 8 to 9.",
    ]
    assert since.told(UP, CHANGES, EN)[0] == "Was number 5 of its kind, is number 2 since the last run."
    assert "4,5" in " ".join(since.told(GONE, CHANGES, FR))
    assert "La méthode a changé" in since.told(UP, CHANGES, FR)[-1]
    assert since.counted(CHANGES, EN) == "Since the run before (run-1): 1 new, 2 moved, 1 gone."


def test_a_kind_run_for_the_first_time_needs_no_other_reason() -> None:
    first = Changes("run-1", frozenset({NEW.finding_id}), (), {}, {"hub": Why(first=True, evidence=True)})
    assert since.told(NEW, first, EN)[1:] == ["This kind was not run before."]


def test_signs_of_moves_have_a_legend_where_there_are_any() -> None:
    assert since.moves(["", "▼▼", "new"])
    assert since.moves(["▲ 11"])
    assert not since.moves(["", "new", "gone"])
    assert "another tier" in since.legend(words("en"))
