"""Casework that people add: saved queries, judgements, and an audit log that shows tampering."""

from workbench.casebook.audit import AuditEntry
from workbench.casebook.book import STATUSES, Casebook, Judgement

__all__ = ["STATUSES", "AuditEntry", "Casebook", "Judgement"]
