"""Which platforms are planted?  Their size, tables and clocks, as data."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Setting:
    """One platform.

    ``rhythm``: uniform, daily or evening; ``ids``: number, uuid or name; ``clock``: how times are written.
    ``known``: share of accounts with a declared age.  ``contacts``: mean of the people an account writes to first.
    """

    accounts: int = 600
    days: int = 60
    minors: float = 0.3
    known: float = 0.95
    rhythm: str = "daily"
    rooms: int = 12
    texts: bool = True
    sessions: bool = True
    roles: bool = True
    created: bool = True
    names: bool = True
    account_table: bool = True
    platforms: tuple[str, ...] = ("harbour",)
    ids: str = "number"
    clock: str = "iso"
    format: str = "csv"
    contacts: float = 9.0
    plants: tuple[str, ...] = ("hubs", "crews", "convergence", "recruitment", "extortion", "shells", "owners")


CASES: dict[str, Setting] = {
    "plain": Setting(),
    "uniform": Setting(accounts=500, rhythm="uniform", rooms=5, ids="uuid", clock="epoch", created=False),
    "private": Setting(
        accounts=700,
        rooms=0,
        sessions=False,
        texts=False,
        roles=False,
        created=False,
        names=False,
        platforms=(),
        clock="epoch",
        plants=("hubs", "crews", "convergence"),
    ),
    "few-ages": Setting(accounts=900, known=0.25, minors=0.35, clock="millis"),
    "small": Setting(accounts=140, days=70, contacts=6.0, rooms=3, platforms=(), plants=("hubs", "crews", "shells")),
    "big": Setting(accounts=4000, days=45, rooms=40, contacts=7.0, rhythm="evening"),
    "two-sites": Setting(accounts=800, platforms=("lagoon", "meadow"), format="jsonl", ids="uuid"),
    "chatty": Setting(accounts=350, days=30, contacts=35.0, rhythm="evening", rooms=6, format="parquet", clock="local"),
    "words-only": Setting(
        accounts=600,
        account_table=False,
        rooms=0,
        sessions=False,
        platforms=(),
        roles=False,
        ids="name",
        plants=("hubs", "crews", "convergence", "recruitment", "extortion"),
    ),
    "children": Setting(accounts=1000, minors=0.65, known=0.8, rhythm="evening", created=False, roles=False),
}
