"""Who asked whom for something in private, was it pressed, and how does the chat run around it?  A row a pair."""

from typing import Any

import ibis

from graph.detect.context import DetectionContext, once
from graph.detect.extortion.parameters import ExtortionParameters
from graph.detect.extortion.word_lists import pattern, plain, rough_pattern, without_conditions


@once
def flagged(context: DetectionContext, parameters: ExtortionParameters) -> Any:
    """account, other, sent_at, record_id, asks, presses: private messages that ask for something or press.

    Those that report a demand or warn of it do neither.
    """
    messages = context.table("messages")
    rough = rough_pattern((*parameters.thing, *parameters.consequence))  # one cheap look at all texts
    private = messages.filter(
        messages.recipient.notnull(), messages.sender != messages.recipient, messages.text.lower().re_search(rough)
    ).select("sent_at", "record_id", "text", account="sender", other="recipient")
    private = context.kept("extortion_some", lambda: private, by=parameters)
    text = plain(private.text)
    made = ~without_conditions(text).re_search(pattern(parameters.reported))
    asks = text.re_search(pattern(parameters.thing)) & text.re_search(pattern(parameters.demand))
    read = private.mutate(asks=asks & made, presses=text.re_search(pattern(parameters.consequence)) & made)
    return read.filter(read.asks | read.presses).drop("text")


@once
def demands(context: DetectionContext, parameters: ExtortionParameters) -> Any:
    """One row an account and other whom it asked for something: account, other, asked_at (the first demand), and

    minor, known (the other's age then); pressed (a consequence was named with the demand or within ``press_days``, or
    it was made again); began and ended (the chat's first message, the account's last); silent (no
    answer after the last pressing), sought (the other wrote first), returned (the other asked for something as well).
    """
    marked = flagged(context, parameters)
    first = marked.filter(marked.asks).group_by(["account", "other"]).agg(asked_at=lambda t: t.sent_at.min())
    later = marked.join(first, ["account", "other"]).filter(lambda t: t.sent_at >= t.asked_at)
    soon = later.sent_at <= later.asked_at + ibis.interval(days=parameters.press_days)
    press = (later.presses | (later.sent_at > later.asked_at)) & soon
    pairs = later.mutate(press=press.cast("int64")).group_by(["account", "other", "asked_at"]).agg(
        pressed=lambda t: t.press.max() == 1, last=lambda t: t.sent_at.max()
    )
    sides = context.directed
    own = sides.select(account="sender", other="recipient", own_first="first_at", ended="last_at")
    back = sides.select(account="recipient", other="sender", back_first="first_at", back_last="last_at").view()
    turned = first.select(account="other", other="account", returned_at="asked_at").view()
    chats = pairs.join(own, ["account", "other"]).left_join(back, ["account", "other"])
    chats = chats.drop("account_right", "other_right").left_join(turned, ["account", "other"])
    began = ibis.least(chats.own_first, ibis.coalesce(chats.back_first, chats.own_first))
    chats = chats.select(
        "account", "other", "asked_at", "pressed", "ended", began=began,
        silent=chats.back_last.isnull() | (chats.back_last <= chats.last),
        sought=ibis.coalesce(chats.back_first < chats.own_first, False), returned=chats.returned_at.notnull(),
    )
    known = context.with_minority(chats, account="other", at="asked_at")
    return known.mutate(known=known.basis.notnull()).drop("age", "band", "basis")
