"""Whose name holds letters of another script that look Latin?  Said beside a lead, where nobody would see it."""

from collections import Counter
from collections.abc import Iterable

from graph.text_forms.names import as_seen
from graph.text_forms.scripts import disguised
from workbench.language import Words
from workbench.views.models.names import Names


def disguise_notes(identities: Iterable[str], names: Names, words: Words) -> tuple[str, ...]:
    """A line each of those whose name may be read; of a name in another script where it reads as another of these."""
    shown = {one: name for one in identities if not names.masked(one) and (name := names.pseudonyms.get(one))}
    often = Counter(map(as_seen, shown.values()))
    return tuple(
        words.gettext(
            "The name of {who} is written with letters of another script: {letters}.",
            who=names.called(identity, words.language),
            letters=", ".join(f"{letter} ({_script(script, words)})" for letter, script in letters),
        )
        for identity, name in shown.items()
        if (letters := disguised(name, whole=often[as_seen(name)] > 1))
    )


def _script(script: str, words: Words) -> str:
    _ = words.gettext
    return {"CYRILLIC": _("Cyrillic"), "GREEK": _("Greek")}.get(script, _("another script"))
