"""``custody`` and ``seal``: who brought what, what became of it, and how a state of the case is fixed."""

import json
from pathlib import Path

import click

from workbench.cli.masks import Masks
from workbench.cli.opening import opened
from workbench.cli.options import given, out_file, shared_options, written
from workbench.cli.printing import print_rows, visible
from workbench.custody.brought import with_brought
from workbench.custody.log import CustodyEvent, custody_log
from workbench.custody.sealing import make_seal, request_for_last, take_token
from workbench.custody.signing import new_key, public_beside
from workbench.errors import WorkbenchError

COLUMNS = tuple(CustodyEvent.__dataclass_fields__)


@click.command()
@click.option("--format", "format_", type=click.Choice(("text", "csv", "json")), default="text", show_default=True)
@shared_options
def custody(format_: str) -> None:
    """The custody log, oldest first: what was received, verified, reported, exported and sealed."""
    with opened() as workbench:
        case = workbench.case(given("case"))
        masks = Masks.of(workbench, case)
        log = custody_log(with_brought(case, workbench.casebook.audit()), case.name)
    events = [CustodyEvent(**masks.value(event.to_dict())) for event in log]
    if format_ == "json":
        click.echo(json.dumps([event.to_dict() for event in events], ensure_ascii=False, indent=1))
    elif format_ == "csv":
        print_rows(COLUMNS, ([event.to_dict()[name] for name in COLUMNS] for event in events), format="csv")
    elif not events:
        click.echo("nothing was received yet")
    for event in events if format_ == "text" else ():
        for line in _lines(event):
            click.echo(visible(line))


def _lines(event: CustodyEvent) -> list[str]:
    head = f"{event.at}  {event.event} by {event.by}" + (f": {event.detail}" if event.detail else "")
    size = "" if event.bytes is None else f"  {event.bytes:,} bytes"
    below = (
        (event.file, f"{event.file}{size}"),
        (event.sha256, f"sha256 {event.sha256}"),
        (event.sha1, f"sha1 {event.sha1}"),
        (event.received_from, f"from {event.received_from}"),
        (event.authority, f"under {event.authority}"),
        (event.note, f"note: {event.note}"),
        (event.kept, f"kept as {event.kept}"),
    )
    return [head, *(f"  {text}" for value, text in below if value)]


@click.command()
@click.option("--key", metavar="FILE", help="Sign the seal with this private key (Ed25519, PEM).")
@click.option("--new-key", metavar="FILE", help="Make a private key there, for its owner only; the public beside it.")
@click.option("--request", metavar="OUT.tsq", help="Write a time-stamp request over the last seal, for an authority.")
@click.option("--token", metavar="IN.tsr", help="Take in the authority's answer, checked.")
@click.option(
    "--authority-certificate", metavar="FILE", help="The authority's root certificate, and those between (PEM)."
)
@shared_options
def seal(
    key: str | None, new_key: str | None, request: str | None, token: str | None, authority_certificate: str | None
) -> None:
    """Fix what the case holds now: seal it, sign the seal, have the time stamped.  Nothing leaves the machine."""
    if sum(value is not None for value in (key, new_key, request, token)) > 1:
        raise click.UsageError("choose one of --key, --new-key, --request and --token.")
    if (token is None) != (authority_certificate is None):
        raise click.UsageError("--token and --authority-certificate go together.")
    if new_key is not None:
        _make_key(out_file(new_key))
    elif request is not None:
        _ask(out_file(request))
    elif token is not None and authority_certificate is not None:
        _take(Path(token), Path(authority_certificate))
    else:
        _seal(None if key is None else Path(key))


def _make_key(target: Path) -> None:
    public, name = new_key(target)
    click.echo(public.decode(), nl=False)
    click.echo(f"key {name} written to {target}: keep it apart from the case; who checks seals gets "
               f"{public_beside(target)}")


def _ask(target: Path) -> None:
    with opened() as workbench:
        number, body = request_for_last(workbench.case(given("case")))
    written(target, lambda draft: draft.write_bytes(body))
    click.echo(f"request over seal {number} written to {target}; carry it to a time-stamping authority")


def _take(token: Path, certificates: Path) -> None:
    with opened() as workbench:
        case = workbench.case(given("case"))
        number, stamp = take_token(workbench, case, _read(token), _read(certificates))
    click.echo(visible(f"seal {number} was there at {stamp.at}, says {stamp.authority}, token {stamp.serial}"))


def _seal(key: Path | None) -> None:
    with opened() as workbench:
        made = make_seal(workbench, workbench.case(given("case")), key=key, password=_password)
    signed = "not signed" if made.fingerprint is None else f"signed by key {made.fingerprint}"
    click.echo(f"seal {made.number} made, {signed}; sha256 {made.sha256}")


def _password() -> str:
    answer: str = click.prompt("password of the key", hide_input=True, err=True)
    return answer


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise WorkbenchError(
            f"cannot be read ({(error.strerror or str(error)).lower()})", where=str(path), fix="check the path"
        ) from error
