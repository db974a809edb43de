"""Who owns a company, directly and through others, at a day and over time; who directs it, what does it own?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from graph.detect.context import DetectionContext
from graph.detect.owners.companies import Period, by_company, company_at
from graph.detect.owners.holdings import Holding, attributes_of, holding, read_holdings
from graph.detect.owners.instant import last_activity, present_instant
from graph.detect.owners.parameters import OwnerParameters
from graph.detect.owners.stakes import ownership_at
from ingest.lake import Lake
from workbench.dossier.rows import NEVER, Row, rows

MOST_DEEP = 12


@dataclass(frozen=True)
class Level:
    """One holding in the tree above a company: ``depth`` 1 holds the company itself; ``circle``: it closes one.

    ``more``: its owners are not followed, since the chain is ``MOST_DEEP`` long.
    """

    depth: int
    holding: Holding
    circle: bool
    more: bool = False

    @property
    def owner(self) -> str:
        return self.holding.owner

    @property
    def owned(self) -> str:
        return self.holding.owned

    @property
    def share(self) -> float | None:
        return self.holding.share

    @property
    def kind(self) -> str:
        return self.holding.kind


@dataclass(frozen=True)
class Owner:
    """An ultimate owner, or a circle that nobody owns, with its integrated share: best figure, least and most."""

    members: tuple[str, ...]
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Address:
    """As the register writes it, with the row that does."""

    text: str
    record: str


@dataclass(frozen=True)
class CompanyFile:
    """``at``: the instant of ``tree`` and ``owners``: the last that the holdings name, unless another was asked for.

    ``tree``: holdings, parents before children; ``periods``: the owners of note in turn, ``whole``: are these all;
    ``successive``: every direct holding ever; ``seats``: posts in the company; ``owns``: what it holds directly;
    ``operates``: platforms; ``companies``: who of the chains is a company of the register.
    """

    company: str
    names: tuple[str, ...]
    jurisdictions: tuple[str, ...]
    incorporated_at: datetime | None
    at: datetime | None
    tree: tuple[Level, ...]
    owners: tuple[Owner, ...]
    circles: tuple[tuple[str, ...], ...]
    periods: tuple[Period, ...]
    whole: bool
    successive: tuple[Holding, ...]
    seats: tuple[Holding, ...]
    owns: tuple[Holding, ...]
    operates: tuple[str, ...]
    addresses: tuple[Address, ...]
    records: tuple[str, ...]
    companies: frozenset[str]

    @property
    def parties(self) -> set[str]:
        """Every company and person that is named."""
        rows_ = (*(level.holding for level in self.tree), *self.successive, *self.seats, *self.owns)
        named = {who for row in rows_ for who in (row.owner, row.owned)}
        return named | {
            self.company, *(who for owner in self.owners for who in owner.members),
            *(who for circle in self.circles for who in circle),
            *(who for period in self.periods for members, _share in period.owners for who in members),
        }

    @property
    def known(self) -> bool:
        return bool(self.records or self.successive or self.seats or self.owns or self.operates)


def company_file(lake: Lake, company: str, *, at: datetime | None = None) -> CompanyFile:
    """All of it; ``at``: a naive UTC moment.  Shares and owners are those of the detection of owners."""
    table = lake.table("companies")
    own = rows(
        table.filter(table.company == company)
        .select("name", "jurisdiction", "incorporated_at", "attributes", "record_id").order_by("record_id", "name")
    )
    operators = lake.table("operators")
    operated = rows(operators.filter(operators.company == company).select("platform").distinct())
    context = DetectionContext(lake)
    try:
        held = read_holdings(context, [company])
        present = present_instant(held, _known(context))
    finally:
        context.close()
    moment = at or present
    grouped = by_company(held)
    found = company_at(company, grouped, ownership_at(held, moment), OwnerParameters().control_share, present)
    direct = sorted(grouped.get(company, ()), key=_by_time)
    above = sorted({row.owner for row in held})
    among = {row[0] for row in rows(table.filter(table.company.isin(above)).select("company"))} if above else set()
    return CompanyFile(
        company, _several(own, 0), _several(own, 1), min((row[2] for row in own if row[2]), default=None), moment,
        tuple(_tree(company, [row for row in held if row.holds(moment) and not row.office])),
        tuple(
            Owner(owner.members, share.point, share.low, share.high)
            for owner in found.whole.owners
            for share in [found.shares[owner.members]]
        ),
        found.whole.circles, found.periods, found.all_periods, tuple(row for row in direct if not row.office),
        tuple(row for row in direct if row.office), holdings_of(lake, company),
        tuple(sorted(row[0] for row in operated)), tuple(_addresses(own)),
        tuple(dict.fromkeys(f"companies:{row[4]}" for row in own)), frozenset(among),
    )


def _known(context: DetectionContext) -> datetime | None:
    """The last moment that the case, or any row of its register, shows to have passed: an end before it has come."""
    begun = context.table("ownerships")["from"].max()
    ((latest,),) = context.rows(context.table("ownerships").agg(latest=begun))
    return max((at for at in (latest, last_activity(context)) if at is not None), default=None)


def companies_of_case(lake: Lake, *, most: int) -> tuple[list[str], int]:
    """The first ``most`` companies of the register by name, and how many there are."""
    table = lake.table("companies")
    named = table.group_by("company").aggregate(name=lambda t: t.name.min())
    listed = rows(named.order_by(["name", "company"]).limit(most).select("company"))
    ((total,),) = rows(named.aggregate(n=named.count()))
    return [row[0] for row in listed], int(total)


def companies_called(lake: Lake, native: str) -> tuple[str, ...]:
    """The companies to which the register itself gave this id, without the case's name before it."""
    table = lake.table("companies")
    return tuple(row[0] for row in rows(
        table.filter(table.company_id == native).select("company").distinct().order_by("company")
    ))


