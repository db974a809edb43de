"""How is a PostgreSQL reached by its address?  Encrypted and checked, unless it is on this machine or told otherwise.

pg8000 speaks to it: pure Python under a BSD licence, where psycopg is under the LGPL.
"""

import ssl
from typing import Any

from sqlalchemy.engine import URL

from workbench.errors import WorkbenchError

DRIVER = "postgresql+pg8000"
ANSWERS_WITHIN_S = 60
"""A server that says nothing for so long is not there; a writer waits for the others less long than that."""
_HERE = ("localhost", "127.0.0.1", "::1", "", None)
_MODES = ("disable", "require", "verify-full")


def connecting(url: URL) -> tuple[URL, dict[str, Any]]:
    """The address without what only the connection needs to know, and that as the driver's arguments.

    As libpq reads them: ``host=/FOLDER`` for a socket, ``sslmode`` (``disable``, ``require`` or ``verify-full``, the
    default for another machine; ``require`` encrypts and does not look who answers) and ``sslrootcert=FILE``.
    Raises WorkbenchError for another mode or a certificate that cannot be read.
    """
    if url.drivername != DRIVER:
        return url, {}
    query = dict(url.query)
    arguments: dict[str, Any] = {"timeout": ANSWERS_WITHIN_S}
    folder, mode, root = (query.pop(name, None) for name in ("host", "sslmode", "sslrootcert"))
    if folder is not None:
        arguments["unix_sock"] = f"{folder}/.s.PGSQL.{url.port or 5432}"
        url = url.set(host=None, port=None)
    local = folder is not None or url.host in _HERE
    wanted = str(mode or ("disable" if local else "verify-full"))
    if wanted not in _MODES:
        raise WorkbenchError(f"no sslmode {wanted!r}", where="FILATURE_DATABASE", fix=f"use one of {', '.join(_MODES)}")
    if wanted != "disable":
        try:
            context = ssl.create_default_context(cafile=str(root) if root else None)
        except OSError as error:
            raise WorkbenchError(
                f"the certificate cannot be read ({error})", where=str(root), fix="correct sslrootcert"
            ) from None
        if wanted == "require":
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        arguments["ssl_context"] = context
    return url.set(query=query), arguments
