"""How does a screen say what the readers of chat exports found wrong?  The same kinds of texts as ``sources``."""


def _(message: str) -> str:
    return message


_WHAT = r"the (?:file|message|element|event|record|line|mail)"
_AGAIN = _("the export was cut or changed: what stands before is read; export it again")
REASONS = {
    r"the index names a channel that the package lacks": _("the index names a channel that the package lacks"),
    r"the package does not describe the channel": _("the package does not describe the channel"),
    r"the file (?:tells|names) no account": _("the file tells no account"),
    r"the file ends before its signature": _("the file ends before its signature"),
    r"the file opens a tag that does not close": _("the file opens a tag that does not close"),
    r"the file is no XML from line (?P<line>\d+) on": _("from line {line} on the file cannot be read"),
    r"the (?:file|element) (?:declares entities.*|holds (?:an element|a fragment) of more than .*)": _(
        "the file holds what no export does"),
    r"the artifact (?P<name>'.*') is not read, (?P<count>\d+) elements of it": _(
        "the artifact {name} is not read: {count} elements"),
    rf"{_WHAT} is of no known kind": _("is of no known kind"),
    rf"{_WHAT} (?:is no post|has no number)": _("is of no known kind"),
    rf"{_WHAT} names no (?:sender or no time|author with an id, or stands in no thread)": _(
        "the message names no sender or no time"),
    rf"{_WHAT} names no chat or no author that the file knows": _("the message names no chat or author of the file"),
    r"the notice has no time": _("the notice has no time"),
    r"the line is no JSON object": _("is no JSON object"),
    r"the mail is larger than (?P<size>\d+) MB": _("the mail is larger than {size} MB"),
    r"the mail cannot be taken apart \(.*\)": _("the mail cannot be taken apart"),
    r"is no CSV record \(.*\)": _("cannot be cut into columns"),
    rf"{_WHAT} has (?P<found>\d+) columns, the header (?P<wanted>\d+)": _(
        "columns here: {found}, in the header: {wanted}"),
    rf"{_WHAT} opens a quote that does not close": _("opens a quote that does not close"),
    rf"{_WHAT} has text after its closing quote": _("has text after its closing quote"),
    rf"{_WHAT} is longer than (?P<size>[\d,]+) bytes": _("is longer than {size} bytes"),
    rf"(?:{_WHAT} )?.* \(of (?P<size>[\d,]+) bytes the first (?P<most>[\d,]+) are kept\)": _(
        "cannot be cut into columns; of its {size} bytes the first {most} are kept"),
    rf"{_WHAT} has a text of more than (?P<size>\d+) MB": _("has a text of more than {size} MB, which is left out"),
    rf"{_WHAT} is not UTF-8": _("is not UTF-8"),
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
    r"(?:the export|the file|the return) was cut or changed: (?:what stands before|every other line) is read"
    r"(?:; (?:export it again|ask for it again))?": _AGAIN,
    r"the return was cut or changed: ask for it again": _AGAIN,
    r"the package was cut or is half unpacked.*": _(
        "the package was cut or is half unpacked: unpack it again, or ask for it again"),
    r"no message stands beside it whose time it could take": _("no message beside it tells a time"),
    r"messages and chats are read": _("messages and chats are read"),
    r"take it out and read it by itself": _("take it out and read it by itself"),
    r"it is damaged, or made to be; the others are read": _("it is damaged; the others are read"),
    r"(?:the export|the download|the return|the file) was changed(?:, or written by another program)?": _(
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
    r"holds no (?:DiscordChatExporter|Discord|Telegram|Facebook|Meta|Snapchat|Kik|Roblox|Google|Signal|Mastodon|Magnet|"
    r"thread of|file of X|mail|room of Matrix|whatsapp|signal|LAVA).*": _(
        "holds nothing of this format"),
    r"is no unpacked Slack export": _("is no unpacked Slack export"),
    r"is a database of no known layout \(tables (?P<tables>.*)\)": _(
        "is a database whose layout is not known, of the tables {tables}"),
    r"holds no database of a known layout": _("holds nothing of this format"),
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
    r"say with a mapping what its tables hold.*": _(
        "choose under Mapping a file of yours that says what its tables hold"),
    r"copy it again from where it was taken": _("copy or export it again"),
    r"give the folder that holds .*": _("give the whole folder, unpacked"),
    r"(?:run the program that wrote it again|copy the folder again).*": _("copy or export it again"),
    r"(?:copy it again, or )?unpack it yourself and give the text": _("unpack it and give the text"),
    r"it was put together from several exports.*": _("give each of the exports that it was put together from"),
    r"say which, by the format whatsapp.*": _("choose under Format which of the two comes first"),
}
