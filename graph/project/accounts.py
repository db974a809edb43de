"""Who is there, and where do they meet?  Account and Room nodes, those only other tables mention marked as stubs."""

from typing import Any

import ibis

from graph.detect.minors import minority
from graph.detect.minors.ages import ages, spans
from graph.project.observed import Observed, mention, total, union


def accounts(observed: Observed, contacts: Any, posts: Any) -> Any:
    """Account rows; ``contacts`` and ``posts`` are the aggregated messages.

    ``messages`` counts all it sent, ``contacts`` its distinct private counterparts (itself apart);
    ``minor_basis`` says by what it is held for a minor (``graph.detect.minors.ages``: declared, stated in its own
    messages, told by a report), ``minor_from`` and ``minor_until`` when that was known (null: open).
    """
    ends = [("source", contacts), ("target", contacts), ("source", posts)]
    tables = [
        (key, observed.table(name))
        for name, key in (
            ("accounts", "account"), ("sessions", "account"), ("identifiers", "account"), ("reports", "reported"),
            ("reports", "reporter"),
        )
        if observed.any_of(name)
    ]
    mentions = union(mention(table, key, name="id") for key, table in [*ends, *tables])
    everyone = mentions.group_by("id").agg(
        platform=mentions.platform.max(), batch_id=mentions.batch_id.max(), fresh=mentions.fresh.any()
    )
    sent = union(table.select(id=table.source, messages=table.messages) for table in (contacts, posts))
    totals = sent.group_by("id").agg(messages=total(sent.messages))
    pairs = union(
        contacts.select(id=contacts[here], other=contacts[there]).filter(lambda t: t.id != t.other)
        for here, there in (("source", "target"), ("target", "source"))
    ).distinct()
    met = pairs.group_by("id").agg(contacts=pairs.count())
    told = observed.latest(
        "accounts", "account", ("pseudonym", "declared_age", "role", "status", "created_at")
    ).rename(id="account").mutate(listed=True)
    whole = everyone.left_join(totals, "id").drop("id_right")
    whole = whole.left_join(met, "id").drop("id_right")
    whole = whole.left_join(told.drop("batch_id", "fresh"), "id").drop("id_right")
    whole = whole.left_join(_minors(observed), "id").drop("id_right")
    return whole.select(
        "id", "platform", "pseudonym", "role", "status", "created_at", "batch_id", "fresh",
        "minor_basis", "minor_from", "minor_until",
        declared_age=whole.declared_age.cast("int64"),
        messages=ibis.coalesce(whole.messages, 0),
        contacts=ibis.coalesce(whole.contacts, 0),
        stub=whole.listed.isnull().ifelse(True, ibis.null("boolean")),
    )


def _minors(observed: Observed) -> Any:
    """id, minor_basis, minor_from, minor_until of those whom the evidence ever told to be minors."""
    people = observed.table("accounts")
    told = observed.kept("ages", lambda: minority(people, observed.messages, observed.table("reports")))
    known = ages(people, told).outer_join(spans(told), "account")
    return known.select(
        "minor_basis", "minor_from", "minor_until", id=ibis.coalesce(known.account, known.account_right)
    )


def rooms(observed: Observed) -> Any:
    """Room rows, of the rooms table and of those people posted in (whoever did, so not ``observed.messages``)."""
    mentions = union(mention(observed.table(name), "room", name="id") for name in ("rooms", "messages"))
    everything = mentions.group_by("id").agg(
        platform=mentions.platform.max(), batch_id=mentions.batch_id.max(), fresh=mentions.fresh.any()
    )
    told = observed.latest("rooms", "room", ("name", "kind", "created_at")).rename(id="room").mutate(listed=True)
    whole = everything.left_join(told.drop("batch_id", "fresh"), "id").drop("id_right")
    return whole.select(
        "id", "platform", "name", "kind", "created_at", "batch_id", "fresh",
        stub=whole.listed.isnull().ifelse(True, ibis.null("boolean")),
    )
