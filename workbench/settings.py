"""How is this workbench configured?  Read once, from options and environment; every fault reported at once."""

import getpass
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from workbench.errors import SettingsInvalid

GRAPH_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
DATABASE_SCHEMES = ("sqlite", "postgresql")
LOCAL_SPARK = "local[*]"
_SPARK_MASTER = re.compile(r"local(\[(\*|[1-9][0-9]*)\])?|spark://[^/\s]+:[0-9]+|yarn|k8s://\S+")


@dataclass(frozen=True)
class Settings:
    """Where the cases live, which graph server serves them (None: the embedded engine), and who works here.

    ``spark_master``: the Spark that ``--engine spark`` uses.  ``secret`` is a pass that proves who works here;
    ``purpose`` is why they open a case, which a team's log asks; ``sign_in`` is the file by which people sign in at
    the screens.
    """

    workspace: Path
    user: str
    graph_url: str | None = None
    graph_user: str = "neo4j"
    graph_password: str = ""
    database_url: str | None = None
    spark_master: str = LOCAL_SPARK
    secret: str = field(default="", repr=False)
    purpose: str = ""
    sign_in: Path | None = None

    @classmethod
    def load(
        cls,
        environ: Mapping[str, str],
        *,
        workspace: str | None = None,
        graph: str | None = None,
        user: str | None = None,
    ) -> "Settings":
        """Options win over the environment (``FILATURE_*``); raises SettingsInvalid naming every fault."""
        faults = []
        folder = Path(workspace or environ.get("FILATURE_WORKSPACE") or "filature-workspace").expanduser().absolute()
        if folder.exists() and not folder.is_dir():
            faults.append(f"workspace {folder} is not a folder")
        graph_url = graph or environ.get("FILATURE_GRAPH") or None
        if graph_url and (urlsplit(graph_url).scheme not in GRAPH_SCHEMES or not urlsplit(graph_url).hostname):
            faults.append(
                f"graph address {graph_url!r} is not of the form bolt://host:port or neo4j://host:port/DATABASE"
            )
        database_url = environ.get("FILATURE_DATABASE") or None
        if database_url and urlsplit(database_url).scheme.split("+")[0] not in DATABASE_SCHEMES:
            faults.append("FILATURE_DATABASE is neither an sqlite: nor a postgresql: address")
        spark_master = environ.get("FILATURE_SPARK_MASTER") or LOCAL_SPARK
        if not _SPARK_MASTER.fullmatch(spark_master):
            faults.append("FILATURE_SPARK_MASTER is not of the form local[*], spark://host:port, yarn or k8s://…")
        name = (user or environ.get("FILATURE_USER") or _system_user()).strip()
        if not name or len(name) > 200 or not name.isprintable():
            faults.append("FILATURE_USER is empty, too long or not printable")
        sign_in = Path(environ["FILATURE_SIGN_IN"]).expanduser().absolute() if environ.get("FILATURE_SIGN_IN") else None
        if sign_in is not None and not sign_in.is_file():
            faults.append(f"FILATURE_SIGN_IN names no file: {sign_in}")
        if faults:
            raise SettingsInvalid("; ".join(faults), where="settings", fix="correct options or FILATURE_* variables")
        return cls(
            workspace=folder,
            user=name,
            graph_url=graph_url,
            graph_user=environ.get("FILATURE_GRAPH_USER") or "neo4j",
            graph_password=environ.get("FILATURE_GRAPH_PASSWORD") or "",
            database_url=database_url,
            spark_master=spark_master,
            secret=environ.get("FILATURE_PASS") or "",
            purpose=" ".join((environ.get("FILATURE_PURPOSE") or "").split())[:400],
            sign_in=sign_in,
        )

    @property
    def casework_url(self) -> str:
        """SQLAlchemy address of the casework database; SQLite in the workspace by default."""
        return self.database_url or f"sqlite:///{self.workspace / 'filature.db'}"


def _system_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user id without a name
        return "analyst"
