"""What archives, extractions of devices, registers and databases are said to lack: as messages of the screen.

Each table is a part of that of its name in ``sources``.
"""


def _(message: str) -> str:
    return message


REASONS = {
    r"the file is no XML from line (?P<line>\d+) on": _("from line {line} on the file cannot be read"),
    r"the file declares a document type, which no report does": _("the file is built as no report is"),
    r"the (?:file|element) holds a value of more than \d+ million characters": _(
        "the file holds a value of absurd length"),
    r"the file holds (?P<found>\d+) records and says (?P<said>\d+)": _(
        "the file holds {found} records and says {said}"),
    r"names no company": _("names no company"),
    r"cannot be cut into columns \(.*\)": _("cannot be cut into columns"),
    r"the message names no recipient": _("the message names no recipient"),
    r"the (?:contact|account) names nobody": _("names nobody"),
    r"the row of .* in this line of the dump has (?P<found>\d+) values for (?P<wanted>\d+) columns": _(
        "has {found} values for {wanted} columns"),
    r"the row of .* in this line of the dump is missing.*": _(
        "is missing: the dump ends within a table"),
    r"the row of .* in this line of the dump is longer than (?P<size>[\d,]+) bytes": _("is longer than {size} bytes"),
    r"the row of .* in this line of the dump cannot be read": _("cannot be read"),
}
HINTS = {
    r"it stands in no thread and says nobody it went to": _("it stands in no thread and says nobody it went to"),
    r"a part of the file is missing": _("a part of the file is missing"),
    r"the register gives every record the number of its company": _("every record bears the number of its company"),
    r"a quote may be missing": _("a quote may be missing before it"),
    r"dump the table again, or mend the line in a copy": _("have the table dumped again, or mend the line in a copy"),
    r"the report gives neither a name nor an identifier": _("the report gives neither a name nor an identifier"),
}
ERRORS = {
    r"is a (?P<kind>7z|RAR) archive, which cannot be opened here": _(
        "is a {kind} archive, which cannot be opened here"),
    r"is packed in a way that is not read \(.*\)": _("is packed in a way that is not read"),
    r"is locked with a password": _("is locked with a password"),
    r"has more than (?P<number>[\d,]+) members": _("has more than {number} files in it"),
    r"is an archive within (?P<number>\d+) others": _("is an archive within {number} others"),
    r"holds nothing of a known format.*": _("holds nothing of a known format"),
    r"holds one name too often": _("holds one name too often"),
    r"holds no report\.xml": _("holds no report"),
    r"holds no (?:snapshot of the register|table of the Offshore Leaks)": _("holds no table of this register"),
    r"a register takes no mapping": _("takes no mapping in this format"),
    r"holds no file that this mapping is for": _("holds no file that this mapping is for"),
    r"is the mapping of another kind of source": _("is the mapping of another kind of source"),
    r"is no whole Excel workbook": _("is no whole Excel workbook"),
    r"has no sheet (?P<name>'.*')": _("has no sheet {name}"),
    r"a table needs a mapping": _("needs a mapping"),
    r"is a dump in PostgreSQL's packed form": _("is a dump in PostgreSQL's packed form"),
    r"is no address of a database": _("is no address of a database"),
    r"cannot be read \((?P<said>.*)\)": _("cannot be read: {said}"),
    r"is no SQL dump": _("is no SQL dump"),
    r"declares (?:no table|a table that cannot be made \(.*\))": _("declares no table that can be read"),
    r"is no snapshot": _("is no snapshot of a database"),
    r"a snapshot bears the mapping it was taken with": _("a snapshot bears the mapping it was taken with"),
    r"cannot be unpacked \(.*\)": _("cannot be unpacked: there may be no room"),
}
FIXES = {
    r"unpack it(?: with its password,| and) give the folder": _("unpack it and give the folder"),
    r"make room in the workspace, or .*": _("make room, or unpack it elsewhere and give the folder"),
    r"write it as plain text with pg_restore and give that": _("write it as plain text with pg_restore and give that"),
    r"write postgresql://USER@HOST/DATABASE or mysql://USER@HOST/DATABASE": _(
        "write postgresql://USER@HOST/DATABASE or mysql://USER@HOST/DATABASE"),
    r"check address, user and rights; the password is taken from \w+": _("check address, user, password and rights"),
    r"dump it again(?:, with its tables)?": _("have it dumped again"),
    r"take (?:it|the snapshot) again": _("take the snapshot again"),
    r"copy it again": _("copy it again"),
}
