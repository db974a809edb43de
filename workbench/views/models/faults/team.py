"""What does the casework of a team refuse?  Roles, memberships, sign-ins, passes, sharing, revisions and watches."""

from workbench.language import Words
from workbench.views.models.faults.known import said


def _(message: str) -> str:
    return message


_WHAT = {
    r".* \(.*\) may not open this case": _("this case is for its members"),
    r".* \(.*\) may not judge, note or tag": _("your role does not cover judging, noting and tagging"),
    r".* \(.*\) may not save or share queries": _("your role does not cover saving and sharing queries"),
    r".* \(.*\) may not export or report": _("your role does not cover exports and reports"),
    r".* \(.*\) may not lift masks": _("your role does not cover lifting masks"),
    r".* \(.*\) may not add evidence": _("your role does not cover adding evidence"),
    r".* \(.*\) may not run detections": _("your role does not cover running detections"),
    r".* \(.*\) may not seal a case": _("your role does not cover sealing a case"),
    r".* \(.*\) may not begin a case": _("your role does not cover beginning a case"),
    r".* \(.*\) may not say who works on a case": _("your role does not cover saying who works on a case"),
    r".* \(.*\) may not .*": _("your role does not cover this"),
    r"no case '.*' that .* is a member of": _("there is no such case"),
    r"a team works here, and nothing proves that you are (?P<who>.*)": _(
        "a team works here, and nothing tells that you are {who}"),
    r"a team's log says why a case is opened, and no purpose is given": _(
        "the log says why a case is opened, and no purpose is given"),
    r"casework is signed by who is signed in \((?P<who>.*)\), not by (?P<other>.*)": _(
        "what is added is signed by {who}, who is signed in, and not by {other}"),
    r"(?P<who>.*) has no role(?: here)?": _("{who} has no role here"),
    r"this pass opens nothing: unknown, withdrawn or expired": _("this pass is unknown, withdrawn or expired"),
    r"a pass of (?P<days>.*) days": _("a pass cannot be for {days} days"),
    r"no pass (?P<number>.*)": _("there is no pass {number}"),
    r"no role (?P<role>'.*')": _("there is no role {role}"),
    r"a name is 1 to 200 printable characters": _("a name has 1 to 200 characters that can be printed"),
    r"the first role makes an administrator: nobody else could give the others": _(
        "the first role makes an administrator, who gives the others"),
    r"a team keeps an administrator": _("a team keeps an administrator"),
    r"nobody has a role yet: one person works here": _("nobody has a role yet: one person works here"),
    r"the name '(?P<name>.*)' cannot be used": _("the name {name} cannot be used"),
    r"no sslmode (?P<mode>'.*')": _("the address of the casework database asks for an unknown way to encrypt: {mode}"),
    r"the certificate cannot be read \((?P<said>.*)\)": _("the certificate cannot be read ({said})"),
    r"no revision (?P<number>.*) of '(?P<query>.*)' that you may see": _(
        "there is no revision {number} of {query} that you may see"),
    r"you have a query of that id": _("you have a query of that name"),
    r"only (?P<owner>.*) says who sees it": _("only {owner} says who sees it"),
    r"only (?P<owner>.*) takes it out of the lists": _("only {owner} takes it out of the lists"),
    r"(?P<who>.*) has saved revision (?P<number>.*) meanwhile": _("{who} has saved revision {number} meanwhile"),
    r"a query is shared with somebody who has no name": _("somebody it is shared with has no name"),
    r"nobody here has read this query": _("nobody here has read this query"),
    r"a watch needs a column to tell rows apart": _("a watch needs a column to tell rows apart"),
    r"it watches this case with these values already": _("it watches this case with these values already"),
    r"no watch (?P<number>.*) of .*": _("there is no watch {number}"),
    r"nobody is signed in": _("nobody is signed in"),
    r"the address (?P<name>.*) was never verified": _("the address {name} was never verified"),
    r"the session has ended|somebody else signed in here": _("the session has ended"),
    r"the answer has no column (?P<name>.*) any more: (?P<who>.*) saved revision (?P<number>\d+) without it": _(
        "the query was changed: {who} saved revision {number} without the column {name}"),
    r"the answer has no column (?P<name>.*?)(?: any more)?": _("the answer has no column {name}"),
}
_FIX = {
    r"ask a lead or an administrator|ask who leads the case|ask an administrator": _("ask a lead or an administrator"),
    r"set FILATURE_PASS to a pass of theirs, or work as .*": _(
        "whoever runs the workbench starts it again with a pass of yours"),
    r"set FILATURE_PURPOSE to the purpose, in a few words": _("write the purpose in a few words"),
    r"sign in(?: again| as that person)?|reload the page": _("sign in again"),
    r"ask who runs the sign-in": _("ask whoever runs the sign-in"),
    r"ask for a new one": _("ask for a new one"),
    r"ask (?P<owner>.*) to do it": _("ask {owner} to do it"),
    r"`filature people passes` lists them": _("they are listed under People"),
    r"name one": _("choose one"),
    r"name at least one": _("choose at least one"),
    r"make another one first": _("make another one first"),
    r"choose another": _("give it another name"),
    r"correct sslrootcert": _("whoever runs the workbench corrects it"),
    r"look at its history": _("look at its revisions"),
    r"save it without sharing": _("save it without sharing it"),
    r"compare it with yours, then save again": _("compare it with yours, then save again"),
    r"share a duplicate of it": _("share a duplicate of it"),
    r"name each person": _("name each person"),
    r"change a value to watch for something else": _("change a value to watch for something else"),
    r"read and save it": _("read its statement, then say that you have"),
    r"end the watch and choose another column": _("end this watch and watch it anew by another column"),
    r"end the watch and choose another column, or have revision (?P<number>\d+) restored": _(
        "end this watch and watch it anew by another column, or have revision {number} restored"),
    r"`filature query watches` lists them": _("they are listed under Queries"),
}


def what_text(what: str, words: Words) -> str | None:
    """What may not be done, or does not fit; None where casework says no such thing."""
    return said(what, _WHAT, words)


def fix_text(fix: str, words: Words) -> str | None:
    """Whom to ask, or what to do instead."""
    return said(fix, _FIX, words)
