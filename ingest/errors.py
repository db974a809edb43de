"""What can go wrong before a row is evidence: each error says what, where and how to fix it."""


class FilatureError(Exception):
    """Root of every error a user can cause and mend; its text is one line.

    ``what`` happened, ``where`` (file:row:column, statement, address), and the ``fix``.
    """

    def __init__(self, what: str, *, where: str = "", fix: str = "") -> None:
        self.what, self.where, self.fix = what, where, fix
        text = f"{where}: {what}" if where else what
        super().__init__(" ".join((f"{text}; {fix}" if fix else text).split()))


class IngestError(FilatureError):
    """A source, a mapping or a case folder cannot be used as it is."""


class SourceUnreadable(IngestError):
    """The source as a whole cannot be read (missing, not a regular file, torn, no known format)."""


class MappingInvalid(IngestError):
    """The mapping file is malformed or does not fit its source; every fault is listed at once."""


class EvidenceDamaged(IngestError):
    """A committed evidence file is missing or differs from its manifest."""
