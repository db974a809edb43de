"""What a team does with saved queries, and who belongs to it, as tables."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from graph.opaque import NOBODYS_KEY
from workbench.casebook.people import Member
from workbench.casebook.saved import Look, Ran, Revision, Sharing, Watch
from workbench.language import Words
from workbench.masking.leads import leads_called
from workbench.plain_text import plain_text
from workbench.views.models.names import Names
from workbench.views.models.queries.outcomes import outcome_text


def revisions(found: Iterable[Revision], words: Words) -> pd.DataFrame:
    """The revisions, the latest first."""
    _ = words.gettext
    rows = [
        (one.query.revision, plain_text(one.author, limit=60), words.instant(one.at),
         plain_text(one.query.title, limit=90))
        for one in reversed(list(found))
    ]
    return pd.DataFrame(rows, columns=[_("Revision"), _("By"), _("At"), _("Title")])


def revision_text(one: Revision, words: Words) -> str:
    """Which revision, whose, and when."""
    return words.gettext(
        "Revision {number}, {author}, {at}", number=one.query.revision, author=plain_text(one.author, limit=60),
        at=words.instant(one.at),
    )


def changed_lines(difference: Iterable[str]) -> list[str]:
    """Of a unified diff the lines that went and those that came, a blank line between places."""
    found: list[str] = []
    for number, line in enumerate(difference):
        if line.startswith("@@"):
            found += [""] if found else []
        elif number > 1 and line.startswith(("-", "+")):  # the first two name the files
            found.append(f"{line[0]} {line[1:]}")
    return found


def runs(found: Iterable[Ran], names: Names, words: Words) -> pd.DataFrame:
    """Who ran the query, the latest first; the values with the masks of whoever looks."""
    _ = words.gettext
    rows = [
        (words.instant(one.at), plain_text(one.user, limit=60), one.revision,
         values(one.parameters, names, words), outcome_text(one.outcome, words))
        for one in found
    ]
    return pd.DataFrame(rows, columns=[_("At"), _("By"), _("Revision"), _("Values"), _("Outcome")])


def values(parameters: Mapping[str, Any], names: Names, words: Words) -> str:
    """The values of a run in one line, leads as they are called."""
    told = (
        f"{name} = {', '.join(_written(str(one), names) for one in (value if isinstance(value, list) else [value]))}"
        for name, value in parameters.items()
    )
    return plain_text(words.joined(told), limit=200)


def _written(text: str, names: Names) -> str:
    written = names.written(text)
    return written if names.key == NOBODYS_KEY else leads_called(written, names.key)


def texts_in(parameters: Iterable[Mapping[str, Any]]) -> set[str]:
    """All texts among the values, which may name somebody."""
    found = set()
    for given in parameters:
        for value in given.values():
            found |= {str(one) for one in (value if isinstance(value, list) else [value])}
    return found


def sharing_text(sharing: Sharing, owner: str, words: Words) -> str:
    """Who sees it, in one sentence."""
    _ = words.gettext
    called = {name: plain_text(name, limit=60) for name in sorted(sharing.people)}
    people = ", ".join(
        _("{name} (may edit it)", name=shown) if sharing.edits(name) else shown for name, shown in called.items()
    )
    whose = plain_text(owner, limit=60)
    if sharing.everyone and people:
        return _("Of {owner}; everybody may run it, shared by name with {people}.", owner=whose, people=people)
    if sharing.everyone:
        return _("Of {owner}; everybody may run it.", owner=whose)
    if people:
        return _("Of {owner}, shared with {people}.", owner=whose, people=people)
    return _("Of {owner}; nobody else sees it.", owner=whose)


def news(look: Look, words: Words) -> str:
    """What a watch found since its person looked."""
    if look.error:
        return words.gettext("no answer: {reason}", reason=outcome_text(look.error, words))
    fresh = words.ngettext("{number} new row", "{number} new rows", look.fresh)
    if look.gone:
        fresh += words.gettext(", {gone} gone", gone=look.gone)
    return fresh + (words.gettext("; not every row was compared") if look.truncated else "")


def watches(
    found: Iterable[tuple[Watch, Look]], titles: Mapping[str, str], names: Names, words: Words
) -> pd.DataFrame:
    """One row a watch."""
    _ = words.gettext
    rows = [
        (plain_text(titles.get(watch.name, watch.query), limit=90), values(watch.parameters, names, words),
         news(look, words))
        for watch, look in found
    ]
    return pd.DataFrame(rows, columns=[_("Query"), _("Values"), _("Since you looked")])


def people(found: Iterable[Member], words: Words) -> pd.DataFrame:
    """Everybody with role and cases."""
    _ = words.gettext
    rows = [
        (plain_text(one.name, limit=90), role_word(one.role, words), ", ".join(one.cases)) for one in found
    ]
    return pd.DataFrame(rows, columns=[_("Name"), _("Role"), _("Cases")])


def role_word(role: str | None, words: Words) -> str:
    _ = words.gettext
    return {
        "reader": _("Reader"), "analyst": _("Analyst"), "lead": _("Lead of cases"), "administrator": _("Administrator"),
    }.get(role or "", _("No role"))
