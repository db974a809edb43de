"""Which detections are there, and what does a run of them give?  One ordered, reproducible document."""

import dataclasses
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from graph.detect.context import DetectionContext, Evidence
from graph.detect.finding import Finding, FindingsDocument, best_first
from graph.detect.minors import MINORS_VERSION, MinorParameters
from graph.detect.parameters import build
from graph.detect.registry import BY_KIND, DETECTIONS, Detection
from graph.errors import DetectionError
from ingest.runtime.garbage_collection import collector_paused

Progress = Callable[[str, int, int | None], None]


@collector_paused()
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
    minor_parameters = build(MinorParameters, given.get("minors", {}), "minors")
    needed = _with_used(chosen)
    built = {item.kind: build(item.parameters, given.get(item.kind, {}), item.kind) for item in needed}
    finders: dict[str, Callable[[], tuple[Finding, ...]]] = {}
    context = DetectionContext(lake, minors=minor_parameters, finders=finders)
    finders.update((item.kind, partial(item.find, context, built[item.kind])) for item in needed)
    findings: list[Finding] = []
    try:
        for done, detection in enumerate(chosen):
            if progress is not None:
                progress(f"detect {detection.kind}", done, len(chosen))
            found = context.findings_of(detection.kind)
            findings.extend(found)
            if not found:
                _note_missing(context, detection)
    finally:
        context.close()
    if progress is not None:
        progress("detect", len(chosen), len(chosen))
    digest = lake.digest()
    described: dict[str, Any] = {
        "kinds": [item.kind for item in chosen],
        "minors": {**dataclasses.asdict(minor_parameters), "version": MINORS_VERSION},
    }
    for item in needed:
        described[item.kind] = {
            **dataclasses.asdict(built[item.kind]),
            "version": item.version,
            "notes": sorted(context.notes.get(item.kind, [])),
        }
    described = json.loads(json.dumps(described, ensure_ascii=False))  # tuples become lists, as in a stored document
    return FindingsDocument(lake.case.name, _run_id(digest, described), digest, described, best_first(tuple(findings)))


def _note_missing(context: DetectionContext, detection: Detection) -> None:
    """Say why nothing was found where the case has no rows of a table that the detection needs."""
    for name in detection.needs:
        if not context.rows(context.table(name).select("record_id").limit(1)):
            context.note(detection.kind, f"the case has no {name}: nothing could be found")


def _chosen(kinds: Sequence[str]) -> tuple[Detection, ...]:
    """The registry's rows of those kinds, in the registry's order whatever the order asked for."""
    available = [detection.kind for detection in DETECTIONS]
    for kind in kinds:
        if kind != "all" and kind not in available:
            raise DetectionError(f"no detection {kind!r}", fix=f"choose from {', '.join(available)} or all")
    if not kinds:
        raise DetectionError("no detection was named", fix=f"choose from {', '.join(available)} or all")
    return tuple(item for item in DETECTIONS if "all" in kinds or item.kind in kinds)


def _with_used(chosen: Sequence[Detection]) -> tuple[Detection, ...]:
    """Those, and whatever they use, in the registry's order: its parameters change their findings."""
    kinds = {item.kind for item in chosen}
    waiting = list(kinds)
    while waiting:
        for used in BY_KIND[waiting.pop()].uses:
            if used not in kinds:
                kinds.add(used)
                waiting.append(used)
    return tuple(item for item in DETECTIONS if item.kind in kinds)


def _run_id(digest: str, described: Mapping[str, Any]) -> str:
    """``run-`` and 16 hex digits over evidence, kinds, parameters and method versions; notes follow from these."""
    text = json.dumps([digest, described], ensure_ascii=False, sort_keys=True)
    return f"run-{hashlib.sha256(text.encode()).hexdigest()[:16]}"
