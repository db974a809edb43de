"""Who asks many minors for something and presses them?  Demands by pair, counted in the engine, against all others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import pyarrow as pa

from graph.detect.context import DetectionContext
from graph.detect.extortion.parameters import ExtortionParameters
from graph.detect.extortion.word_lists import pattern, plain, rough_pattern, without_conditions
from graph.detect.statistics import benjamini_hochberg, beta_binomial_tail


@dataclass(frozen=True)
class Presser:
    """``account`` pressed ``pressed`` of the ``minors`` it is in private contact with; others' custom: ``expected``."""

    account: str
    pressed: int
    minors: int
    expected: float
    p_value: float
    q_value: float


def pressers(context: DetectionContext, parameters: ExtortionParameters) -> list[Presser]:
    """Accounts that press ``min_minors`` minors or more beyond chance, q at most ``weak_q``; by account.

    Null: an account presses each minor it is in contact with at the rate at which all other accounts press theirs,
    beta-binomial.  Every account in contact with ``min_minors`` minors is a test.
    """
    contacts = _minor_contacts(context).group_by("account").agg(minors=lambda t: t.count())
    contacts = context.kept("extortion_contacts", lambda: contacts)
    pressed = demands(context, parameters).filter(lambda t: t.minor & t.pressed)
    counted = pressed.group_by("account").agg(pressed=lambda t: t.count())
    counted = context.kept("extortion_pressed", lambda: counted)
    whole, tests = context.rows(
        contacts.agg(
            whole=lambda t: t.minors.sum().cast("int64"),
            tests=lambda t: (t.minors >= parameters.min_minors).cast("int64").sum().cast("int64"),
        )
    )[0]
    total = context.rows(counted.agg(n=lambda t: t.pressed.sum().cast("int64")))[0][0] or 0
    often = counted.filter(counted.pressed >= parameters.min_minors).join(contacts, "account")
    rows = context.rows(often.select("account", "pressed", "minors"))
    p_values, expected = [], []
    for _, count, minors in rows:
        met = max(minors, count)  # a minor may have come of age, or be known as one only later
        rate = (total - count + 0.5) / (max(whole - met, total - count) + 1.0)
        expected.append(met * rate)
        p_values.append(beta_binomial_tail(count, met, rate, parameters.dispersion))
    adjusted = benjamini_hochberg(p_values, max(tests or 0, len(rows)))
    return [
        Presser(account, count, max(minors, count), mean, p_value, q_value)
        for (account, count, minors), mean, p_value, q_value in zip(rows, expected, p_values, adjusted, strict=True)
        if q_value <= parameters.weak_q
    ]


def demands(context: DetectionContext, parameters: ExtortionParameters) -> Any:
    """account, other, asked_at, minor, known, pressed: one row a pair in which the account asked for something.

    ``minor``, ``known``: the other at the first demand.  ``pressed``: a consequence was named with the demand or within
    ``press_days``, or it was made again.
    """

    def build() -> Any:
        said = flagged(context, parameters)
        asks = said.filter(said.asks)
        first = asks.group_by(["account", "other"]).agg(asked_at=lambda t: t.sent_at.min())
        later = said.join(first, ["account", "other"])
        presses = (later.presses & (later.sent_at >= later.asked_at)) | (later.asks & (later.sent_at > later.asked_at))
        soon = later.sent_at <= later.asked_at + ibis.interval(days=parameters.press_days)
        pairs = later.mutate(press=(presses & soon).cast("int64")).group_by(["account", "other", "asked_at"]).agg(
            pressed=lambda t: t.press.max() == 1
        )
        known = context.with_minority(pairs, account="other", at="asked_at")
        return known.select("account", "other", "asked_at", "minor", "pressed", known=known.basis.notnull())

    return context.kept("extortion_demands", build)


def asking_rate(context: DetectionContext, parameters: ExtortionParameters, found: Sequence[Presser]) -> float:
    """How often does a private message ask somebody for something for the first time?  Those found are left out.

    Each pair asks once, so a chat of two traders counts as one such message.
    """
    names = ibis.memtable(pa.table({"name": [item.account for item in found]}))
    asked = demands(context, parameters).select(one="account", other="other")
    wrote = context.directed.select("sent", one="sender", other="recipient")
    some, whole = (
        table.anti_join(names, table.one == names.name).anti_join(names.view(), [("other", "name")])
        for table in (asked, wrote)
    )
    times = context.rows(some.agg(n=lambda t: t.count()))[0][0]
    messages = context.rows(whole.agg(n=lambda t: t.sent.sum().cast("int64")))[0][0] or 0
    return float(times / messages) if messages else 0.0


def flagged(context: DetectionContext, parameters: ExtortionParameters) -> Any:
    """account, other, sent_at, record_id, text, asks, presses: private messages that ask for something or press.

    Those that tell of a demand or warn of it do neither.
    """

    def build() -> Any:
        messages = context.table("messages")
        private = messages.filter(
            messages.recipient.notnull(), messages.sender != messages.recipient, messages.text.notnull()
        )
        rough = rough_pattern((*parameters.thing, *parameters.consequence))  # one cheap look at all texts
        some = private.filter(private.text.lower().re_search(rough))
        some = some.select("sender", "recipient", "sent_at", "record_id", "text")
        private = context.kept("extortion_some", lambda: some)
        text = plain(private.text)
        asks = text.re_search(pattern(parameters.thing)) & text.re_search(pattern(parameters.demand))
        presses = text.re_search(pattern(parameters.consequence))
        made = ~without_conditions(text).re_search(pattern(parameters.reported))
        told = private.select(
            "sent_at", "record_id", "text", account="sender", other="recipient", asks=asks & made,
            presses=presses & made,
        )
        return told.filter(told.asks | told.presses)

    return context.kept("extortion_flagged", build)


def _minor_contacts(context: DetectionContext) -> Any:
    """account, other: each account with each minor it is in private contact with, whoever wrote first."""
    pairs = context.pairs
    both = ibis.union(
        pairs.select(account="initiator", other="target", first_at="first_at"),
        pairs.filter(pairs.replies > 0).select(account="target", other="initiator", first_at="first_at"),
    )
    known = context.with_minority(both, account="other", at="first_at")
    return known.filter(known.minor).select("account", "other")
