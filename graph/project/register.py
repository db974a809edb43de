"""Who owns and runs the platforms?  Company, Person and Platform nodes, OWNS and OPERATES."""

from typing import Any

import ibis

from graph.project.observed import Observed, mention, union

_ON_PLATFORM = ("accounts", "rooms", "messages", "sessions", "identifiers", "reports", "operators")


def owners(observed: Observed) -> Any:
    """The ownerships rows in order of observation (``nth``), with the ``label`` of the owner.

    That is Person if only the persons table knows it, else Company.
    ``fresh`` also where the register has just learnt who the owner is: its label may have changed.
    """
    rows = observed.ordered("ownerships")
    companies = mention(observed.table("companies"), "company", name="id", platform=False)
    persons = mention(observed.table("persons"), "person", name="id", platform=False)
    firms = companies.select(owner=companies.id, firm_fresh=companies.fresh)
    people = persons.select(owner=persons.id, person_fresh=persons.fresh)
    named = rows.left_join(firms, "owner").drop("owner_right").left_join(people, "owner").drop("owner_right")
    person = named.person_fresh.notnull() & named.firm_fresh.isnull()
    return named.mutate(
        label=person.ifelse("Person", "Company"),
        fresh=named.fresh | ibis.coalesce(named.person_fresh, False) | ibis.coalesce(named.firm_fresh, False),
    ).drop("person_fresh", "firm_fresh")


def owns(owned: Any) -> Any:
    """The OWNS relationships with ``label`` of the source: one a (owner, owned, kind, from, to), its last known share.

    Of a share known only as a range its ends; ``indirect`` where a register says that it is held through others.
    ``fresh`` for all of a pair if for one.
    """
    stake = ibis.window(group_by=["owner", "owned", "kind", "from", "to"])
    ranked = owned.mutate(
        last=owned.nth.max().over(stake), fresh=owned.fresh.any().over(ibis.window(group_by=["owner", "owned"]))
    )
    return ranked.filter(ranked.nth == ranked["last"]).select(
        "label", "share", "kind", "from", "to", "batch_id", "fresh", source=ranked.owner, target=ranked.owned,
        share_min=_told(ranked, "share_min"), share_max=_told(ranked, "share_max"),
        indirect=ranked.attributes.contains('"direct_or_indirect":"indirect"').ifelse(True, ibis.null("boolean")),
    )


def _told(rows: Any, name: str) -> Any:
    """A number among the attributes, which are JSON, also as a text: no value can hold these quotes unescaped."""
    number = rows.attributes.re_extract(f'"{name}":"?([0-9]+(?:[.][0-9]+)?(?:[eE][+-]?[0-9]+)?)', 1)
    return number.nullif("").cast("float64")


def companies(observed: Observed, owned: Any) -> Any:
    """Company rows: listed ones, and as stubs those that own, are owned or operate."""
    mentions = union((
        mention(observed.table("companies"), "company", name="id", platform=False),
        mention(owned.filter(owned.label == "Company"), "owner", name="id", platform=False),
        mention(owned, "owned", name="id", platform=False),
        mention(observed.table("operators"), "company", name="id", platform=False),
    ))
    everything = mentions.group_by("id").agg(batch_id=mentions.batch_id.max(), fresh=mentions.fresh.any())
    told = observed.latest("companies", "company", ("name", "jurisdiction", "incorporated_at"))
    told = told.rename(id="company").mutate(listed=True)
    whole = everything.left_join(told.drop("batch_id", "fresh"), "id").drop("id_right")
    return whole.select(
        "id", "name", "jurisdiction", "incorporated_at", "batch_id", "fresh",
        stub=whole.listed.isnull().ifelse(True, ibis.null("boolean")),
    )


def persons(observed: Observed) -> Any:
    """Person rows; an owner nobody lists is taken for a company, so there are no stubs."""
    told = observed.latest("persons", "person", ("name",))
    return told.select("name", "batch_id", "fresh", id=told.person, stub=ibis.null("boolean"))


def platforms(observed: Observed) -> Any:
    """Platform rows: every platform that any table names; its id is its name."""
    mentions = union(
        mention(observed.table(name), "platform", name="id", platform=False)
        for name in _ON_PLATFORM
        if observed.any_of(name)
    )
    found = mentions.group_by("id").agg(batch_id=mentions.batch_id.max(), fresh=mentions.fresh.any())
    return found.mutate(name=found.id)


def operates(observed: Observed) -> Any:
    """The OPERATES relationships: source (company), target (platform), batch_id, fresh."""
    rows = observed.table("operators")
    return rows.group_by(source=rows.company, target=rows.platform).agg(
        batch_id=rows.batch_id.max(), fresh=rows.fresh.any()
    )
