"""Part of the Sources screen: one source, what it is taken for, its first rows, and what may be corrected there."""

import hashlib
from collections.abc import Collection, Sequence
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ingest.errors import FilatureError, MappingInvalid
from ingest.lake.columns import REGISTER
from ingest.mapping import WHITESPACE, Mapping, mapping_text, parse_mapping, read_mapping, shipped_mappings
from ingest.mapping.shape import DELIMITERS, Shape, shape_of
from ingest.source_files import printable
from ingest.sources.databases.mapped_database import Database
from ingest.sources.recognition import Recognised
from ingest.sources.registry import READERS, format_for
from ingest.sources.structured import Structured
from ingest.sources.structured_shape import StructuredShape, formed
from ingest.tables import TABLES
from workbench.plain_text import escape_markdown, plain_text
from workbench.views import show
from workbench.views.language import _, words_here
from workbench.views.models.faults.errors import error_text
from workbench.views.models.sources import mapping as mappings
from workbench.views.models.sources import tables as sources
from workbench.views.models.sources.kept_mappings import KeptMapping, fitting, mapping_in
from workbench.views.models.sources.tables import Choice, Source
from workbench.views.models.words.contract import column_word, format_word, table_word
from workbench.views.session import handed

_AUTO, _PROPOSED, _OWN, _KEPT = "auto", " proposed", " own", " kept "
_DELIMITED = "delimited"
_NOTHING = ""  # no column has an empty name
_ABREAST = 4
AS_NAMED = "as_named"


def key_of(path: Path) -> str:
    """What the widgets of a source are named by."""
    return hashlib.sha256(str(path).encode("utf-8", "surrogateescape")).hexdigest()[:12]


def chosen_format(source: Source) -> str:
    """The format that a source is taken for, or was said to be of, in words."""
    chosen = st.session_state.get(f"format_{key_of(source.path)}", _AUTO)
    try:
        return _formats_said(sources.taken_for(source)) if chosen == _AUTO else format_word(str(chosen), words_here())
    except FilatureError:
        return "–"


def _formats_said(found: Recognised) -> str:
    words = words_here()
    return ", ".join(format_word(name, words) for name in found.formats) or _("no known format")


def why_not(source: Source) -> str:
    """Why a source cannot be read; what stands in the way of a table is told where it is open."""
    try:
        found = sources.taken_for(source)
    except FilatureError as problem:
        return error_text(problem, words_here(), beside=printable(source.path))
    chosen = st.session_state.get(f"format_{key_of(source.path)}", _AUTO)
    if chosen == _AUTO and found.format is None:
        return _("a mapping, no evidence") if mapping_in(source.path) else _("of no known format")
    return _("open it to see why")


def source_part(
    source: Source, *, shown: bool, hidden: Collection[str], onto: str | None = None,
    earlier: Sequence[KeptMapping] = (),
) -> Choice | None:
    """Draw a source where it is ``shown``; how it is to be read, None where it cannot be.

    ``onto``: the platform of rows that name none; None where the case has several.  ``earlier``: mappings by which
    files of the case were read.
    """
    try:
        found = sources.taken_for(source)
    except FilatureError as problem:
        if shown:
            show.error(problem)
        return None
    key = key_of(source.path)
    format = st.session_state.get(f"format_{key}", _AUTO)
    if shown:
        with st.container(key="source_name"):
            show.bold(sources.file_name(source.name))
        left, right = st.columns(2)
        with left:
            format = _format(found, key)
        if found.unfit and format in (_AUTO, _DELIMITED):
            st.caption(_("Its name is that of a table, its columns are not: a mapping says which is which."))
    effective = found.format if format == _AUTO else format
    if effective is None:
        if shown:
            show.nothing(_unknown(source.path), key="no_format")
        return None
    if not source.path.is_file():
        if format == _AUTO:  # by every format that finds something in it
            return Choice(source)
        return Choice(source, str(effective)) if effective not in (_DELIMITED, Structured.NAME) else None
    if effective == Database.NAME:
        return _laid_out(source, key, right if shown else None)
    if effective not in (_DELIMITED, Structured.NAME):
        return Choice(source, str(effective), as_named=bool(st.session_state.get(f"{AS_NAMED}_{key}")))
    structured = found.structured if effective == Structured.NAME else None
    fit: Sequence[KeptMapping] = ()
    if found.shape is not None and effective == found.format:
        fit = fitting(earlier, found.shape, structured.form if structured else _DELIMITED)
    return _mapped(source, key, right if shown else None, hidden, structured, onto, fit)


