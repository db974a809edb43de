"""Which detections are there, and what does a run of them give?  One ordered, reproducible document."""

import dataclasses
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from graph.detect import ambush, convergence, extortion, hubs, owners, recruitment, rooms, shells
from graph.detect.context import Detection, DetectionContext, Evidence
from graph.detect.finding import Finding, FindingsDocument, best_first
from graph.detect.minors import MINORS_VERSION, MinorParameters
from graph.errors import DetectionError

Progress = Callable[[str, int, int | None], None]

# One row a detection, as Detection("hub", hubs.HubParameters, hubs.find_hubs, version=1); a new detection is a module
# with a frozen parameters dataclass and a find function, and a row here.
DETECTIONS: tuple[Detection, ...] = (
    Detection("hub", hubs.HubParameters, hubs.find_hubs, version=6),
    Detection("ambush", ambush.AmbushParameters, ambush.find_ambush, version=6),
    Detection("convergence", convergence.ConvergenceParameters, convergence.find_convergence, version=6),
    Detection("recruitment", recruitment.RecruitmentParameters, recruitment.find_recruitment, version=5),
    Detection("extortion", extortion.ExtortionParameters, extortion.find_extortion, version=4),
    Detection("shell", shells.ShellParameters, shells.find_shells, version=5),
    Detection("owner", owners.OwnerParameters, owners.find_owners, version=5),
    Detection("room", rooms.RoomParameters, rooms.find_rooms, version=3),
)


def detect(
    lake: Evidence,
    kinds: Sequence[str],
    *,
    parameters: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
) -> FindingsDocument:
    """Run the detections of ``kinds`` (``["all"]``: every one there is) over a lake; best findings first.

    ``parameters`` maps a kind, or ``minors``, to values for some fields of its parameters dataclass.  The document's
    ``parameters`` hold ``kinds``, ``minors`` and for each kind its full parameters, method ``version`` and ``notes``.
    Raises DetectionError for an unknown kind, an unknown field or a value its dataclass refuses.
    """
    chosen = _chosen(kinds)
    given = dict(parameters or {})
    unknown = sorted(set(given) - {"minors", *(detection.kind for detection in DETECTIONS)})
    if unknown:
        raise DetectionError(
            f"no detection takes parameters {', '.join(unknown)}",
            fix=f"use minors or one of {', '.join(detection.kind for detection in DETECTIONS)}",
        )
    minor_parameters = _build(MinorParameters, given.get("minors", {}), "minors")
    built = {item.kind: _build(item.parameters, given.get(item.kind, {}), item.kind) for item in chosen}
    context = DetectionContext(lake, minors=minor_parameters)
    findings: list[Finding] = []
    try:
        for done, detection in enumerate(chosen):
            if progress is not None:
                progress(f"detect {detection.kind}", done, len(chosen))
            findings.extend(detection.find(context, built[detection.kind]))
    finally:
        context.close()
    if progress is not None:
        progress("detect", len(chosen), len(chosen))
    digest = lake.digest()
    described: dict[str, Any] = {
        "kinds": [item.kind for item in chosen],
        "minors": {**dataclasses.asdict(minor_parameters), "version": MINORS_VERSION},
    }
    for item in chosen:
        described[item.kind] = {
            **dataclasses.asdict(built[item.kind]),
            "version": item.version,
            "notes": sorted(context.notes.get(item.kind, [])),
        }
    described = json.loads(json.dumps(described, ensure_ascii=False))  # tuples become lists, as in a stored document
    return FindingsDocument(lake.case.name, _run_id(digest, described), digest, described, best_first(tuple(findings)))


def _chosen(kinds: Sequence[str]) -> tuple[Detection, ...]:
    """The registry's rows of those kinds, in the registry's order whatever the order asked for."""
    available = [detection.kind for detection in DETECTIONS]
    for kind in kinds:
        if kind != "all" and kind not in available:
            raise DetectionError(f"no detection {kind!r}", fix=f"choose from {', '.join(available)} or all")
    if not kinds:
        raise DetectionError("no detection was named", fix=f"choose from {', '.join(available)} or all")
    return tuple(item for item in DETECTIONS if "all" in kinds or item.kind in kinds)


def _build(parameters: type[Any], given: Any, kind: str) -> Any:
    """The dataclass with the given fields; DetectionError names the field that does not fit."""
    fields = {field.name for field in dataclasses.fields(parameters)}
    if not isinstance(given, Mapping):
        raise DetectionError("parameters are a mapping of field to value", where=kind)
    unknown = sorted(set(given) - fields)
    if unknown:
        raise DetectionError(
            f"no parameter {', '.join(unknown)}", where=kind, fix=f"choose from {', '.join(sorted(fields))}"
        )
    try:
        return parameters(**{name: tuple(v) if isinstance(v, list) else v for name, v in given.items()})
    except (TypeError, ValueError) as error:
        raise DetectionError(str(error), where=kind) from error


def _run_id(digest: str, described: Mapping[str, Any]) -> str:
    """``run-`` and 16 hex digits over evidence, kinds, parameters and method versions; notes follow from these."""
    text = json.dumps([digest, described], ensure_ascii=False, sort_keys=True)
    return f"run-{hashlib.sha256(text.encode()).hexdigest()[:16]}"
