"""How is a company's dossier shown?  A tree, ultimate owners, owners in turn, posts, addresses, what it owns."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import pandas as pd

from graph.detect.owners.holdings import Holding
from workbench.dossier import CompanyFile
from workbench.language import Words
from workbench.plain_text import plain_text
from workbench.views.models.dossiers.account import day
from workbench.views.models.names import Names

Places = Mapping[str, str]


def owner_rows(company: CompanyFile, names: Names, places: Places, words: Words) -> pd.DataFrame:
    """The tree of owners as rows, parents before children; ``places``: ``file:row`` by record."""
    _ = words.gettext
    rows = [
        (
            level.depth, names.of(level.holding.owner), names.of(level.holding.owned), held(level.holding, words),
            kind(level.holding, words), _("closes a circle") if level.circle else "", day(level.holding.since),
            names.identity(level.holding.owner), _located(record_of(level.holding), places),
        )
        for level in company.tree
    ]
    return pd.DataFrame(rows, columns=[
        _("Step"), _("Owner"), _("Holds"), _("Share"), _("Kind"), _("Circle"), _("Since"), _("Id"),
        _("File and row"),
    ])


def ultimate_rows(company: CompanyFile, names: Names, words: Words) -> pd.DataFrame:
    """Who owns it in the end, with the share through all chains and circles."""
    _ = words.gettext
    rows = [
        (
            ", ".join(names.of(who) for who in owner.members), percent(owner.share, words),
            "" if owner.high - owner.low < 1e-6
            else _("{low} to {high}", low=percent(owner.low, words), high=percent(owner.high, words)),
            ", ".join(names.identity(who) for who in owner.members),
        )
        for owner in company.owners
    ]
    return pd.DataFrame(rows, columns=[_("Ultimate owner"), _("Share through all chains"), _("Between"), _("Id")])


def holding_rows(company: CompanyFile, names: Names, places: Places, words: Words) -> pd.DataFrame:
    """Everybody who ever held it directly, in order of time."""
    _ = words.gettext
    rows = [
        (names.of(row.owner), held(row, words), kind(row, words), day(row.since), day(row.until),
         _located(record_of(row), places))
        for row in company.successive
    ]
    return pd.DataFrame(rows, columns=[_("Owner"), _("Share"), _("Kind"), _("Since"), _("Until"), _("File and row")])


def period_rows(company: CompanyFile, names: Names, words: Words) -> pd.DataFrame:
    """The owners of note in turn, through all chains."""
    _ = words.gettext
    rows = [
        (
            day(period.since) or _("not recorded"), day(period.until) or _("no end recorded"),
            ", ".join(
                f"{' + '.join(names.of(who) for who in members)} {percent(share, words)}"
                for members, share in period.owners
            ) or _("nobody recorded"),
        )
        for period in company.periods
    ]
    return pd.DataFrame(rows, columns=[_("Since"), _("Until"), _("Owners through all chains")])


def turns(company: CompanyFile, names: Names, words: Words) -> pd.DataFrame:
    """lane, owner, share, from, to: the bars of the time line; what has no beginning or end fills the picture."""
    direct, whole = words.gettext("directly"), words.gettext("through all chains")
    rows: list[tuple[str, str, float | None, str, datetime | None, datetime | None]] = [
        (direct, names.of(row.owner), row.share, held(row, words), row.since, row.until) for row in company.successive
    ]
    rows += [
        (whole, " + ".join(names.of(who) for who in members), share, percent(share, words), period.since, period.until)
        for period in company.periods for members, share in period.owners
    ]
    named = [at for *_, since, until in rows for at in (since, until) if at is not None]
    if not named:
        return pd.DataFrame()
    first, last = min(named), max(named)
    margin = max((last - first) / 8, pd.Timedelta(days=30).to_pytimedelta())
    frame = pd.DataFrame(
        [(lane, who, share, said, since or first - margin, until or last + margin, day(since), day(until))
         for lane, who, share, said, since, until in rows],
        columns=["lane", "owner", "share", "held", "from", "to", "since", "until"],
    )
    for name in ("from", "to"):
        frame[name] = pd.to_datetime(frame[name], utc=True)
    return frame


def seat_rows(company: CompanyFile, names: Names, places: Places, words: Words) -> pd.DataFrame:
    """Directors and other posts, in order of time."""
    _ = words.gettext
    rows = [
        (names.of(row.owner), kind(row, words), day(row.since), day(row.until), _located(record_of(row), places))
        for row in company.seats
    ]
    return pd.DataFrame(rows, columns=[_("Name"), _("Post"), _("Since"), _("Until"), _("File and row")])


def address_rows(company: CompanyFile, places: Places, words: Words) -> pd.DataFrame:
    """Addresses as the register writes them."""
    _ = words.gettext
    rows = [(plain_text(item.text, limit=400), _located(item.record, places)) for item in company.addresses]
    return pd.DataFrame(rows, columns=[_("Address"), _("File and row")])


def owned_rows(holdings: Sequence[Holding], names: Names, places: Places, words: Words) -> pd.DataFrame:
    """What somebody holds or held directly, and the posts it has."""
    _ = words.gettext
    rows = [
        (names.of(row.owned), held(row, words), kind(row, words), day(row.since), day(row.until),
         names.identity(row.owned), _located(record_of(row), places))
        for row in holdings
    ]
    return pd.DataFrame(rows, columns=[
        _("Company"), _("Share"), _("Kind"), _("Since"), _("Until"), _("Id"), _("File and row"),
    ])


def case_companies(companies: Sequence[str], names: Names, words: Words) -> pd.DataFrame:
    """One row a company of the register."""
    _ = words.gettext
    return pd.DataFrame([(names.of(who), names.identity(who)) for who in companies], columns=[_("Company"), _("Id")])


def held(row: Holding, words: Words) -> str:
    """The share as it is recorded: a figure, a range, or that none is told."""
    if row.interval is None:
        return "" if row.office else words.gettext("not told")
    low, high = row.interval
    if low == high:
        return percent(low, words)
    return words.gettext("{low} to {high}", low=percent(low, words), high=percent(high, words))


def percent(share: float, words: Words) -> str:
    """A share to a tenth of a percent, as rounding to whole ones would make 49.9 a half; a small one to two digits."""
    value = words.number(round(100 * share, 1) if share >= 0.001 else float(f"{100 * share:.2g}"))
    return f"{value}\u202f%" if words.language == "fr" else f"{value}%"


def kind(row: Holding, words: Words) -> str:
    """The kind as the register writes it, and what it means for the chain."""
    parts = [plain_text(words.gettext(row.kind), limit=60)] if row.kind else []
    if row.indirect:
        parts.append(words.gettext("through others"))
    if row.withheld:
        parts.append(words.gettext("name withheld: {reason}", reason=plain_text(row.withheld, limit=60)))
    return ", ".join(parts)


def record_of(row: Holding) -> str:
    """The reference of a holding's own row."""
    return f"ownerships:{row.record}"


def records_of(company: CompanyFile) -> list[str]:
    """The references of all rows that its tables tell."""
    holdings = (*(level.holding for level in company.tree), *company.successive, *company.seats, *company.owns)
    return [*map(record_of, holdings), *(item.record for item in company.addresses)]


def _located(record: str, places: Places) -> str:
    return plain_text(places.get(record, record), limit=120)
