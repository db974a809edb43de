"""Where does a Cypher statement's text end and its data begin?  A tokenizer that refuses what is ambiguous.

Two engines read the same text with two lexers.  Where they could disagree on the extent of a string, a comment or a
quoted name, a clause could hide; such text is refused here instead of guessed at.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from queries.errors import RefusedStatement

TokenKind = Literal["word", "quoted", "string", "number", "parameter", "symbol"]

_ESCAPE = re.compile(r"\\u+([0-9A-Fa-f]{4})")
_NUMBER = re.compile(r"0[xX][0-9A-Fa-f_]+|0[oO][0-7_]+|[0-9][0-9_]*(?:\.[0-9][0-9_]*)?(?:[eE][+-]?[0-9]+)?[dDfF]?")
_SYMBOL = re.compile(r"\.\.|\|\||::|<>|<=|>=|=~|\+=|.", re.DOTALL)
# A line end other than \n or \r\n ends a line comment on one engine and not on the other.
_ODD_LINE_ENDS = re.compile("[\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]|\r(?!\n)")
_STRUCTURAL = frozenset("'\"`\\/*\r\n{}()[];$")
MAX_LENGTH = 100_000


@dataclass(frozen=True)
class Token:
    """``text`` is a name without its backticks, a parameter without its ``$``, a string with its quotes."""

    kind: TokenKind
    text: str
    offset: int

    @property
    def folded(self) -> str:
        """A word as a keyword: upper case with compatibility characters (long s, Kelvin sign) undone; else empty."""
        return fold(self.text) if self.kind == "word" else ""

    def is_symbol(self, *texts: str) -> bool:
        return self.kind == "symbol" and self.text in texts


def fold(name: str) -> str:
    """Upper case, compatibility characters undone: no spelling of a keyword survives it."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).upper()).upper()


@lru_cache(maxsize=64)
def tokenize(text: str) -> tuple[Token, ...]:
    """The tokens of a statement, comments dropped, each unicode escape undone as Neo4j does before it reads.

    Raises RefusedStatement for unterminated or ambiguous text.
    """
    if len(text) > MAX_LENGTH:
        raise RefusedStatement(f"the statement is longer than {MAX_LENGTH} characters", fix="shorten it")
    return tuple(_Reader(_unescape(text)).read())


def _unescape(text: str) -> str:
    def decoded(match: re.Match[str]) -> str:
        character = chr(int(match[1], 16))
        if character in _STRUCTURAL or unicodedata.category(character)[0] in "CZ":
            raise RefusedStatement(
                f"unicode escape {match[0]} hides a character that has a meaning of its own",
                where=f"character {match.start() + 1}", fix="write the character itself",
            )
        return character

    return _ESCAPE.sub(decoded, text)


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def read(self) -> list[Token]:
        tokens: list[Token] = []
        while self.at < len(self.text):
            start = self.at
            token = self._next()
            if token is None:
                continue
            kind, value = token
            tokens.append(Token(kind, value, start))
        return tokens

    def _next(self) -> tuple[TokenKind, str] | None:
        text, at = self.text, self.at
        here = text[at]
        if here in " \t\r\n" or unicodedata.category(here) == "Zs":
            self.at += 1
            return None
        if text.startswith("//", at):
            self._skip_line_comment()
            return None
        if text.startswith("/*", at):
            self._skip_block_comment()
            return None
        if here in "'\"":
            return "string", self._string(here)
        if here == "`":
            return "quoted", self._quoted()
        if here == "$":
            return self._parameter()
        if "0" <= here <= "9":
            return "number", self._number()
        if _starts_name(here):
            return "word", self._name()
        if ord(here) > 126 or ord(here) < 33 or here == "\\":
            raise self._refusal(f"character U+{ord(here):04X} stands outside a string or backticks", "remove it")
        match = _SYMBOL.match(text, at)
        assert match is not None
        self.at = match.end()
        return "symbol", match[0]

    def _refusal(self, what: str, fix: str) -> RefusedStatement:
        return RefusedStatement(what, where=f"character {self.at + 1}", fix=fix)

    def _skip_line_comment(self) -> None:
        end = self.text.find("\n", self.at)
        end = len(self.text) if end < 0 else end
        if _ODD_LINE_ENDS.search(self.text[self.at:end + 1]):
            raise self._refusal("a line comment holds an unusual line end", "end the line with a plain line feed")
        self.at = end

    def _skip_block_comment(self) -> None:
        end = self.text.find("*/", self.at + 2)
        if end < 0:
            raise self._refusal("a comment is not closed", "close it with */")
        if "/*" in self.text[self.at + 2:end + 1]:
            raise self._refusal("a comment within a comment", "comments do not nest; remove the inner one")
        self.at = end + 2

    def _string(self, quote: str) -> str:
        text, at = self.text, self.at + 1
        while at < len(text):
            if text[at] == "\\":
                at += 2
            elif text[at] == quote:
                value, self.at = text[self.at:at + 1], at + 1
                return value
            else:
                at += 1
        raise self._refusal("a string is not closed", f"close it with {quote}")

    def _quoted(self) -> str:
        text, at = self.text, self.at + 1
        while (end := text.find("`", at)) >= 0:
            if text.startswith("``", end):
                at = end + 2
                continue
            value = text[self.at + 1:end]
            if "\\" in value or any(unicodedata.category(character) == "Cc" for character in value):
                raise self._refusal("a backslash or control character in a quoted name", "rename it")
            self.at = end + 1
            return value.replace("``", "`")
        raise self._refusal("a quoted name is not closed", "close it with a backtick")

    def _parameter(self) -> tuple[TokenKind, str]:
        self.at += 1
        if self.at >= len(self.text):
            raise self._refusal("a $ without a parameter name", "name the parameter")
        here = self.text[self.at]
        if here == "`":
            return "parameter", self._quoted()
        if _starts_name(here) or "0" <= here <= "9":
            return "parameter", self._name()
        return "symbol", "$"

    def _name(self) -> str:
        start = self.at
        while self.at < len(self.text) and _continues_name(self.text[self.at]):
            self.at += 1
        return self.text[start:self.at]

    def _number(self) -> str:
        match = _NUMBER.match(self.text, self.at)
        assert match is not None
        end = match.end()
        if end < len(self.text) and _starts_name(self.text[end]):
            raise self._refusal(f"a number runs into a name ({self.text[self.at:end + 1]})", "put a space between")
        self.at = end
        return match[0]


def _starts_name(character: str) -> bool:
    return character == "_" or character.isidentifier()


def _continues_name(character: str) -> bool:
    return ("a" + character).isidentifier()
