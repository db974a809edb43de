"""How is a text kept as it was written?  PostgreSQL refuses the character NUL, which a pasted name may hold."""

import re
from typing import Any

from sqlalchemy import Dialect, Text, TypeDecorator

_MARK, _ITSELF, _NUL = "\ue000", "\ue001", "\ue002"  # of Unicode's private use area
_WRITTEN = re.compile(f"{_MARK}([{_ITSELF}{_NUL}])")


class KeptText(TypeDecorator[str]):
    """Text of any characters; on PostgreSQL NUL is written as a mark, and the mark as another, and read back."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> Any:
        if value is None or dialect.name != "postgresql":
            return value
        return value.replace(_MARK, _MARK + _ITSELF).replace("\x00", _MARK + _NUL)

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        if value is None or dialect.name != "postgresql":
            return None if value is None else str(value)
        return _WRITTEN.sub(lambda found: _MARK if found[1] == _ITSELF else "\x00", value)
