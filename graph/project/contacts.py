"""Who wrote to whom, and where?  Messages aggregated to contacts between accounts and presence in rooms."""

from typing import Any

import ibis

from graph.project.observed import Observed, total


def directed(observed: Observed) -> Any:
    """One row a (source, target) with private messages from the one to the other.

    Columns: source, target, platform, messages, first_at, last_at, days (distinct UTC days), batch_id, fresh.
    """
    messages = observed.messages
    private = messages.filter(messages.recipient.notnull())
    # by day first: counting distinct days within large groups costs half as much again
    daily = private.group_by(source=private.sender, target=private.recipient, day=private.sent_at.date()).agg(
        platform=private.platform.max(), messages=private.count(), first_at=private.sent_at.min(),
        last_at=private.sent_at.max(), batch_id=private.batch_id.max(), fresh=private.fresh.any(),
    )
    return daily.group_by("source", "target").agg(
        platform=daily.platform.max(), messages=total(daily.messages), first_at=daily.first_at.min(),
        last_at=daily.last_at.max(), days=daily.count(), batch_id=daily.batch_id.max(), fresh=daily.fresh.any(),
    )


def contacted(observed: Observed, contacts: Any) -> Any:
    """The CONTACTED relationships of ``directed`` contacts.

    ``replies`` are the messages that came back; ``initiated`` whether the source wrote the first of the pair, ties in
    time by source file and row.  A message to oneself has no reply.
    """
    back = contacts.select(
        source=contacts.target, target=contacts.source, back_messages=contacts.messages,
        back_first=contacts.first_at, back_fresh=contacts.fresh,
    ).filter(lambda t: t.source != t.target)
    joined = contacts.left_join(back, ["source", "target"], rname="{name}_back")
    first = observed.kept("first", lambda: _first_of_tied(observed, joined))
    judged = joined.left_join(first, ["source", "target"], rname="{name}_tied")
    earlier = judged.back_first.isnull() | (judged.first_at < judged.back_first)
    return judged.select(
        "source", "target", "messages", "first_at", "last_at", "days", "batch_id",
        replies=ibis.coalesce(judged.back_messages, 0),
        initiated=earlier | ibis.coalesce(judged.opened, False),
        fresh=judged.fresh | ibis.coalesce(judged.back_fresh, False),
    )


def _first_of_tied(observed: Observed, joined: Any) -> Any:
    """source, target, opened (true): the direction that began where both did at the same instant."""
    tied = joined.filter(joined.first_at == joined.back_first).select("source", "target", "first_at")
    messages = observed.messages
    openings = messages.join(
        tied,
        [
            messages.sender == tied.source, messages.recipient == tied.target, messages.sent_at == tied.first_at,
        ],
    ).select("source", "target", "source_sha256", "row")
    either = openings.mutate(
        low=ibis.least(openings.source, openings.target), high=ibis.greatest(openings.source, openings.target)
    )
    nth = ibis.row_number().over(ibis.window(group_by=["low", "high"], order_by=["source_sha256", "row", "source"]))
    return either.mutate(nth=nth).filter(lambda t: t.nth == 0).select("source", "target", opened=ibis.literal(True))


def posted(observed: Observed) -> Any:
    """The POSTED_IN relationships: source, target (room), platform, messages, first_at, last_at, batch_id, fresh."""
    messages = observed.messages
    public = messages.filter(messages.room.notnull())
    return public.group_by(source=public.sender, target=public.room).agg(
        platform=public.platform.max(), messages=public.count(), first_at=public.sent_at.min(),
        last_at=public.sent_at.max(), batch_id=public.batch_id.max(), fresh=public.fresh.any(),
    )
