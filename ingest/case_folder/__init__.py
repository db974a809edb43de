"""Where does a case live on disk?  In one folder: its manifests, its kept sources, and whether all is as committed."""

from ingest.case_folder.folder import SCHEMA_VERSION, CaseFolder, cases_in

__all__ = ["SCHEMA_VERSION", "CaseFolder", "cases_in"]
