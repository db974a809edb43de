"""Part of the Sources screen: several files as a list, with what each is taken for and whether it can be read."""

from collections.abc import Sequence

import streamlit as st

from ingest.errors import FilatureError
from ingest.source_files import printable
from workbench.views import show
from workbench.views.language import _, ngettext, words_here
from workbench.views.models.faults.errors import error_text
from workbench.views.models.sources import states
from workbench.views.models.sources import tables as model
from workbench.views.models.sources.states import FileState
from workbench.views.models.sources.tables import Choice, Source
from workbench.views.sources.desk import Desk
from workbench.views.sources.source import chosen_format, why_not

_OPEN = "open_source"
_OPENED, _ALL, _LOOK = "opened_sources", "all_looked_at", "look_at_all"


def looked_at(sources: Sequence[Source]) -> tuple[set[str], bool]:
    """Paths of files that were opened, and whether all of these were asked for."""
    opened: set[str] = st.session_state.setdefault(_OPENED, set())
    return opened, st.session_state.get(_ALL) == [str(source.path) for source in sources]


def file_list(desk: Desk, choices: Sequence[Choice | None], *, asked: bool) -> tuple[int, list[str]]:
    """The list, what cannot be read first; the place of the open file, and the names of those that cannot be read.

    ``asked``: the zone is still to be said.
    """
    names = [str(source.path) for source in desk.sources]
    before = st.session_state.get(_OPEN)
    place = names.index(before) if before in names else 0
    found = _states(desk, choices, place, asked=asked)
    order = sorted(range(len(found)), key=lambda number: not found[number].blocks)
    rows = [
        (model.shown(desk.sources[number].name, (), limit=100), chosen_format(desk.sources[number]), found[number])
        for number in order
    ]
    st.caption(_("A click on a file opens it below."))
    frame = states.files_frame(rows, words_here())
    widths = (240, 170, 200, 330) if len(frame.columns) > 3 else (380, 280, 280)
    high = {"row": show.LINES} if len(frame.columns) > 3 else {}
    chosen = show.chosen_row(frame, key="source_list", empty="", height=250, pixels=widths, **high)
    if chosen is not None or before not in names:
        place = order[chosen or 0]
    st.session_state[_OPEN] = names[place]  # a list whose states have changed is another one: nothing is chosen in it
    opened, _all = looked_at(desk.sources)
    if names[place] not in opened:
        opened.add(names[place])
        if found[place].untried:
            st.rerun()  # what comes of it stands in the list, too
    untried = sum(state.untried for state in found)
    if untried:
        st.button(
            ngettext("Look at the file that was not tried yet", "Look at the {number} files that were not tried yet",
                     untried),
            key=_LOOK, on_click=_look_at_all, args=(names,),
        )
    return place, [source.name for source, state in zip(desk.sources, found, strict=True) if state.blocks]


def _look_at_all(names: list[str]) -> None:
    st.session_state[_ALL] = names


def _states(desk: Desk, choices: Sequence[Choice | None], place: int, *, asked: bool) -> list[FileState]:
    words = words_here()
    needing, trials, copies = desk.needing(choices, place), desk.trials(choices, place), desk.copies(choices)
    found = []
    for number, (source, choice, trial) in enumerate(zip(desk.sources, choices, trials, strict=True)):
        if choice is None:
            found.append(states.unreadable(why_not(source), words))
        elif isinstance(trial, FilatureError):
            found.append(states.unreadable(
                error_text(trial, words, beside=printable(source.path)), words
            ))
        else:
            found.append(states.state_of(
                choice, trial, copy_of=copies.get(number), needs_zone=asked and source.name in needing, words=words
            ))
    return found
