"""How does long work leave the machine to whoever looks at a screen?  It takes what the screens leave it."""

import contextlib
import os
from pathlib import Path

GIVES_WAY = 10
"""By how much the priority of long work is below that of the screens: a click is answered while it works."""


def give_way(*, own_session: bool = False) -> None:
    """Lower this process's priority for good; its threads and what it starts go with it.

    Linux weighs whole sessions before the processes in them, where it groups by session (``autogroup``): with
    ``own_session`` the process, which must have been started in one of its own, has that weighed less as well.
    Where ``FILATURE_GIVES_WAY`` is ``no`` nothing is lowered: nobody looks at a screen while this runs.
    """
    if os.environ.get("FILATURE_GIVES_WAY", "").lower() == "no":
        return
    if hasattr(os, "nice"):
        os.nice(GIVES_WAY)
    if hasattr(os, "sched_setscheduler"):  # never takes a processor from somebody who has just been woken by a click
        with contextlib.suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
    if own_session:
        with contextlib.suppress(OSError):
            Path("/proc/self/autogroup").write_text(f"{GIVES_WAY}\n")
