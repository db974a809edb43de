"""How is a hostile string shown?  As plain text: no direction tricks, no controls, no markup, no endless length."""

import re
import unicodedata

_MARKDOWN = re.compile(r"([!-/:-@\[-`{-~])")
_ADDRESS = re.compile(r"(?=\\@)|(?<=www)(?=\\\.)|(?=\\:\\/\\/)", re.IGNORECASE)
_EMPTY_SPAN = ":small[]"
_NO_MARKUP = re.compile(r"[\w \u00a0\u202f,.()'’\"“”«»;?%=…–—-]*\$?[\w \u00a0\u202f,.()'’\"“”«»;?%=…–—-]*")
_MAY_BE_MARKUP = re.compile(r"^\s*(?:[-=]|\d+[.)])|www\.|--|(?<!\w)_|_(?!\w)|__", re.IGNORECASE)
_BOUND = r"(?<=«)[\u00a0\u202f](?=\S)|(?<=\d)[\u00a0\u202f](?=\d)|(?<=\S)[\u00a0\u202f](?=[:;!?»%])"
_LONE_SPACE = re.compile(rf"(?!{_BOUND})\s+")  # a no-break space stays where sentences and numbers are set with one


def plain_text(text: str, *, limit: int = 80) -> str:
    """The text on one line without control, format and surrogate characters, cut to ``limit`` with an ellipsis.

    Bidirectional overrides, zero-width characters and the like are shown as the replacement mark, because two names
    that look the same and are not the same must not be confused.
    """
    if len(text) <= limit and text.isascii() and text.isprintable() and "  " not in text:
        return text.strip() or "(empty)"  # as nearly every name is: nothing to look for letter by letter
    flat = _LONE_SPACE.sub(" ", text[: limit * 4]).strip()
    shown = "".join("�" if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn") else char for char in flat)
    shown = _limit_marks(shown)
    if len(shown) > limit or len(text) > limit * 4:
        return shown[: limit - 1].rstrip() + "…"
    return shown or "(empty)"


def escape_markdown(text: str, *, limit: int = 2_000) -> str:
    """The text for a parameter that Streamlit renders as Markdown: every mark of punctuation escaped.

    What reads like an address of mail or of the web would be made a link all the same, once the marks are read: an
    empty span stands within it, which shows and copies nothing.
    """
    return _ADDRESS.sub(_EMPTY_SPAN, _MARKDOWN.sub(r"\\\1", plain_text(text, limit=limit)))


def label_text(text: str, *, limit: int = 2_000) -> str:
    """The text for the label of a field, which a screen reader says as it is written, with every backslash in it.

    Rendered as Markdown as well: only a text that could be markup is escaped.
    """
    plain = plain_text(text, limit=limit)
    return plain if _NO_MARKUP.fullmatch(plain) and not _MAY_BE_MARKUP.search(plain) else escape_markdown(plain)


def _limit_marks(text: str, *, most: int = 2) -> str:
    """At most ``most`` combining marks in a row: stacks of them draw over the lines above and below."""
    kept: list[str] = []
    run = 0
    for char in text:
        run = run + 1 if unicodedata.combining(char) else 0
        if run <= most:
            kept.append(char)
    return "".join(kept)
