"""What a run looked for: kinds with leads are counted, and what the case holds nothing for is told."""

from typing import Any

import pytest

from graph.detect.finding import Finding, FindingsDocument
from graph.detect.reason import Reason
from workbench.language import words
from workbench.views.models.leads.searched import searched

HUB = Finding("hub", ("p:oak",), "weak", 0.1, (Reason("replay"),))
NO_OWNERS = "the case has no ownerships: nothing could be found"


def ran(*findings: Finding, **notes: list[str]) -> FindingsDocument:
    parameters: dict[str, Any] = {"kinds": ["hub", "ambush", "owner"]}
    return FindingsDocument(
        "c", "run-1", "sha256:0", {**parameters, **{kind: {"notes": told} for kind, told in notes.items()}}, findings
    )


@pytest.mark.parametrize(("language", "told"), [
    ("en", [
        "1 lead", "looked for, nothing stands out", "could not be looked for: the case has no table of ownerships",
    ]),
    ("fr", ["1 piste", "recherché, rien ne ressort",
            "recherche impossible : l’affaire n’a pas de table «\u202fparticipations\u202f»"]),
])
def test_each_kind_that_was_looked_for_says_what_came_of_it(language: Any, told: list[str]) -> None:
    found = searched(ran(HUB, ambush=["4 first contacts were left out"], owner=[NO_OWNERS]), words(language))
    assert list(found.values()) == told


def test_a_note_of_what_was_left_out_is_no_reason_for_finding_nothing() -> None:
    found = searched(ran(ambush=["4 first contacts were left out"]), words("en"))
    assert set(found.values()) == {"looked for, nothing stands out"}


def test_every_note_of_a_detection_that_could_find_nothing_is_told() -> None:
    """As the detections write them."""
    for note in (
        "no first contact goes to anybody known to be a minor: no ages, or none that apply",
        "there are no private messages between accounts: nothing to test",
        "there are no messages in rooms: nothing to place a contact in",
        "no platform has two rooms in which minors post: nothing to compare a room with",
        "nobody is in private contact with 3 people known to be minors: nothing to test",
        "nobody wrote first to 3 people: nothing to test",
        "the private messages have no text: off", "the private messages have no text: nothing to compare",
    ):
        assert searched(ran(hub=[note]), words("en"))["hub"].startswith("could not be looked for: "), note
