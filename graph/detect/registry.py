"""Which detections are there?  One row with everything about a kind; a new detection is a package and a row here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from graph.detect.ambush import AmbushParameters, find_ambush
from graph.detect.context import DetectionContext
from graph.detect.convergence import ConvergenceParameters, find_convergence
from graph.detect.extortion import ExtortionParameters, find_extortion
from graph.detect.finding import Finding
from graph.detect.hubs import HubParameters, find_hubs
from graph.detect.owners import OwnerParameters, find_owners
from graph.detect.recruitment import RecruitmentParameters, find_recruitment
from graph.detect.rooms import RoomParameters, find_rooms
from graph.detect.shells import ShellParameters, find_shells


@dataclass(frozen=True)
class Detection:
    """A kind of finding: its frozen parameters dataclass and the pure function that finds.

    ``version`` is raised whenever the method's answers may change; it is part of the run id.  ``targets_are_minors``:
    every target of such a finding is a minor, and masked.  ``needs``: tables without which nothing can be found: where
    nothing is, a note says so.  ``uses``: kinds whose findings it reads through ``context.findings_of``, with the
    caller's parameters.  ``benign``: codes of its counter-evidence that name a harmless explanation.
    Its labels, sentences and description stand in ``graph/detect/wordings/{en,fr}/KIND.toml``.
    """

    kind: str
    parameters: type[Any]
    find: Callable[[DetectionContext, Any], tuple[Finding, ...]]
    version: int
    targets_are_minors: bool = False
    needs: tuple[str, ...] = ("messages",)
    uses: tuple[str, ...] = ()
    benign: tuple[str, ...] = ()


DETECTIONS: tuple[Detection, ...] = (
    Detection(
        "hub", HubParameters, find_hubs, version=23, targets_are_minors=True,
        benign=("role", "one_text_for_all", "writes_to_whoever_arrives", "circle_of_friends", "know_each_other"),
    ),
    Detection(
        "ambush", AmbushParameters, find_ambush, version=25,
        benign=(
            "come_in_part", "answered_like_friends", "crowd_around_targets", "minors_among_members",
            "targets_newly_arrived",
        ),
    ),
    Detection(
        "convergence", ConvergenceParameters, find_convergence, version=23, uses=("ambush",),
        benign=("one_wave", "public_occasion"),
    ),
    Detection(
        "recruitment", RecruitmentParameters, find_recruitment, version=14,
        benign=(
            "role", "role_of_the_person_named", "a_common_word", "minors_mostly", "mass_mailing", "one_occasion",
            "a_number", "no_person_named",
        ),
    ),
    Detection(
        "extortion", ExtortionParameters, find_extortion, version=13, targets_are_minors=True,
        benign=("asked_in_turn", "they_wrote_first"),
    ),
    Detection(
        "shell", ShellParameters, find_shells, version=23, needs=("accounts",),
        benign=("talk_with_each_other", "devices_of_their_own", "device_changed_hands", "role"),
    ),
    Detection(
        "owner", OwnerParameters, find_owners, version=16, needs=("ownerships",), benign=("entry_of_the_register",)
    ),
    Detection(
        "room", RoomParameters, find_rooms, version=11, targets_are_minors=True,
        benign=("minors_begin_as_well",),
    ),
)
BY_KIND = {detection.kind: detection for detection in DETECTIONS}
KINDS: tuple[str, ...] = tuple(BY_KIND)
