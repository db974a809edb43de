"""What did people write on their pictures?  Saved views with their notes, groups and colour marks, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.canvas.words import axis_sentences
from workbench.casebook.saved.boards import Boards, BoardView
from workbench.errors import WorkbenchError
from workbench.explore.board import Board
from workbench.explore.written import read
from workbench.language.vocabulary import mark_kind
from workbench.plain_text import plain_text
from workbench.report.content import Block, Figure, Pairs, Section, Table, Text
from workbench.report.pictures.saved_view import Pictured, printed
from workbench.views.models.explore.words import hidden, period_told

if TYPE_CHECKING:
    from workbench.report.material import Material

MOST_NAMED = 500
"""Members of a group that are named; the others are counted."""


@dataclass(frozen=True)
class SavedView:
    """The latest revision of a saved view and the board that it holds."""

    saved: BoardView
    board: Board
    pictured: Pictured | None = None

    @property
    def ids(self) -> set[str]:
        """Whoever its notes, groups and marks are about, and whoever is drawn."""
        board = self.board
        keys = {note.about for note in board.notes.values()} | set(board.marks)
        keys.update(key for group in board.groups.values() for key in group.members)
        drawn = self.pictured.ids if self.pictured is not None else set()
        return {_identity(key) for key in keys if key} | drawn


def read_views(boards: Boards, case: str, names: Sequence[str]) -> tuple[SavedView, ...]:
    """The views of these names; raises WorkbenchError for one that the case lacks or that cannot be read."""
    found = []
    for name in names:
        view = boards.view(case, name)
        if view is None:
            there = ", ".join(one.name for one in boards.views(case)) or "none"
            raise WorkbenchError(f"no saved view {name!r}", where="report", fix=f"the case has: {there}")
        try:
            found.append(SavedView(view, read(view.body)))
        except (KeyError, TypeError, ValueError) as error:
            raise WorkbenchError(
                f"the saved view {name!r} cannot be read", where="report", fix="open it in Explore and save it again"
            ) from error
    return tuple(found)


def view_sections(material: "Material") -> tuple[Section, ...]:
    """One section with a part for each view; none where none was chosen."""
    if not material.views:
        return ()
    parts = tuple(_view(material, view) for view in material.views)
    return (Section(material.words.gettext("Pictures with notes"), parts),)


def _view(material: "Material", view: SavedView) -> Section:
    words, board, saved = material.words, view.board, view.saved
    blocks: list[Block] = [Pairs((
        (words.gettext("Saved by"), plain_text(saved.user)),
        (words.gettext("Saved at"), words.instant(saved.at)),
        (words.gettext("Revision"), words.number(saved.revision)),
        (words.gettext("Nodes"), words.number(len(board.nodes))),
        (words.gettext("Drawn on the evidence"), saved.digest),
    ))]
    if period := period_told(board.filters, words):
        blocks.append(Text(period))
    if saved.digest != material.digest:
        blocks.append(Text(words.gettext("The evidence has changed since this picture was saved."), "note"))
    blocks.extend(_picture(material, view))
    notes = [
        (material.people.note(note.text), _named(material, note.about) or "–")
        for _, note in sorted(board.notes.items())
    ]
    groups = [
        (material.people.note(group.title), words.number(len(group.members)), _members(material, group.members))
        for _, group in sorted(board.groups.items())
    ]
    marks = [(_named(material, key), words.gettext(board.marks[key])) for key in _listed(material, sorted(board.marks))]
    tables = (
        Table((words.gettext("Note"), words.gettext("About")), tuple(notes), (64, 36)),
        Table((words.gettext("Group"), words.gettext("Nodes"), words.gettext("Members")), tuple(groups), (24, 10, 66)),
        Table((words.gettext("Marked"), words.gettext("Colour")), tuple(marks), (76, 24)),
    )
    blocks.extend(table for table in tables if table.rows)
    if not any(table.rows for table in tables):
        blocks.append(Text(words.gettext("Nothing is written on this picture."), "note"))
    return Section(material.people.note(saved.name), tuple(blocks))


def _picture(material: "Material", view: SavedView) -> tuple[Block, ...]:
    """As it was left, with what it leaves out; nothing where pictures are not asked for."""
    words = material.words
    if not material.choice.pictures:
        return ()
    found = view.pictured
    drawn = printed(view.board, found, material.people, words) if found is not None else None
    if found is None or drawn is None:
        return (Text(words.gettext("The picture cannot be drawn: the graph does not give its nodes now."), "note"),)
    told = [words.gettext(
        "As it was placed: nodes {nodes}, links {links}. Names without room are left out.",
        nodes=len(found.shown.drawn.nodes), links=len(found.shown.drawn.edges),
    )]
    if view.board.lit_steps_among({node.key for node in found.shown.drawn.nodes}):
        told.append(words.gettext("Orange links are steps of the paths that are lit."))
    told.extend(axis_sentences(found.axis, words))
    if unseen := hidden(found.shown, words):
        told.append(unseen)
    if missing := found.shown.missing:
        told.append(words.ngettext(
            "{number} node of this picture is not in the graph any more.",
            "{number} nodes of this picture are not in the graph any more.", missing,
        ))
    return (Figure(drawn, " ".join(told)),)


def _members(material: "Material", keys: Sequence[str]) -> str:
    named = [_named(material, key) for key in _listed(material, keys)[:MOST_NAMED]]
    more = len(keys) - len(named)
    if more:
        named.append(material.words.gettext("and {number} more", number=more))
    return ", ".join(named)


def _listed(material: "Material", keys: Sequence[str]) -> list[str]:
    """By what they are, minors last among people: between ids in order a label's place would tell the id."""
    return sorted(keys, key=lambda key: (key.partition("/")[0], material.people.sort_key(_identity(key))))


def _named(material: "Material", key: str) -> str:
    """A node in words: people by name or a minor's label, an identifier by its value unless it is a minor's."""
    label, _, identity = key.partition("/")
    if not identity:
        return ""
    if label == "Identifier":
        kind, _, value = identity.partition(":")
        called = plain_text(mark_kind(kind, material.words), limit=60)
        return material.words.pair(called, material.people.value(value, limit=80))
    return material.people.of(identity)


def _identity(key: str) -> str:
    return key.partition("/")[2]
