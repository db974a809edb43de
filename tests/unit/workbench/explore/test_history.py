"""A canvas's steps: whatever is done to a board is undone to the start, and survives being written down."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.explore import changes
from workbench.explore.board import COLORS, Board
from workbench.explore.filters import Filters
from workbench.explore.history import MOST, History
from workbench.explore.written import read, step_read, step_written, written

KEYS = [f"Account/p:{name}" for name in "abcdefgh"]
some = st.sets(st.sampled_from(KEYS), min_size=1, max_size=4)
spots = st.tuples(st.floats(-50, 50), st.floats(-50, 50))
steps = st.one_of(
    st.builds(lambda keys: lambda board: changes.added(board, keys), some),
    st.builds(lambda keys: lambda board: changes.removed(board, keys), some),
    st.builds(lambda where: lambda board: changes.moved(board, where), st.dictionaries(st.sampled_from(KEYS), spots)),
    st.builds(lambda where: lambda board: changes.placed(board, where), st.dictionaries(st.sampled_from(KEYS), spots)),
    st.builds(lambda keys: lambda board: changes.hidden(board, keys), some),
    st.builds(lambda keys: lambda board: changes.kept_only(board, keys), some),
    st.just(changes.unhidden),
    st.builds(lambda keys, on: lambda board: changes.pinned(board, keys, on=on), some, st.booleans()),
    st.builds(
        lambda keys, color: lambda board: changes.marked(board, keys, color), some, st.sampled_from(("", *COLORS))
    ),
    st.builds(lambda keys, fold: lambda board: changes.grouped(board, keys, "Crew", folded=fold), some, st.booleans()),
    st.just(lambda board: changes.ungrouped(board, "1")),
    st.builds(lambda text, key: lambda board: changes.noted(board, text, (1, 2), about=key), st.text(max_size=5),
              st.sampled_from(KEYS)),
    st.just(lambda board: changes.unnoted(board, "1")),
    st.builds(lambda least: lambda board: replace(board, filters=Filters(least_weight=least)), st.integers(1, 9)),
    st.builds(lambda kind: lambda board: replace(board, filters=Filters(labels_off=frozenset({kind}))), st.text()),
    st.builds(lambda size: lambda board: replace(board, style={**board.style, "size": size}), st.text()),
)
moves = st.lists(st.one_of(steps, st.sampled_from(("undo", "redo", "reload"))), max_size=200)


@settings(max_examples=60, deadline=None)
@given(moves)
def test_two_hundred_steps_undone_are_the_start_and_redone_the_end(listed: list[object]) -> None:
    history, boards, at = History(), [Board()], 0  # the boards themselves are the model of what steps restore
    for move in listed:
        if move == "undo":
            history, at = history.undo(), max(at - 1, 0)
        elif move == "redo":
            history, at = history.redo(), min(at + 1, len(boards) - 1)
        elif move == "reload":
            kept = [step_written(step) for step in (*history.done, *history.undone)]
            again = tuple(map(step_read, kept))
            cut = len(history.done)
            history = History(read(written(history.board)), again[:cut], again[cut:])
        else:
            board = move(history.board)  # type: ignore[operator]
            if board != history.board:
                boards, at = [*boards[: at + 1], board], at + 1
            history = history.then(board, "step")
        assert history.board == boards[at]
        assert _sound(history.board)
    while history.done:
        history = history.undo()
    assert history.board == Board()
    while history.undone:
        history = history.redo()
    assert history.board == boards[-1]


def _sound(board: Board) -> bool:
    """What is said is said of nodes on the board."""
    said = board.pinned | board.hidden | board.single | board.marks.keys()
    said |= {key for group in board.groups.values() for key in group.members}
    members = [key for group in board.groups.values() for key in group.members]
    return said <= board.nodes and len(members) == len(set(members))


def test_a_change_after_an_undo_forgets_what_was_undone_and_no_change_is_no_step() -> None:
    history = History().then(changes.added(Board(), KEYS[:2]), "expand", count=2)
    assert history.then(history.board, "hide") is history
    other = history.undo().then(changes.added(Board(), KEYS[2:3]), "search", count=1)
    assert (other.undone, [step.name for step in other.done]) == ((), ["search"])
    assert (other.undo().board, other.undo().undo().board) == (Board(), Board())


def test_the_two_hundred_latest_steps_are_kept() -> None:
    history = History()
    for number in range(MOST + 5):
        history = history.then(replace(history.board, layout=str(number)), "layout", count=number)
    assert (len(history.done), history.done[0].count) == (MOST, 5)


def test_a_picture_of_an_older_version_stands_where_it_stood() -> None:
    text = '{"folding":false,"nodes":["Account/p:a"],"opened":[],"path":["Account/p:a"],'
    text += '"places":{"Account/p:a":[0.5,-0.25]}}'
    board = read(text)
    assert board.places == {"Account/p:a": (0.8, -0.25)}
    assert (board.folding, board.paths) == (False, (("Account/p:a",),))
    assert read(written(board)) == board
