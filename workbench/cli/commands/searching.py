"""``search``: accounts, rooms, identifiers, companies and persons by name, best first; or where a phrase stands."""

import json
from typing import Any

import click

from graph.search import SEARCHED, find
from graph.search.phrase import LEAST, MOST, Occurrence, long_enough, occurrences
from workbench.casebook.audit import MOST_REASON
from workbench.cli.masks import Masks
from workbench.cli.opening import opened
from workbench.cli.options import given, shared_options
from workbench.cli.printing import print_rows
from workbench.views.models.names import Names, names_of
from workbench.views.models.opening import Texts

COLUMNS = ("match", "label", "name", "id", "platform", "about")
TEXT_COLUMNS = ("messages", "first_at", "last_at", "one", "other", "room")


@click.command()
@click.argument("text")
@click.option("--label", type=click.Choice(SEARCHED, case_sensitive=False), help="Only nodes of this label.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most so many hits.")
@click.option("--format", "format_", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("--texts", is_flag=True, help="Which conversations and rooms hold it in their messages; with --reason.")
@click.option("--reason", default="", metavar="WHY", help="Why texts have to be searched; it is logged.")
@shared_options
def search(text: str, label: str | None, limit: int, format_: str, texts: bool, reason: str) -> None:
    """Find accounts, rooms, identifiers, companies and persons by name, id or value.

    With --texts: the conversations and rooms whose messages hold TEXT, minors masked.
    """
    if texts:
        _in_texts(text.strip(), reason.strip(), label=label, limit=limit, format_=format_)
        return
    if reason:
        raise click.UsageError("--reason is for --texts.")
    with opened() as workbench:
        case = workbench.case(given("case"))
        with workbench.searching(case) as index:
            found = find(index, text, labels=() if label is None else (label,), limit=limit)
        hits = list(map(Masks.of(workbench, case).hit, found.hits))
    if format_ == "json":
        columns = ("id", "label", "name", "match", "platform", "via", "about")
        body = [{name: getattr(hit, name) for name in columns} for hit in hits]
        click.echo(json.dumps(body, ensure_ascii=False, indent=1))
    elif hits:
        print_rows(COLUMNS, [[getattr(hit, name) for name in COLUMNS] for hit in hits], format="table")
    more = "; --limit N shows more" if found.more else ""
    click.echo(f"showing {len(hits):,} of {found.total:,} hits{more}", err=True)
    if found.note:
        click.echo(f"({found.note})", err=True)


def _in_texts(phrase: str, reason: str, *, label: str | None, limit: int, format_: str) -> None:
    """Where the phrase stands, once the reason is in the audit log."""
    if label is not None:
        raise click.UsageError("--label is not for --texts.")
    if not reason or len(reason) > MOST_REASON:
        raise click.UsageError(f"--texts needs --reason: why texts are searched, in at most {MOST_REASON} characters.")
    if not long_enough(phrase) or len(phrase) > MOST:
        raise click.UsageError(f"--texts needs a phrase of at least {LEAST} letters, at most {MOST:,} characters.")
    if any("\ud800" <= sign <= "\udfff" for sign in phrase + reason):  # bytes of the terminal that are no letters
        raise click.UsageError("the phrase and the reason have to be UTF-8.")
    with opened() as workbench:
        case = workbench.case(given("case"))
        with workbench.lake(case) as lake:
            wanted = Texts(phrase=phrase)
            workbench.casebook.record(workbench.person, case.name, wanted.action, wanted.detail(reason, stated=True))
            found = occurrences(lake, phrase)
            listed = found.page(0, limit)
            names = names_of(lake, {who for one in listed for who in (one.one, one.other, one.room)} - {""})
    if format_ == "json":
        click.echo(json.dumps([texts_body(item, names) for item in listed], ensure_ascii=False, indent=1))
    elif listed:
        print_rows(TEXT_COLUMNS, [_row(item, names) for item in listed], format="table")
    more = "; --limit N shows more" if found.total > len(listed) else ""
    click.echo(f"showing {len(listed):,} of {found.total:,} conversations and rooms, which hold it in "
               f"{found.messages:,} messages{more}", err=True)


def _row(item: Occurrence, names: Names) -> list[Any]:
    people = [names.full(who) if who else "" for who in (item.one, item.other, item.room)]
    return [item.messages, *_period(item), *people]


def _period(item: Occurrence) -> tuple[str, str]:
    return f"{item.first_at.isoformat()}Z", f"{item.last_at.isoformat()}Z"


def texts_body(item: Occurrence, names: Names) -> dict[str, Any]:
    """Ids and names, of a masked minor its label for both; what does not apply is null."""
    first, last = _period(item)
    body: dict[str, Any] = {"messages": item.messages, "first_at": first, "last_at": last}
    for part, who in (("one", item.one), ("other", item.other), ("room", item.room)):
        body |= {part: names.identity(who) if who else None, f"{part}_name": names.of(who) if who else None}
    return body