def holdings_of(lake: Lake, owner: str) -> tuple[Holding, ...]:
    """What a company or person holds, or held, directly, and the posts it has; in order of time."""
    table = lake.table("ownerships")
    listed = rows(table.filter(table.owner == owner).select(
        "owner", "owned", "kind", "from", "to", "share", "record_id", "attributes"
    ))
    return tuple(sorted((holding(row, prefix=f"{lake.case.name}:") for row in listed), key=_by_time))


def only_owns(lake: Lake, party: str) -> bool:
    """Is it an owner and nothing else: no company of the register, held by nobody, without a platform?"""
    named = [(table, key) for table, key in (
        ("ownerships", "owner"), ("companies", "company"), ("ownerships", "owned"), ("operators", "company"),
    ) if rows((read := lake.table(table)).filter(read[key] == party).select(key).limit(1))]
    return named == [("ownerships", "owner")]


def is_person(lake: Lake, party: str) -> bool:
    """Is it a person of the graph: one that the register lists as a person and as no company?"""
    people, firms = lake.table("persons"), lake.table("companies")
    return bool(rows(people.filter(people.person == party).select("person").limit(1))) and not rows(
        firms.filter(firms.company == party).select("company").limit(1)
    )


def _tree(company: str, present: Iterable[Holding]) -> list[Level]:
    """Depth first; a holding whose owner stands below already closes a circle and is not followed again."""
    above: dict[str, list[Holding]] = {}
    for row in present:
        above.setdefault(row.owned, []).append(row)
    levels: list[Level] = []

    def climb(owned: str, depth: int, below: tuple[str, ...]) -> None:
        for row in sorted(above.get(owned, ()), key=lambda row: (-(row.share or 0.0), row.owner, row.record)):
            circle = row.owner in below
            more = not circle and depth == MOST_DEEP and row.owner in above
            levels.append(Level(depth, row, circle, more))
            if not circle and not more:
                climb(row.owner, depth + 1, (*below, row.owner))

    climb(company, 1, (company,))
    return levels


def _addresses(own: Iterable[Row]) -> Iterable[Address]:
    """As written: a text, or the parts of an address as registers name them."""
    for _name, _place, _made, attributes, record in own:
        more = attributes_of(attributes)
        given = more.get("addresses", more.get("address"))
        for item in given if isinstance(given, list) else [given]:
            if text := _written(item):
                yield Address(text, f"companies:{record}")


def _written(item: object) -> str:
    if isinstance(item, str):
        return item.strip()
    if not isinstance(item, dict):
        return ""
    country = item.get("country")
    place = country.get("name") or country.get("code") if isinstance(country, dict) else country
    parts = [str(part).strip() for part in (item.get("address"), item.get("postCode"), place) if part]
    kind = item.get("type")
    return ", ".join(parts) + (f" ({kind})" if parts and isinstance(kind, str) else "")


def _by_time(row: Holding) -> tuple[datetime, str, str, str]:
    return row.since or NEVER, row.owner, row.owned, row.record


def _several(listed: list[Row], place: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(row[place]) for row in listed if row[place] not in (None, "")))
