"""How is a board kept?  As JSON; equal boards give equal texts, and steps of a history are kept one by one."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from typing import Any, Final

from workbench.explore.board import Board, Group, Note, place
from workbench.explore.filters import ALL, Filters
from workbench.explore.history import Patch, Step
from workbench.explore.shown import ASPECT

VERSION: Final = 2


def written(board: Board) -> str:
    """The board as text."""
    return _text({"version": VERSION, **{name: value for name, value in _plain(board).items() if value is not None}})


def read(text: str) -> Board:
    """The board again; of version 1 too, in which places were not yet drawn out to the canvas's width."""
    told: dict[str, Any] = json.loads(text)
    if told.get("version") != VERSION:
        return _first_version(told)
    return Board(**{item.name: _value(item.name, told[item.name]) for item in fields(Board) if item.name in told})


def step_written(step: Step) -> str:
    """A step as text."""
    body = {"name": step.name, "count": step.count, "back": _patch(step.back), "forth": _patch(step.forth)}
    return _text(body)


def step_read(text: str) -> Step:
    """The step again."""
    told: dict[str, Any] = json.loads(text)
    return Step(told["name"], told["count"], _patch_read(told["back"]), _patch_read(told["forth"]))


def _first_version(told: Mapping[str, Any]) -> Board:
    return Board(
        nodes=frozenset(told["nodes"]), places={key: place(x * ASPECT, y) for key, (x, y) in told["places"].items()},
        folding=bool(told["folding"]), opened=frozenset(told["opened"]),
        paths=(tuple(told["path"]),) if told["path"] else (),
    )


def _plain(board: Board) -> dict[str, Any]:
    return {item.name: _as_json(getattr(board, item.name)) for item in fields(Board)}


def _as_json(value: Any) -> Any:
    match value:
        case frozenset():
            return sorted(value)
        case Mapping():
            return {name: _as_json(found) for name, found in sorted(value.items())}
        case Group() | Note():
            return asdict(value)
        case Filters():
            return {name: _as_json(found) for name, found in asdict(value).items() if found != getattr(ALL, name)}
        case _:
            return value


def _patch(patch: Patch) -> dict[str, Any]:
    """A set's change as two lists, a map's names that go as null."""
    return {
        name: [sorted(part) for part in value] if name in _SETS else _as_json(value)
        for name, value in sorted(patch.items())
    }


def _patch_read(told: Mapping[str, Any]) -> Patch:
    found: dict[str, Any] = {}
    for name, value in told.items():
        if name in _SETS:
            put, taken = value
            found[name] = (frozenset(put), frozenset(taken))
        elif name in _MAPS:
            found[name] = {key: None if item is None else _MAPS[name](item) for key, item in value.items()}
        else:
            found[name] = _value(name, value)
    return found


def _value(name: str, told: Any) -> Any:
    if name in _SETS:
        return frozenset(told)
    if name in _MAPS:
        return {key: _MAPS[name](item) for key, item in told.items()}
    return _OTHERS.get(name, _same)(told)


def _group(told: Mapping[str, Any]) -> Group:
    return Group(told["title"], tuple(told["members"]), told["folded"], told["color"])


def _note(told: Mapping[str, Any]) -> Note:
    return Note(told["text"], place(*told["place"]), told["color"], told["about"])


def _filters(told: Mapping[str, Any]) -> Filters:
    sets = {name: frozenset(told.get(name, ())) for name in ("labels_off", "types_off")}
    return Filters(**{**told, **sets})


def _same(told: Any) -> Any:
    return told


def _text(body: Mapping[str, Any]) -> str:
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


_SETS = ("nodes", "pinned", "hidden", "single", "opened")
_MAPS: Mapping[str, Callable[[Any], Any]] = {
    "places": lambda told: place(*told), "marks": _same, "groups": _group, "notes": _note, "style": _same,
}
_OTHERS: Mapping[str, Callable[[Any], Any]] = {
    "filters": _filters, "leads": tuple, "paths": lambda told: tuple(tuple(path) for path in told),
}
