"""Where do tables stand that a run computes once and reads often?  In the lake's engine, until the run closes them."""

import itertools
from collections.abc import Callable, Hashable, Iterator
from typing import Any, Protocol
from weakref import WeakKeyDictionary


class HasBackend(Protocol):
    """What is needed of a ``Lake``: an object of its own, that others can refer to weakly."""

    @property
    def backend(self) -> Any: ...


_NUMBERS: WeakKeyDictionary[HasBackend, Iterator[int]] = WeakKeyDictionary()  # of each lake: many keep tables in one


class KeptTables:
    """Ibis tables materialised in the engine of ``lake``, each under a name of its own.

    Runs over two lakes give the same names, so that what is asked of their tables is the same text.
    """

    def __init__(self, lake: HasBackend) -> None:
        self._lake = lake
        self._kept: dict[Hashable, Any] = {}
        self._temporary: list[str] = []
        self._numbers = _NUMBERS.setdefault(lake, itertools.count())

    def table(self, name: Hashable, build: Callable[[], Any]) -> Any:
        """The table ``build`` gives, computed in the engine at the first call."""
        if name not in self._kept:  # not .cache(): its finalizer fails once the engine is closed
            own_name = f"kept_{next(self._numbers)}"
            self._kept[name] = self._lake.backend.create_table(own_name, build(), temp=True)
            self._temporary.append(own_name)
        return self._kept[name]

    def close(self) -> None:
        """Drop what was kept; the lake stays open."""
        backend = self._lake.backend
        for own_name in self._temporary:
            if backend.name == "duckdb":  # its drop_table looks in the main schema, where no temporary table is
                backend.raw_sql(f"DROP TABLE {own_name}")
            else:
                backend.drop_table(own_name)
        self._temporary.clear()
        self._kept.clear()
