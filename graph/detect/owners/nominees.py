"""For whom does a nominee hold?  The shares of nominees are counted for their nominators, where the register has them.

BODS records a nomination as rows of kind ``nominee`` and ``nominator`` on the same company or arrangement; a row may
also name the nominator itself (attribute ``nominee_for`` or ``on_behalf_of``).
"""

from collections.abc import Mapping
from dataclasses import replace

from graph.detect.owners.pending import Pending

Pair = tuple[str, str]
_ROUNDING = 1e-4


def look_through(pending: Mapping[Pair, Pending]) -> dict[Pair, Pending]:
    """The pending stakes with nominees looked through; a nominee whose nominator nobody names stays, marked."""
    looked = _named(pending)
    companies: dict[str, list[str]] = {}
    for owner, owned in sorted(looked):
        companies.setdefault(owned, []).append(owner)
    for owned, owners in companies.items():
        nominees = [name for name in owners if looked[name, owned].nominee and not looked[name, owned].nominator]
        nominators = [name for name in owners if looked[name, owned].nominator]
        if nominees and nominators:
            only = len(nominees) + len(nominators) == len(owners)
            _nominated(looked, owned, nominees, nominators, only=only)
    return looked


def _named(pending: Mapping[Pair, Pending]) -> dict[Pair, Pending]:
    """Stakes of nominees who name their nominator become the nominator's."""
    looked = dict(pending)
    for (owner, owned), item in sorted(pending.items()):
        whom = item.holds_for
        if not whom or whom == owner:
            continue
        del looked[owner, owned]
        moved = replace(item, nominee=False, holds_for="", through=(owner,))
        before = looked.get((whom, owned))
        looked[whom, owned] = moved if before is None else _together(before, moved)
    return looked


def _nominated(
    looked: dict[Pair, Pending], owned: str, nominees: list[str], nominators: list[str], *, only: bool
) -> None:
    held = [looked[name, owned] for name in nominees]
    low = sum(item.low or 0.0 for item in held) if any(item.low is not None for item in held) else None
    high = sum(item.high or 0.0 for item in held) if low is not None else None
    if only and low is None:
        low = high = 1.0  # an arrangement that consists of nothing else
    silent = [name for name in nominators if looked[name, owned].low is None]
    said = sum(looked[name, owned].low or 0.0 for name in nominators)
    records = tuple(sorted(record for item in held for record in item.records))
    for name in nominators:
        item = looked[name, owned]
        item = replace(
            item, nominator=False, through=tuple(sorted({*item.through, *nominees})),
            records=tuple(sorted({*item.records, *records})), superseded=item.superseded or any(
                other.superseded for other in held
            ),
        )
        if name in silent and low is not None and high is not None:
            rest = (max(0.0, low - said), max(0.0, high - said))
            alone = len(silent) == 1
            item = replace(item, low=rest[0] if alone else 0.0, high=rest[1])
        looked[name, owned] = item
    left = 0.0 if silent or low is None else low - said
    for name in nominees:
        item = looked[name, owned]
        if left <= _ROUNDING or not low or item.low is None or item.high is None:
            del looked[name, owned]
        else:
            part = left / low
            looked[name, owned] = replace(item, low=item.low * part, high=item.high * part)


def _together(one: Pending, other: Pending) -> Pending:
    """Two holdings of one owner in one company."""
    known = [item for item in (one, other) if item.low is not None]
    since = [item.since for item in (one, other) if item.since is not None]
    return replace(
        one, low=sum(item.low or 0.0 for item in known) if known else None,
        high=sum(item.high or 0.0 for item in known) if known else None,
        kinds=tuple(sorted({*one.kinds, *other.kinds})), records=tuple(sorted({*one.records, *other.records})),
        since=min(since, default=None), through=tuple(sorted({*one.through, *other.through})),
        superseded=one.superseded or other.superseded, replaced=one.replaced + other.replaced,
    )
