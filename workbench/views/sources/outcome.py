"""Part of the Sources screen: what would come of a file, and what of it is left aside or would stand there twice."""

from collections.abc import Collection, Mapping

import streamlit as st

from ingest.batch.known import Known
from ingest.batch.trial import Trial
from ingest.errors import FilatureError
from workbench.plain_text import escape_markdown
from workbench.views import show
from workbench.views.language import _, ngettext, words_here
from workbench.views.models.sources import tables as model
from workbench.views.models.words.contract import column_word, table_word
from workbench.views.sources.source import AS_NAMED, key_of

APART = "folders_apart"
"""Folders of which each file is taken by itself."""
_LINES = 62  # pixels of a row whose cells are written over lines


def twice(again: Mapping[str, int]) -> None:
    """What is read again by another mapping or zone is added to what is there, which nothing takes out."""
    if again:
        st.warning(ngettext(
            "{number} row that the case has of {files} already comes out otherwise now and would stand there twice. "
            "To read the file anew, begin a new case.",
            "{number} rows that the case has of {files} already come out otherwise now and would stand there twice. "
            "To read the file anew, begin a new case.", sum(again.values()),
            files=model.files_text([*again], words_here(), most=6),
        ), icon=":material/content_copy:")


def outcome_part(
    source: model.Source, trial: Trial | FilatureError | None, hidden: Collection[str], *,
    copy_of: model.Source | None,
) -> None:
    words = words_here()
    if trial is None:
        return
    if isinstance(trial, FilatureError):
        show.error(trial)
        return
    show.bold(_("What would come of it"))
    if copy_of is not None:
        st.caption(escape_markdown(_(
            "The same bytes as {file}, which is handed in too: its rows count once.",
            file=model.file_name(copy_of.name),
        )))
    elif trial.known is not None:
        _known(source, trial, trial.known)
    if trial.counts:
        with st.container(key="trial"):
            st.dataframe(show.written(model.counted(trial.counts, words)), hide_index=True, height="content")
    for (_table, target), number in trial.both_ways.items():
        named = column_word(target, words)
        st.caption(
            _("Day and month of “{field}” may be exchanged: every value fits both ways.", field=named)
            if trial.complete else
            _("Day and month of “{field}” may be exchanged: the first {number} values, which were looked at, fit both "
              "ways.", field=named, number=number)
        )
    if trial.complete and trial.adds_nothing:
        st.caption(
            _("The case has every row of the other files that can be read: reading them again adds nothing.")
            if trial.ignored else
            _("The case has every row of it that can be read: reading it again adds nothing.")
        )
    if not trial.complete:
        st.caption(
            _("Counted on the beginning of it; the rest is counted when it is read.") if trial.counts
            else _("Too large to be tried beforehand; its rows are counted when it is read.")
        )
    if trial.ignored:
        _left_aside(source, trial)
    if trial.faults:
        faults = model.fault_rows(trial.faults, words, hidden)
        with st.container(key="trial_faults"):
            st.dataframe(
                show.written(faults), hide_index=True, height=show.height_of(len(faults), most=420, row=_LINES),
                row_height=_LINES, column_config=show.widths(faults, (60, 100, 270, 90, 250, 240)),
            )
    for table, sample in trial.samples.items():
        with st.expander(_("First rows: {table}", table=table_word(table, words)), key=f"sample_{table}"):
            rows = model.sample_rows(sample, words, hidden)
            st.dataframe(rows, hide_index=True, key=f"rows_{table}", height="content")


def _known(source: model.Source, trial: Trial, known: Known) -> None:
    """Which file of the case it is; of a chat that had another name there, whether it is another one."""
    before = model.file_name(known.path)
    st.caption(escape_markdown(_(
        "The same bytes as {file}, which was read into the case on {at}.",
        file=before, at=words_here().instant(known.read_at),
    )))
    if trial.renamed:
        st.checkbox(
            _("It is another chat: read it under its own name"), key=f"{AS_NAMED}_{key_of(source.path)}",
            help=_("Nothing but the name of such a file tells the chat. Read under both names, every message of it "
                   "stands in the case twice."),
        )


def _left_aside(source: model.Source, trial: Trial) -> None:
    """Files that no format reads as they are: a table of its own columns needs a mapping, which each file has alone."""
    words = words_here()
    st.warning(escape_markdown(ngettext(
        "{number} file of the folder is left aside, since it is of no known format: {files}",
        "{number} files of the folder are left aside, since they are of no known format: {files}", len(trial.ignored),
        files=model.files_text(trial.ignored, words, most=12),
    )), icon=":material/rule_folder:")
    if source.path.is_dir() and len(trial.ignored) + len(trial.files) <= model.MOST_FILES:
        st.button(
            _("Take each file of the folder by itself"), key=f"apart_{key_of(source.path)}", on_click=_apart,
            args=(str(source.path),), help=_("Then a table of its own columns can be given a mapping."),
        )


def _apart(folder: str) -> None:
    st.session_state[APART] = [*st.session_state.get(APART, []), folder]
