"""Parameters: every one described, every value checked, every fault said in one line."""

from dataclasses import dataclass

import pytest

from graph.detect.convergence import ConvergenceParameters
from graph.detect.parameters import Parameters, build, setting, settings
from graph.detect.registry import DETECTIONS, Detection
from graph.errors import DetectionError


@dataclass(frozen=True)
class Some(Parameters):
    least: int = setting(3, label="Accounts, at least", unit="accounts", why="three make a group", at_least=2)
    share: float = setting(0.5, label="Share", unit="share", why="half", above=0, below=1)
    windows: tuple[int, ...] = setting((60,), label="Windows", unit="seconds", why="a minute", at_least=1)
    on: bool = setting(True, label="On", unit="yes or no", why="on")
    parts: tuple[str, ...] = setting(
        ("ages", "names"), label="Signals", unit="signals", why="all", choices={"ages": "Ages", "names": "Names"}
    )

    def check(self) -> None:
        if self.least > 10 and not self.on:
            raise ValueError("least above 10 needs on")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"least": 1}, "least is 1: allowed is a whole number, at least 2"),
        ({"least": 2.5}, "least is 2.5: allowed is a whole number, at least 2"),
        ({"least": True}, "least is True: allowed is a whole number"),
        ({"share": 1}, "share is 1: allowed is a number, above 0 and below 1"),
        ({"share": float("nan")}, "share is nan: allowed is a number"),
        ({"share": "a"}, "share is 'a': allowed is a number"),
        ({"windows": []}, r"windows is \[\]: allowed is one or more of a whole number"),
        ({"windows": [0, 5]}, r"windows is \[0, 5\]: allowed is one or more of a whole number, at least 1"),
        ({"on": 1}, "on is 1: allowed is true or false"),
        ({"least": 11, "on": False}, "least above 10 needs on"),
        ({"parts": ["ages", "age"]}, r"parts is \['ages', 'age'\]: allowed is some or none of ages, names"),
        ({"parts": "ages"}, "parts is 'ages': allowed is some or none of ages, names"),
        ({"leest": 1}, "no parameter leest"),
        ([1], "parameters are a mapping"),
    ],
)
def test_a_value_that_does_not_fit_is_said_with_what_is_allowed(given, says):
    with pytest.raises(DetectionError, match=says) as error:
        build(Some, given, "some")
    assert "\n" not in str(error.value)
    assert "some" in str(error.value)


def test_lists_become_tuples_and_whole_numbers_may_stand_for_numbers():
    assert build(Some, {"windows": [5, 6], "least": 4}, "some").windows == (5, 6)
    assert build(Some, {"parts": []}, "some").parts == ()
    assert build(ConvergenceParameters, {"peers": 4}, "convergence").peers == 4


@pytest.mark.parametrize("item", [*DETECTIONS], ids=lambda item: item.kind)
def test_every_parameter_of_every_detection_has_a_label_a_unit_and_a_reason(item):
    assert issubclass(item.parameters, Parameters)
    for described, _ in settings(item.parameters).values():
        assert described.label
        assert described.unit
        assert described.why


@pytest.mark.parametrize("detection", DETECTIONS, ids=lambda detection: str(detection.kind))
def test_no_number_of_a_detection_may_be_infinite_which_no_document_could_hold(detection: Detection) -> None:
    for name, (_described, default) in settings(detection.parameters).items():
        if isinstance(default, float):
            with pytest.raises(DetectionError, match=f"{name} is inf: allowed is a number"):
                build(detection.parameters, {name: float("inf")}, detection.kind)
