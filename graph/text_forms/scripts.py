"""Which letters of a name are of another script and look Latin?  No eye tells a Cyrillic а from an a."""

import unicodedata

from graph.text_forms.names import as_seen

_LATIN, _MICRO = "LATIN", "\N{MICRO SIGN}"


def disguised(name: str, *, whole: bool = False) -> tuple[tuple[str, str], ...]:
    """Such letters with their script (``CYRILLIC``), in order, of a name that has Latin letters beside them.

    A name in another script as a whole is no disguise, but where it is asked for (``whole``).
    """
    if name.isascii():
        return ()
    signs = unicodedata.normalize("NFKC", name.replace(_MICRO, ""))  # a sign of measure, on every keyboard
    scripts = {sign: _script(sign) for sign in signs if sign.isalpha()}
    found = tuple(
        (sign, script) for sign, script in scripts.items()
        if script != _LATIN and not sign.isascii() and as_seen(sign).isascii()
    )
    return found if whole or _LATIN in scripts.values() else ()


def _script(sign: str) -> str:
    return unicodedata.name(sign, "").partition(" ")[0]