def _unknown(path: Path) -> str:
    """What is to be said of a file or folder that no format reads."""
    if path.is_dir():
        return _("This folder holds nothing of a known format. Name its files themselves.")
    if mapping_in(path):
        return _(
            "This file is a mapping, no evidence. Leave it out here, and give it under Mapping at the table that it is "
            "for."
        )
    return _("This file is of no known format. Choose one, or leave it out.")


def _format(found: Recognised, key: str) -> str:
    words = words_here()
    names = {_AUTO: _("As recognised: {format}", format=_formats_said(found))}
    names |= {reader.NAME: format_word(reader.NAME, words) for reader in READERS}
    return str(st.selectbox(_("Format"), [*names], format_func=names.__getitem__, key=f"format_{key}",
                            persist_state="session"))


def _laid_out(source: Source, key: str, beside: DeltaGenerator | None) -> Choice | None:
    """The mapping of a database: that of the layout it is known by, another that is shipped, or a file.

    ``beside`` as in ``_mapped``; what no layout fits is told when it is tried.
    """
    start = st.session_state.get(f"layout_{key}", _AUTO)
    if beside is not None:
        shipped = [name for name, path in shipped_mappings().items() if read_mapping(path).database]
        names = {_AUTO: _("Of the layout that its tables show"), **{name: name for name in shipped},
                 _OWN: _("A mapping file of mine")}
        start = beside.selectbox(
            _("Mapping"), [*names], format_func=names.__getitem__, key=f"layout_{key}", persist_state="session",
            help=_("How the tables of a database become those of the evidence: one SELECT for each."),
        )
    return Choice(source, Database.NAME) if start == _AUTO else _by_mapping(source, str(start), key, beside, ())


def _by_mapping(
    source: Source, start: str, key: str, beside: DeltaGenerator | None, hidden: Collection[str]
) -> Choice | None:
    """The source read by a mapping that is shipped or given, which says itself of which format that source is."""
    try:
        mapping = _given(start, key, beside is not None)
    except FilatureError as problem:
        if beside is not None:
            show.error(problem)
        return None
    if mapping is None:
        return Choice(source, _DELIMITED, None, {"": ()})
    if beside is not None:
        _rows_by(source, mapping, hidden)
    return Choice(source, format_for(mapping), mapping_text(mapping))


def _rows_by(source: Source, mapping: Mapping, hidden: Collection[str]) -> None:
    """The first rows of a delimited file, as that mapping cuts them."""
    if format_for(mapping) == _DELIMITED:
        shape = shape_of(source.path, delimiter=mapping.delimiter, header=mapping.header != "no")
        if shape is not None:
            _first_rows(shape, mapping, hidden)


def _mapped(
    source: Source, key: str, beside: DeltaGenerator | None, hidden: Collection[str],
    structured: StructuredShape | None = None, onto: str | None = None, earlier: Sequence[KeptMapping] = (),
) -> Choice | None:
    """The mapping of a table: of an ``earlier`` file, proposed and corrected field by field, one that is shipped, or
    a file.

    ``beside``: where the choice among them stands; None where the source is not shown.
    """
    shown = beside is not None
    kept = {f"{_KEPT}{one.sha256}": one for one in earlier}
    start = st.session_state.get(f"start_{key}", next(iter(kept), _PROPOSED))
    if beside is not None:
        words = words_here()
        names = {
            way: _("As {file}, read on {at}", at=words.instant(one.read_at),
                   file=sources.shown(one.file, hidden, withheld=sources.masked(words)))
            for way, one in kept.items()
        }
        names |= {_PROPOSED: _("Proposed, to be corrected"), **{name: name for name in shipped_mappings()}}
        names[_OWN] = _("A mapping file of mine")
        options = [*names]
        start = beside.selectbox(
            _("Mapping"), options, format_func=names.__getitem__, key=f"start_{key}", persist_state="session",
            help=_("How the columns of a table become the fields of the evidence."),
        )
    if start == _PROPOSED:
        return _corrected(source, key, shown, hidden, structured, onto)
    if start in kept:
        if beside is not None:
            _rows_by(source, kept[start].mapping, hidden)
        return Choice(source, format_for(kept[start].mapping), kept[start].text)
    return _by_mapping(source, str(start), key, beside, hidden)


