"""How does a screen say what the readers of chat exports found wrong?  The same kinds of texts as ``source_words``."""


def _(message: str) -> str:
    return message


_WHAT = r"the (?:file|message|element|event)"
_AGAIN = _("the export was cut or changed: what stands before is read; export it again")
REASONS = {
    rf"{_WHAT} ends too early": _("the file ends too early"),
    rf"{_WHAT} is no JSON from here on": _("from here on the file cannot be read"),
    rf"{_WHAT} nests more than \d+ levels deep": _("has more levels than any export"),
    r"the file holds (?P<found>\d+) messages and says (?P<said>.*)": _(
        "the file holds {found} messages and says {said}"),
    rf"{_WHAT} has the key (?P<key>'.*') twice": _("has a key twice"),
    rf"{_WHAT} names no (?:author|sender|sender or room)": _("the message names no sender"),
    rf"{_WHAT} is no object": _("is no JSON object"),
    r"is no line of this chat": _("is no line of this chat"),
    r"the run that wrote this did not end": _("the run that wrote this did not end"),
    r"the table (?P<name>'.*') is not there": _("the table {name} is not there"),
    r"the table (?P<name>'.*') lacks (?P<columns>.*)": _("the table {name} lacks {columns}"),
}
HINTS = {
    r"(?:the export|the file) was cut or changed: what stands before is read(?:; export it again)?": _AGAIN,
    r"(?:the export|the download) was changed(?:, or written by another program)?": _(
        "the export was changed, or written by another program"),
    r"this version of Telegram did not export it": _("this version of Telegram did not export it"),
    r"a contact who is not on Telegram.*": _("a contact who is not on Telegram names nobody of the platform"),
    r"it stands before the first message": _("it stands before the first message"),
    r"what stands there is read; let the program run.*": _("let the program that wrote it run to its end for the rest"),
    r"the manifest names (?:a table|columns) that .* lacks: both must be of one run": _(
        "its two files are not of one run: give both of the same"),
    r"the table tells neither who wrote this.*": _(
        "the table tells neither who wrote it nor in which direction it went"),
}
ERRORS = {
    r"a .* takes no mapping": _("takes no mapping in this format"),
    r"holds no (?:DiscordChatExporter|Telegram|Facebook|room of Matrix|whatsapp|signal|LAVA).*": _(
        "holds nothing of this format"),
    r"is no unpacked Slack export": _("is no unpacked Slack export"),
    r"is a database of no known layout.*": _("is a database whose layout is not known"),
    r"holds no SQLite database": _("holds nothing of this format"),
    r"has rows in its (?:write-ahead log|rollback journal), not in itself": _(
        "was not closed by the program that wrote it"),
    r"is no whole JSON object": _("is no JSON object"),
    r"is no LAVA manifest": _("is no JSON object"),
    r"is no whole SQLite database": _("is no whole database"),
    r"holds a text that unpacks to too much": _("grows beyond reason when it is unpacked"),
    r"is a torn or locked zip": _("is a torn or locked archive"),
    r"holds dates in no single order of day, month and year": _("holds dates in more than one order of day and month"),
    r"does not tell whether its dates begin with the day or the month": _(
        "does not tell whether its dates begin with the day or the month"),
}
FIXES = {
    r"leave (?:the mapping|it) out": _("choose another format, or leave the mapping out"),
    r"see docs/formats\.md.*": _("choose another format, or correct the mapping"),
    r"let the program that wrote it end.*": _("let that program end, or give a copy that it closed"),
    r"say with a mapping what its tables hold.*": _("a mapping written by hand has to say what its tables hold"),
    r"copy it again from where it was taken": _("copy or export it again"),
    r"give the folder that holds .*": _("give the whole folder, unpacked"),
    r"(?:run the program that wrote it again|copy the folder again).*": _("copy or export it again"),
    r"(?:copy it again, or )?unpack it yourself and give the text": _("unpack it and give the text"),
    r"it was put together from several exports.*": _("give each of the exports that it was put together from"),
    r"say which, by the format whatsapp.*": _("choose under Format which of the two comes first"),
}
