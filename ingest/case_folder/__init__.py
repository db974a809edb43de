"""Where does a case live on disk?  In one folder: its manifests, its kept sources, and whether all is as committed."""

from ingest.case_folder.folder import SCHEMA_VERSION, CaseFolder, cases_in
from ingest.case_folder.label_key import LABEL_KEY, label_key

__all__ = ["LABEL_KEY", "SCHEMA_VERSION", "CaseFolder", "cases_in", "label_key"]
