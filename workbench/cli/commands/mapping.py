"""``map``: propose a mapping for a table, or each table of a folder, show what would come of it, write it down."""

import contextlib
import shlex
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from ingest.batch.trial import Trial, try_out
from ingest.errors import SourceUnreadable
from ingest.mapping import mapping_text, read_mapping
from ingest.mapping.propose import Proposal, propose
from ingest.mapping.shape import Shape, shape_of
from ingest.sources.delimited import Delimited
from ingest.sources.evidence.folder import EvidenceFolder
from ingest.sources.recognition import recognise
from ingest.sources.structured_shape import proposed, structured_shape
from ingest.tables import TABLES
from workbench.cli.opening import opened
from workbench.cli.options import given, out_file, shared_options, written
from workbench.cli.printing import print_rows, visible
from workbench.cli.progress import bars

_EXAMPLES, _FAULTS_SHOWN = 2, 12
_DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|", "whitespace": "whitespace"}


@dataclass(frozen=True)
class _OwnTable:
    """A file of a folder, how it is cut, what is proposed for it, and where that goes; ``form`` if it is no text."""

    path: Path
    shape: Shape
    proposal: Proposal
    form: str
    out: Path | None


@click.command()
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--mapping", metavar="FILE", help="Show what this mapping gives instead of proposing one.")
@click.option("--table", type=click.Choice([*TABLES]), help="What the rows are, where the proposal has it wrong.")
@click.option("--delimiter", type=click.Choice([*_DELIMITERS]), help="What stands between the columns.")
@click.option("--header/--no-header", default=None, help="Does the first line name the columns?")
@click.option("--timezone", metavar="ZONE", help="Zone of times that state none, such as Europe/Paris.")
@click.option("--to", "target", metavar="FILE", help="Write the mapping there; of a folder, a mapping for each table.")
@shared_options
def map(  # the command's name; nothing here needs the function of that name
    source: Path, mapping: str | None, table: str | None, delimiter: str | None, header: bool | None,
    timezone: str | None, target: str | None,
) -> None:
    """Propose how a table's columns fill the tables of the contract, and show what an ingest would accept."""
    beside = None if target is None else Path(target)
    if mapping is None and source.is_dir() and (tables := _own_tables(source, beside=beside)):
        _propose_each(tables, timezone)
        return
    out = None if target is None else out_file(target)
    if out is not None and out.exists():
        raise click.UsageError(f"{target} is there already: name another file.")
    if mapping is not None:
        _print_trial(_tried(source, timezone, mapping=mapping))
        if out is not None:
            body = mapping_text(read_mapping(mapping))
            written(out, lambda draft: draft.write_text(body, encoding="utf-8"))
        return
    found = recognise(source)
    structured = found.structured or (structured_shape(source) if table else None)
    if structured is not None:
        _propose(source, structured.shape, proposed(structured, name=out.stem if out else "mapping", table=table),
                 timezone, out, target, form=structured.form)
        return
    if found.format not in (None, Delimited.NAME) and not (table or delimiter or header is not None):
        click.echo(f"{visible(str(source))}: {found.format}, which needs no mapping")
        _print_trial(_tried(source, timezone))
        return
    if source.is_dir():
        raise SourceUnreadable(
            "holds no table whose columns are known by their names", where=visible(str(source)),
            fix="name one of its files",
        )
    shape = shape_of(source, delimiter=_DELIMITERS.get(delimiter or ""), header=header)
    if shape is None:
        raise SourceUnreadable(
            "is no table of at least two columns", where=visible(str(source)),
            fix="say what is between them: --delimiter",
        )
    _propose(source, shape, propose(shape, name=out.stem if out else "mapping", table=table), timezone, out, target)


def _own_tables(folder: Path, *, beside: Path | None = None) -> list[_OwnTable]:
    """Tables of a folder whose own columns are told from their names; none of a folder that a format reads as a whole.

    ``beside``: where their mappings go, each under its table's name.
    """
    if recognise(folder).format not in (None, EvidenceFolder.NAME):
        return []
    tables = []
    for path in sorted(folder.iterdir()):
        if not path.is_file() or path.name.startswith("."):
            continue
        with contextlib.suppress(SourceUnreadable):
            one, name = recognise(path), f"{path.name}.toml"
            out = None if beside is None else beside / name
            if one.structured is not None:
                proposal = proposed(one.structured, name=path.name)
                tables.append(_OwnTable(path, one.structured.shape, proposal, one.structured.form, out))
            elif one.format == Delimited.NAME and one.shape is not None:
                tables.append(_OwnTable(path, one.shape, propose(one.shape, name=path.name), "", out))
    return [table for table in tables if not table.proposal.missing]


