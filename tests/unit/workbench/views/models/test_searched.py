"""What a run looked for: kinds with leads are counted, and what the case holds nothing for is told."""

from pathlib import Path
from typing import Any

import pytest

from graph.detect.context import DetectionContext
from graph.detect.finding import Finding, FindingsDocument
from graph.detect.hubs import HubParameters, find_hubs
from graph.detect.reason import Reason
from graph.detect.shells import ShellParameters, find_shells
from tests.unit.graph.detect.small_platform import Platform, lake_of, write_folder
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
            "recherche impossible\u00a0: l’affaire n’a pas de table «\u00a0participations\u00a0»"]),
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


def test_where_no_minor_is_known_convergence_says_that_it_looked_for_a_rush_alone() -> None:
    note = "nobody written to first is known to be a minor: a rush of 10 within 24 h alone was looked for"
    for language, told in (("en", "looked for only as 10 people who wrote first"), ("fr", "recherché seulement 10")):
        assert next(iter(searched(ran(hub=[note]), words(language)).values())).startswith(told)


def test_what_could_hardly_be_tested_is_not_said_to_have_been_looked_for(tmp_path: Path) -> None:
    """Of a case in which no adult's age and hardly a mark is known it was said that nothing stands out."""
    platform = Platform()
    platform.ordinary_life()
    for entry in platform.accounts:
        if entry["account_id"] in platform.adults:
            entry["declared_age"] = None
    tables = platform.tables()
    tables["identifiers"] = [
        {"account_id": name, "kind": "email", "value": f"{name}@example.org"} for name in platform.teens[:6]
    ]
    with lake_of(tmp_path / "workspace", [write_folder(tmp_path / "source", tables)]) as lake:
        context = DetectionContext(lake)
        find_hubs(context, HubParameters())
        find_shells(context, ShellParameters())
    told = searched(ran(hub=context.notes["hub"], ambush=context.notes["shell"]), words("en"))
    assert told["hub"] == (
        "looked for among accounts of unknown age alone: nobody who wrote first is known to be an adult"
    )
    assert told["ambush"] == "hardly looked for: 6 of 150 accounts have a device, an address or another mark"
