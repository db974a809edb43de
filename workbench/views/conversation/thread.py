"""How is a page of a thread drawn?  As one block of escaped text in greyscale: nothing of it is ever rendered."""

from collections.abc import Collection
from datetime import datetime, timedelta
from html import escape

from workbench.dossier.ages import AgeBasis
from workbench.language import Words
from workbench.plain_text import plain_text
from workbench.views.models.conversation import Message, silences
from workbench.views.models.names import Names


def thread_html(
    messages: Collection[Message], names: Names, words: Words, *, left: str, cited: Collection[str] = (),
    found: Collection[int] = (), marked: int | None = None, before: datetime | None = None,
) -> str:
    """The messages as a column: days, silences, who, age at that moment, text, ``file:row``.

    ``left``: the account whose messages stand on the left (empty: all do); ``cited``: record ids that leads cite;
    ``found``: numbers that hold what is looked for; ``marked``: the number that was asked for; ``before``: when the
    message before the first was sent.
    """
    listed = list(messages)
    quiet = silences(listed, before=before)
    parts, day, last = [], None, None
    for message in listed:
        if last is not None and message.number > last + 1:
            left_out = words.ngettext("{number} message not shown", "{number} messages not shown",
                                      message.number - last - 1)
            parts.append(f'<div class="thread-gap">{escape(left_out)}</div>')
        if message.number in quiet:
            parts.append(f'<div class="thread-gap">{escape(_silence(quiet[message.number], words))}</div>')
        if message.at.date() != day:
            day = message.at.date()
            parts.append(f'<div class="thread-day" role="separator">{escape(words.day(day))}</div>')
        parts.append(_message(message, names, words, left=left, cited=cited, found=found, marked=marked))
        last = message.number
    return f'<div class="thread">{"".join(parts)}</div>'


def _message(
    message: Message, names: Names, words: Words, *, left: str, cited: Collection[str], found: Collection[int],
    marked: int | None,
) -> str:
    kinds = ["thread-message", "thread-left" if not left or message.sender == left else "thread-right"]
    notes = []
    if message.record in cited:
        kinds.append("thread-cited")
        notes.append(words.gettext("cited by a lead"))
    if message.number in found:
        kinds.append("thread-found")
    if message.number == marked:
        kinds.append("thread-marked")
    if message.age is not None:
        notes.append(words.ngettext(
            "{number} year old then, by the evidence", "{number} years old then, by the evidence", message.age
        ))
    elif message.minor:
        notes.append(words.gettext("a minor then"))
    else:
        notes.append(_unknown(message.later_basis, words))
    head = " · ".join([names.of(message.sender, limit=60), f"{message.at:%H:%M:%S}", *notes])
    body = "<br>".join(escape(plain_text(line, limit=20_000)) for line in message.text.splitlines()) or "&nbsp;"
    place = f"{words.number(message.number)} · {plain_text(message.location, limit=120)}"
    return (
        f'<div class="{" ".join(kinds)}"><div class="thread-head"><bdi>{escape(head)}</bdi></div>'
        f'<div class="thread-text"><bdi>{body}</bdi></div>'
        f'<div class="thread-place"><bdi>{escape(place)}</bdi></div></div>'
    )


def _unknown(later: AgeBasis | None, words: Words) -> str:
    """That nothing was known then, and since when something is: whoever is called a minor elsewhere is one by that."""
    if later is None or later.since is None:
        return words.gettext("age unknown then")
    day = words.short_day(later.since.date())
    if later.age is None:
        return words.gettext("age unknown then (told on {day}: a minor)", day=day)
    return words.ngettext(
        "age unknown then (told on {day}: {number} year old)",
        "age unknown then (told on {day}: {number} years old)", later.age, day=day,
    )


def _silence(passed: timedelta, words: Words) -> str:
    hours = round(passed.total_seconds() / 3600)
    if hours < 48:
        return words.ngettext("{number} hour of silence", "{number} hours of silence", hours)
    return words.ngettext("{number} day of silence", "{number} days of silence", round(hours / 24))