def _given(start: str, key: str, shown: bool) -> Mapping | None:
    if start != _OWN:
        return parse_mapping(shipped_mappings()[start].read_bytes(), name=start, where=start)
    if shown:
        upload = st.file_uploader(_("The mapping file"), type=["toml"], key=f"own_{key}")
        if upload is not None:
            st.session_state[f"own_text_{key}"] = upload.getvalue()
    text = st.session_state.get(f"own_text_{key}")
    return None if text is None else parse_mapping(text, name="mapping", where=_("The mapping file"))


def _corrected(
    source: Source, key: str, shown: bool, hidden: Collection[str], structured: StructuredShape | None,
    onto: str | None,
) -> Choice | None:
    row = st.columns([2, 2, 3], vertical_alignment="bottom") if shown else None
    shape = structured.shape if structured else _shape(source.path, key, row)
    if shape is None:
        if shown:
            show.error(MappingInvalid(
                "is no table of at least two columns", where=source.name, fix="say what is between them: --delimiter"
            ))
        return None
    table = st.session_state.get(f"table_{key}")
    mapping = mappings.proposed(shape, table)
    if row is not None:
        with row[0 if structured else 2]:  # of a workbook nothing is asked of how it is cut
            table = _table(mapping.tables[0].table, key)
        mapping = mappings.proposed(shape, table)
    first = mapping.tables[0].table
    cut = hashlib.sha256(repr((shape.columns, first)).encode()).hexdigest()[:8]  # other columns: another set of widgets
    mapping = _fields(shape, mapping, first, f"{key}_{cut}", shown)
    if shown and first not in REGISTER and "platform" not in mapping.tables[0].values:
        st.caption(_platform_told(onto))
    if structured:
        mapping = formed(mapping, structured)
    lacking = sources.lacking(mapping)
    text = sources.described(mapping, source.name)
    if shown:
        if structured and structured.form == "sheet":
            st.caption(_("Of a workbook the first sheet is read; a mapping file can name another."))
        _first_rows(shape, mapping, hidden)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.download_button(
                _("Keep this mapping as a file"), data=handed(text.encode, None),
                file_name=f"{Path(sources.file_name(source.name)).stem}.toml",
                mime="application/toml", on_click="ignore", key=f"keep_{key}", disabled=bool(lacking),
            )
            for name, columns in lacking.items():
                named = ", ".join(_either(column) for column in columns)
                said = table_word(name, words_here())
                st.caption(_("{table}: choose a column for {fields}", table=said, fields=named))
    return Choice(source, format_for(mapping), text, lacking or None)


def _platform_told(onto: str | None) -> str:
    """On which platform the rows of a table are that names none."""
    if onto is None:
        return _(
            "No column tells the platform: a row is on that of its account or room, where the case knows it. If the "
            "rows are of another, choose the column that tells it."
        )
    return _(
        "No column tells the platform: these rows will be of {platform}. If they are of another, choose the column "
        "that tells it.", platform=escape_markdown(plain_text(onto, limit=60)),
    )


def _either(column: str) -> str:
    return _(" or ").join(column_word(one, words_here()) for one in column.split(" or "))


def _shape(path: Path, key: str, row: Sequence[DeltaGenerator] | None) -> Shape | None:
    recognised = shape_of(path)
    delimiter = st.session_state.get(f"delimiter_{key}", recognised.delimiter if recognised else ",")
    header = st.session_state.get(f"header_{key}", recognised.header if recognised else True)
    if row is not None:
        names = {",": _("comma"), ";": _("semicolon"), "\t": _("tabulator"), "|": _("bar"), WHITESPACE: _("blanks")}
        options = [*DELIMITERS, WHITESPACE]
        delimiter = row[0].selectbox(
            _("Between the columns stands"), options, index=options.index(delimiter), format_func=names.__getitem__,
            key=f"delimiter_{key}", persist_state="session",
        )
        header = row[1].toggle(
            _("The first line names the columns"), value=header, key=f"header_{key}", persist_state="session"
        )
    return shape_of(path, delimiter=str(delimiter), header=bool(header))