def _propose_each(tables: list[_OwnTable], timezone: str | None) -> None:
    """A mapping for every table of a folder, and the commands that read them all."""
    for table in tables:
        if table.out is not None and table.out.parent.is_file():
            raise click.UsageError(f"{table.out.parent} is a file: for the mappings of a folder name a folder.")
        if table.out is not None and table.out.exists():
            raise click.UsageError(f"{table.out} is there already: name another folder.")
    for table in tables:
        if table.out is not None:
            table.out.parent.mkdir(parents=True, exist_ok=True)
        click.echo(f"{visible(str(table.path))}:")
        _propose(table.path, table.shape, table.proposal, timezone, table.out, str(table.out), form=table.form)
        click.echo("")
    if tables[0].out is None:
        click.echo("a mapping for each; --to FOLDER writes them there and says how each table is read")
        return
    click.echo("each is read with its own mapping; an account is the same in all of them by its id:")
    rest = ("--case", given("case") or "NAME", *(() if timezone is None else ("--timezone", timezone)))
    for table in tables:
        command = shlex.join(("ingest", str(table.path), "--mapping", str(table.out), *rest))
        click.echo(visible(f"  filature {command}"))


def _propose(
    source: Path, shape: Shape, proposal: Proposal, timezone: str | None, out: Path | None, target: str | None, *,
    form: str = "",
) -> None:
    """Print the proposal and what would come of it, and write it down where that was asked."""
    _print_proposal(shape, proposal, form)
    text = mapping_text(proposal.mapping, description=f"proposed for {source.name}")
    if proposal.missing:
        lacking = "; ".join(f"{name} needs {', '.join(columns)}" for name, columns in proposal.missing.items())
        click.echo(f"{lacking}: no column was recognised; write it into the mapping and try it with --mapping")
    else:
        _print_trial(_tried(source, timezone, text=text))
    if out is not None:
        written(out, lambda draft: draft.write_text(text, encoding="utf-8"))
        click.echo(f"written to {target}; correct it by hand where it is wrong")
    else:
        click.echo(f"\n{visible_lines(text)}", nl=False)


def visible_lines(text: str) -> str:
    """Text of several lines that cannot steer a terminal."""
    return "".join(visible(line) + "\n" for line in text.splitlines())


def _tried(source: Path, timezone: str | None, *, mapping: str | None = None, text: str | None = None) -> Trial:
    with opened() as workbench, bars() as progress:
        name = given("case")
        case = workbench.case(name) if name is not None and name in workbench.cases() else None
        scratch = workbench.settings.workspace / "trials"
        scratch.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=scratch) as folder:
            chosen: Path | str | None = mapping
            if text is not None:
                chosen = Path(folder, "mapping.toml")
                chosen.write_text(text, encoding="utf-8")
            return try_out(
                source, scratch=Path(folder), mapping=chosen, timezone=timezone, case=case, progress=progress
            )


def _print_proposal(shape: Shape, proposal: Proposal, form: str = "") -> None:
    delimiter = next((name for name, mark in _DELIMITERS.items() if mark == shape.delimiter), shape.delimiter)
    header = "a header" if shape.header else "no header"
    told = f"as {form}" if form else f"delimited by {delimiter}, with {header}"
    click.echo(f"a table of {len(shape.columns)} columns, {told}")
    targets: dict[str, list[str]] = {}
    for table in proposal.mapping.tables:
        for target, value in table.values.items():
            written = f" as {value.time}" if value.time else ""
            for column in value.columns:
                targets.setdefault(column, []).append(f"{table.table}.{target}{written}")
    rows = [
        (column, "; ".join(shape.values(column)[:_EXAMPLES]), ", ".join(targets.get(column, ["attribute"])))
        for column in shape.columns
    ]
    print_rows(("column", "examples", "becomes"), rows, format="table", whole="the file has them whole")
    for column, other in proposal.exchanged.items():
        looked = f"{len(shape.values(column)):,}"
        click.echo(f"{visible(column)}: its first {looked} values fit {other} as well; look which of the two is right")


def _print_trial(trial: Trial) -> None:
    for table, counts in trial.counts.items():
        click.echo(
            f"{table}: would read {counts.read:,} = accept {counts.accepted:,} + reject {counts.rejected:,}"
            f" + duplicate {counts.duplicate:,}"
        )
    if trial.again:
        click.echo(
            f"{trial.again:,} row{'s' if trial.again > 1 else ''} that the case has of this file already would come "
            "out otherwise and stand there twice; to read the file anew, begin a new case"
        )
    for fault in trial.faults[:_FAULTS_SHOWN]:
        number = f"{fault.rows:,} row{'s' if fault.rows > 1 else ''} of {fault.table}"
        click.echo(f"{number}, first row {fault.row}: {visible(fault.reason)}; {visible(fault.hint)}")
    if len(trial.faults) > _FAULTS_SHOWN:
        click.echo(f"and {len(trial.faults) - _FAULTS_SHOWN:,} more faults")
