"""Where is a graph, and as whom is it read?  An address over Bolt, its database included."""

from dataclasses import dataclass, field
from typing import Self
from urllib.parse import unquote, urlsplit

from graph.errors import GraphError

SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")


@dataclass(frozen=True)
class Address:
    """``url`` is scheme://host:port without a path; ``database`` None is the server's default one."""

    url: str
    user: str = "neo4j"
    password: str = field(default="", repr=False)
    database: str | None = None

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in SCHEMES or not parts.hostname or parts.path.strip("/") or parts.username:
            raise GraphError(
                "not the address of a graph server",
                where=repr(parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()),
                fix="use bolt://host:port or neo4j://host:port/DATABASE",
            )

    @classmethod
    def parse(cls, url: str, *, user: str = "neo4j", password: str = "") -> Self:
        """Split ``neo4j://host:port/DATABASE``; raises GraphError on any other form."""
        parts = urlsplit(url)
        database = unquote(parts.path.strip("/")) or None
        return cls(parts._replace(path="").geturl(), user, password, database)

    def __str__(self) -> str:
        return f"{self.url}/{self.database}" if self.database else self.url
