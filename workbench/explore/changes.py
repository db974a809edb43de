"""What can be done to a board?  Each change gives a new one; whatever stands stays where it is."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from workbench.explore.board import COLORS, GROUP, OWN, Board, Group, Note, Place, place

MOST_CHARACTERS, MOST_TITLE = 2_000, 200
"""Of a note and of a group's title: what is longer is refused where it is written, not cut."""


def added(board: Board, keys: Iterable[str], *, single: Iterable[str] = ()) -> Board:
    """With these nodes on it, seen again where they were hidden; ``single`` ones are never folded away."""
    new, alone = frozenset(keys), frozenset(single)
    return replace(
        board, nodes=board.nodes | new | alone, hidden=board.hidden - new - alone, single=board.single | alone
    )


def removed(board: Board, keys: Iterable[str]) -> Board:
    """Without these nodes, and without what was said of them alone."""
    gone = frozenset(keys) & board.nodes
    if not gone:
        return board
    groups = {}
    for number, group in board.groups.items():
        members = tuple(key for key in group.members if key not in gone)
        if members:
            groups[number] = replace(group, members=members)
    paths = tuple(path for path in board.paths if not gone & set(path))
    kept = {f"{OWN}{number}" for number in groups}
    return replace(
        board, nodes=board.nodes - gone, hidden=board.hidden - gone,
        pinned=frozenset(key for key in board.pinned - gone if not key.startswith(OWN) or key in kept),
        single=board.single - gone, groups=groups, paths=paths, lit=board.lit if paths == board.paths else None,
        marks={key: color for key, color in board.marks.items() if key not in gone},
        notes={number: note for number, note in board.notes.items() if note.about not in gone},
        places={
            key: where for key, where in board.places.items()
            if key not in gone and (not key.startswith(OWN) or key in kept)
        },
    )


def moved(board: Board, places: Mapping[str, Place]) -> Board:
    """With these placed by hand: they are pinned there, marks of groups too."""
    where = {key: place(*to) for key, to in places.items()}
    return replace(board, places={**board.places, **where}, pinned=board.pinned | {
        key for key in where if key in board.nodes or key.startswith(f"{GROUP}/")
    })


def placed(board: Board, places: Mapping[str, Place]) -> Board:
    """With these places, of a layout: nothing is pinned by it, and what is pinned does not move."""
    where = {key: place(*to) for key, to in places.items() if key not in board.pinned or key not in board.places}
    return replace(board, places={**board.places, **where}) if where else board


def pinned(board: Board, keys: Iterable[str], *, on: bool = True) -> Board:
    """With these pinned where they are, or free again."""
    chosen = frozenset(keys)
    return replace(board, pinned=board.pinned | (chosen & board.nodes) if on else board.pinned - chosen)


def hidden(board: Board, keys: Iterable[str]) -> Board:
    """With these hidden; they stay on the board."""
    return replace(board, hidden=board.hidden | (frozenset(keys) & board.nodes))


def kept_only(board: Board, keys: Iterable[str]) -> Board:
    """With all others hidden."""
    return replace(board, hidden=board.hidden | (board.nodes - frozenset(keys)))


def unhidden(board: Board, keys: Iterable[str] | None = None) -> Board:
    """With these, or all that were hidden by hand, seen again."""
    return replace(board, hidden=board.hidden - frozenset(keys) if keys is not None else frozenset())


def marked(board: Board, keys: Iterable[str], color: str) -> Board:
    """With a colour mark on these; the empty colour takes it off."""
    if color and color not in COLORS:
        raise ValueError(f"no colour {color!r}")
    chosen = frozenset(keys) & board.nodes
    kept = {key: found for key, found in board.marks.items() if key not in chosen}
    return replace(board, marks=kept | dict.fromkeys(sorted(chosen), color) if color else kept)


def grouped(board: Board, keys: Iterable[str], title: str, *, color: str = "grey", folded: bool = False) -> Board:
    """With these in a group of their own, taken out of the groups they were in."""
    chosen = tuple(sorted(frozenset(keys) & board.nodes))
    if not chosen:
        return board
    number = _next(board.groups)
    groups = dict(_without(board.groups, frozenset(chosen)))
    groups[number] = Group(title.strip(), chosen, folded, color)
    return replace(board, groups=groups)


def regrouped(board: Board, number: str, **said: object) -> Board:
    """With another title, colour or folding of a group."""
    group = board.groups.get(number)
    return replace(board, groups={**board.groups, number: replace(group, **said)}) if group else board  # type: ignore[arg-type]


def ungrouped(board: Board, number: str) -> Board:
    """Without a group; its nodes stay."""
    places = {key: where for key, where in board.places.items() if key != f"{OWN}{number}"}
    groups = {key: group for key, group in board.groups.items() if key != number}
    return replace(board, groups=groups, places=places, pinned=board.pinned - {f"{OWN}{number}"})


def noted(board: Board, text: str, where: Place, *, about: str = "", color: str = "yellow") -> Board:
    """With a note at a place, beside a node or by itself; an empty one is none."""
    words = text.strip()
    if not words:
        return board
    note = Note(words, place(*where), color, about if about in board.nodes else "")
    return replace(board, notes={**board.notes, _next(board.notes): note})


def renoted(board: Board, number: str, **said: object) -> Board:
    """With other words, another place or colour of a note."""
    note = board.notes.get(number)
    return replace(board, notes={**board.notes, number: replace(note, **said)}) if note else board  # type: ignore[arg-type]


def beside(before: Board, after: Board) -> Board:
    """``after``, in which notes that stand beside a node went with it where it was moved, by whatever moved it."""
    notes = dict(after.notes)
    for number, note in after.notes.items():
        here, there = before.places.get(note.about), after.places.get(note.about)
        if here is None or there is None or here == there or before.notes.get(number) != note:
            continue
        by = (there[0] - here[0], there[1] - here[1])
        notes[number] = replace(note, place=place(note.place[0] + by[0], note.place[1] + by[1]))
    return replace(after, notes=notes) if notes != after.notes else after


def unnoted(board: Board, number: str) -> Board:
    """Without a note."""
    return replace(board, notes={key: note for key, note in board.notes.items() if key != number})


def opened(board: Board, mark: str) -> Board:
    """With the nodes of a mark shown one by one, of leaves or of a person's own group."""
    if mark.startswith(OWN):
        return regrouped(board, mark.removeprefix(OWN), folded=False)
    return replace(board, opened=board.opened | {mark})


def _without(groups: Mapping[str, Group], gone: frozenset[str]) -> Mapping[str, Group]:
    left = {}
    for number, group in groups.items():
        members = tuple(key for key in group.members if key not in gone)
        if members:
            left[number] = replace(group, members=members)
    return left


def _next(numbered: Mapping[str, object]) -> str:
    return str(max((int(number) for number in numbered), default=0) + 1)
