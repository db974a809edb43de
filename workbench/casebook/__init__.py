"""Casework that people add: saved queries, judgements, and an audit log that shows tampering."""

from workbench.casebook.audit import AuditEntry
from workbench.casebook.book import STATUSES, Casebook, Judgement
from workbench.casebook.remarks import Remark, RemarkKind, Remarks
from workbench.casebook.standing import Standing

__all__ = ["STATUSES", "AuditEntry", "Casebook", "Judgement", "Remark", "RemarkKind", "Remarks", "Standing"]
