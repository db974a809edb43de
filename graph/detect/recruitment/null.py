"""Who names one person or place to many people?  Null: an account's partners read of it as everybody's are.

Relational throughout and linear in words: only words that are (part of) an account's or a room's name, a link, or that
name somebody outside, are kept.
"""

from dataclasses import dataclass
from typing import Any

import ibis

from graph.detect.arrays import listed
from graph.detect.context import DetectionContext, once
from graph.detect.recruitment.handles import handles, telephones
from graph.detect.recruitment.parameters import RecruitmentParameters
from graph.detect.recruitment.words import by_word, links, may_link, name_words
from graph.detect.statistics import benjamini_hochberg, beta_binomial_tail

_LEAST_RATIO = 3  # what is not thrice as frequent as elsewhere is never significant: not fetched


@dataclass(frozen=True)
class Mention:
    """``sender`` wrote ``word`` to many of its ``partners``; by the custom of all others ``expected`` would read it."""

    sender: str
    word: str
    partners: int
    expected: float
    q_value: float


def mentions(context: DetectionContext, parameters: RecruitmentParameters) -> list[Mention]:
    """Words for ``min_recipients`` or more that others write much less, q at most ``largest_q``; by sender, word.

    Null: each of an account's partners reads the word with the share at which all other accounts write it to theirs,
    beta-binomial.  Every word that an account wrote to anybody is a test.
    """
    partners = _partners(context)
    able = partners.filter(partners.partners >= parameters.min_recipients)
    said = _said(context, parameters, able)
    counted = context.kept(
        "recruitment_counted",
        lambda: said.group_by(["sender", "word"]).agg(reached=lambda t: t.recipient.nunique()),
        by=(parameters.min_letters, parameters.min_recipients),
    )
    words = counted.group_by("word").agg(everywhere=lambda t: t.reached.sum().cast("int64"))
    whole = context.rows(able.agg(pairs=lambda t: t.partners.sum().cast("int64")))[0][0] or 0
    tests = context.rows(counted.agg(n=lambda t: t.count()))[0][0]
    often = counted.filter(counted.reached >= parameters.min_recipients).join(words, "word").join(able, "sender")
    often = often.filter(
        lambda t: t.reached * (whole - t.partners) >= _LEAST_RATIO * t.partners * (t.everywhere - t.reached)
    )
    rows = context.rows(often.select("sender", "word", "reached", "partners", "everywhere"))
    p_values, expected = [], []
    for _, _, reached, known, everywhere in rows:
        rate = (everywhere - reached + 0.5) / (whole - known + 1.0)
        expected.append(known * rate)
        p_values.append(beta_binomial_tail(reached, known, rate, parameters.dispersion))
    return [
        Mention(sender, word, known, mean, q_value)
        for (sender, word, _, known, _), mean, q_value in zip(
            rows, expected, benjamini_hochberg(p_values, tests), strict=True
        )
        if q_value <= parameters.largest_q
    ]


def messages_with(
    context: DetectionContext, found: list[Mention], parameters: RecruitmentParameters
) -> list[tuple[str, str, str, Any, str, str]]:
    """(sender, word, recipient, sent_at, record_id, text) of the first message to each recipient that has the word."""
    wanted = listed(sender=[m.sender for m in found], word=[m.word for m in found])
    private = _private(context, parameters, wanted.select("sender").distinct())
    said = _read(context, parameters, private, "sender", "recipient", "sent_at", "record_id", "text")
    said = said.semi_join(wanted, ["sender", "word"])
    order = ibis.row_number().over(
        ibis.window(group_by=["sender", "word", "recipient"], order_by=["sent_at", "record_id"])
    )
    first = said.mutate(nth=order).filter(lambda t: t.nth == 0)
    return context.rows(first.select("sender", "word", "recipient", "sent_at", "record_id", "text"))


@once
def _partners(context: DetectionContext) -> Any:
    """sender, partners: to how many people an account wrote in private."""
    pairs = context.pairs
    wrote = pairs.select(sender="initiator")
    answered = pairs.filter(pairs.replies > 0).select(sender="target")
    return ibis.union(wrote, answered).group_by("sender").agg(partners=lambda t: t.count())


def _private(context: DetectionContext, parameters: RecruitmentParameters, senders: Any) -> Any:
    """The private messages of ``senders`` long enough to call."""
    messages = context.table("messages")
    private = messages.filter(
        messages.recipient.notnull(), messages.sender != messages.recipient, messages.text.notnull(),
        messages.text.length() >= parameters.min_letters,
    )
    return private.semi_join(senders, "sender")


def _said(context: DetectionContext, parameters: RecruitmentParameters, senders: Any) -> Any:
    """sender, recipient, word: private messages by word that names somebody or somewhere."""
    return _read(context, parameters, _private(context, parameters, senders), "sender", "recipient")


def _read(context: DetectionContext, parameters: RecruitmentParameters, private: Any, *columns: str) -> Any:
    """``columns`` and word, a row each that ``private`` messages name: names of the case, who is outside, links.

    Few texts hold links, so those are looked through once more: a left join of all words costs much more.
    """
    lexicon = _lexicon(context, parameters)
    some = private.filter(may_link(private.text))
    words = by_word(private, *columns, text=private.text).join(lexicon, "word").drop("word").rename(word="subject")
    known = lexicon.select("word")
    return ibis.union(
        words, links(by_word(some, *columns, text=some.text).anti_join(known, "word")), telephones(private, *columns),
    )


@once
def _lexicon(context: DetectionContext, parameters: RecruitmentParameters) -> Any:
    """word, subject: every word that names somebody, and by which word it is counted."""
    names = name_words(context).select("word").distinct()
    able = _partners(context).filter(lambda t: t.partners >= parameters.min_recipients)
    outside = handles(_private(context, parameters, able), names).rename(subject="handle")
    return ibis.union(names.mutate(subject=names.word), outside.select("word", "subject"))