def _table(proposed: str, key: str) -> str:
    words = words_here()
    options = [*TABLES]
    return str(st.selectbox(
        _("Every row is one of"), options, index=options.index(proposed), key=f"table_{key}", persist_state="session",
        format_func=lambda name: table_word(name, words),
    ))


def _fields(shape: Shape, mapping: Mapping, table: str, key: str, shown: bool) -> Mapping:
    """The fields of a table beside the columns that fill them, as proposed or as somebody chose."""
    listed = mappings.fields(table)
    options = [_NOTHING, *shape.columns]
    chosen: dict[str, str | None] = {}
    times: dict[str, str] = {}
    row: list[DeltaGenerator] = []
    for place, field in enumerate(listed):
        column = mappings.plain_column(mapping, table, field.name) or _NOTHING
        widget = f"field_{key}_{field.name}"
        if not shown:
            column = str(st.session_state.get(widget, column))
            if field.instant and column != _NOTHING:
                default = mappings.formats_for(shape, column)[0]
                times[field.name] = st.session_state.get(f"{widget}_{options.index(column)}_time", default)
        else:
            row = st.columns(_ABREAST) if place % _ABREAST == 0 else row
            with row[place % _ABREAST]:
                column = str(st.selectbox(
                    column_word(field.name, words_here()) + (" *" if field.required else ""), options,
                    index=options.index(column), key=widget, persist_state="session",
                    format_func=lambda name: sources.column_shown(name, words_here()) or "—",
                ))
                if field.instant and column != _NOTHING:
                    times[field.name] = _written(shape, column, f"{widget}_{options.index(column)}")
        chosen[field.name] = column or None
    mapped = mappings.corrected(mapping, table, chosen, times)
    if table == "messages":
        mapped = mappings.of_sender(mapped, _of_sender(mapping, options, key, row if shown else None, len(listed)))
    if shown:
        st.caption(
            _("Fields with * must be filled; of room and recipient one is. Other columns are kept as attributes.")
            if table == "messages" else _("Fields with * must be filled. Other columns are kept as attributes.")
        )
    return mapped


def _of_sender(
    mapping: Mapping, options: Sequence[str], key: str, row: list[DeltaGenerator] | None, after: int
) -> dict[str, str | None]:
    """Which columns tell of the sender; in the places ``after`` the other fields where they are shown."""
    labels = dict(zip(mappings.OF_SENDER, (_("Name of the sender"), _("Age of the sender")), strict=True))
    chosen: dict[str, str | None] = {}
    for place, (target, label) in enumerate(labels.items(), start=after):
        column = mappings.plain_column(mapping, "accounts", target) or _NOTHING
        widget = f"field_{key}_of_{target}"
        if row is None:
            column = str(st.session_state.get(widget, column))
        else:
            row = st.columns(_ABREAST) if place % _ABREAST == 0 else row
            column = str(row[place % _ABREAST].selectbox(
                label, options, index=options.index(column), key=widget, persist_state="session",
                format_func=lambda name: sources.column_shown(name, words_here()) or "—",
            ))
        chosen[target] = column or None
    return chosen


def _written(shape: Shape, column: str, key: str) -> str:
    """How the times of a column are written; asked only where they are no ISO 8601 and not counted."""
    options = mappings.formats_for(shape, column)
    if options[0] == mappings.AS_IS and shape.rows and not mappings.is_odd(shape, column):
        return mappings.AS_IS
    return str(st.selectbox(
        _("How it is written"), options, key=f"{key}_time", persist_state="session",
        format_func=lambda form: _("ISO 8601 or counted") if form == mappings.AS_IS else mappings.example(form),
    ))


def _first_rows(shape: Shape, mapping: Mapping, hidden: Collection[str]) -> None:
    with st.container(key="first_rows"):
        show.bold(_("First rows"))
        st.dataframe(sources.first_cells(shape, mapping, words_here(), hidden), hide_index=True, height="content")
        if shape.guessed:
            st.caption(_("Lines that are not UTF-8 are read as Windows-1252 (Western Europe): look at the accents."))
