"""Who is who in the register?  Names, types, addresses and traits of its parties by id, and who operates a platform."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from graph.detect.context import DetectionContext
from graph.detect.owners.holdings import attributes_of

_OF_PLATFORMS = ("accounts", "rooms", "messages", "sessions", "identifiers", "reports")
_NOT_KNOWN = ("anonymousperson", "unknownperson")


@dataclass(frozen=True)
class Party:
    """A company or person of the register; ``withheld``: it is a person, but the register does not say who.

    ``traits``: what else tells it apart, as far as it is known: born, nationality, incorporated, jurisdiction (as
    written) and identifier (scheme and number).
    """

    name: str
    kind: str
    withheld: bool
    addresses: tuple[str, ...]
    record: str
    traits: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Register:
    """Companies and persons by id, and which platforms a company operates, with the records that say so.

    ``heard``: the platforms of which the case has any record.
    """

    companies: Mapping[str, Party]
    persons: Mapping[str, Party]
    platforms: Mapping[str, tuple[str, ...]]
    records: Mapping[str, tuple[str, ...]]
    heard: frozenset[str] = frozenset()


def read_register(context: DetectionContext) -> Register:
    """The parties of the case and the operators of platforms."""
    platforms: dict[str, set[str]] = {}
    records: dict[str, set[str]] = {}
    operators = context.table("operators").select("company", "platform", "record_id")
    for company, platform, record in context.rows(operators):
        platforms.setdefault(company, set()).add(platform)
        records.setdefault(company, set()).add(f"operators:{record}")
    return Register(
        companies=_parties(context, "companies", "company", "jurisdiction", "incorporated_at"),
        persons=_parties(context, "persons", "person"),
        platforms={company: tuple(sorted(names)) for company, names in platforms.items()},
        records={company: tuple(sorted(refs)) for company, refs in records.items()},
        heard=frozenset(
            name for table in _OF_PLATFORMS if platforms
            for (name,) in context.rows(context.table(table).select("platform").distinct())
        ),
    )


def _parties(context: DetectionContext, table: str, key: str, *columns: str) -> dict[str, Party]:
    """By id; of several rows of one id the last by date of its statement, then in order of content."""
    found: dict[str, tuple[str, Party]] = {}
    addresses: dict[str, set[str]] = {}
    rows = context.rows(context.table(table).select(key, "name", "attributes", "record_id", *columns))
    for who, name, attributes, record, *rest in rows:
        more = attributes_of(attributes)
        kind = str(more.get("person_type") or more.get("entity_type") or "")
        addresses.setdefault(who, set()).update(_addresses(more))
        party = Party(
            name or "", kind, kind.lower() in _NOT_KNOWN, (), f"{table}:{record}",
            _traits(more, dict(zip(columns, rest, strict=True))),
        )
        stated = str(more.get("statement_date") or "")
        if who not in found or found[who][0] <= stated:
            found[who] = stated, party
    return {
        who: replace(party, addresses=tuple(sorted(addresses[who]))) for who, (_, party) in found.items()
    }


def _traits(more: Mapping[str, Any], columns: Mapping[str, Any]) -> Mapping[str, str]:
    """Of several nationalities or identifiers the first by alphabet."""
    day = columns.get("incorporated_at")
    known = {
        "born": more.get("birth_date"), "jurisdiction": columns.get("jurisdiction"),
        "incorporated": f"{day:%Y-%m-%d}" if isinstance(day, datetime) else None,
        "nationality": _first(more.get("nationalities", more.get("nationality")), lambda item: [
            item.get("code") or item.get("name")
        ]),
        "identifier": _first(more.get("identifiers", more.get("identifier")), lambda item: [
            item.get("scheme") or item.get("schemeName"), item["id"]
        ] if item.get("id") else []),
    }
    return {name: value.strip() for name, value in known.items() if isinstance(value, str) and value.strip()}


def _first(given: Any, parts: Callable[[Mapping[str, Any]], list[Any]]) -> str:
    """The first by alphabet of texts, or of what ``parts`` takes of objects."""
    found = []
    for item in given if isinstance(given, list) else [given]:
        if isinstance(item, str):
            found.append(item)
        elif isinstance(item, dict):
            found.append(" ".join(str(part) for part in parts(item) if part))
    return min((text for text in found if text), default="")


def _addresses(more: Mapping[str, Any]) -> Iterable[str]:
    given = more.get("addresses", more.get("address"))
    for item in given if isinstance(given, list) else [given]:
        if isinstance(item, str):
            written = [item]
        elif isinstance(item, dict):
            country = item.get("country")
            place = country.get("code") or country.get("name") if isinstance(country, dict) else country
            street, code = str(item.get("address") or ""), str(item.get("postCode") or "")
            written = [street, "" if plain(code) in plain(street) else code, str(place or "")] if street else []
        else:
            continue
        if found := plain(" ".join(written)):
            yield found


def plain(text: str) -> str:
    """An address as letters and digits only, without case, accents and punctuation: what is compared."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(mark if mark.isalnum() else " " for mark in letters if not unicodedata.combining(mark))
    return " ".join(kept.split())
