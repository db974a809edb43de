"""What a team sees of a query's revisions."""

from workbench.casebook.saved import Sharing
from workbench.language import words
from workbench.masking.leads import lead_called
from workbench.views.models import team
from workbench.views.models.names import Names


def test_of_a_difference_the_lines_that_went_and_came_are_shown_and_no_marks_of_a_file() -> None:
    difference = [
        "--- q revision 1, ann\t2024-05-01T12:00:00.123456Z", "+++ q revision 2, bob\t2024-05-02T12:00:00.123456Z",
        "@@ -6,4 +6,4 @@", " // revision: 1", "-RETURN 1", "+RETURN 2", "+--- three", " LIMIT 3",
        "@@ -20,2 +20,2 @@", "-LIMIT 3",
    ]
    assert team.changed_lines(difference) == ["- RETURN 1", "+ RETURN 2", "+ --- three", "", "- LIMIT 3"]
    assert team.changed_lines([]) == []


def test_of_those_it_is_shared_with_is_said_who_may_edit_it() -> None:
    sharing = Sharing(True, {"noor": "edit", "eve": "run"})
    said = team.sharing_text(sharing, "mira", words("en"))
    assert said == "Of mira; everybody may run it, shared by name with eve, noor (may edit it)."


def test_values_of_a_run_mask_who_is_masked_and_name_leads_as_they_are_called() -> None:
    """A lead's id follows from whom it is about."""
    names, lead = Names({"p:kid": "fox"}, frozenset({"p:kid"}), key=b"key"), "hub-0123456789abcdef"
    given = {"account": ["p:kid", "p:oak"], "lead": lead}
    assert team.values(given, names, words("en")) == (
        f"account = {names.of('p:kid')}, p:oak; lead = {lead_called(lead, b'key')}"
    )
