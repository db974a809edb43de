"""Who stands in the leads of a case, by names and masks?  Read once for the evidence and the findings there are."""

from dataclasses import replace

import streamlit as st

from graph.detect.finding import Finding
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from ingest.lake_digest import evidence_digest
from ingest.manifest import manifests
from workbench.views.models.leads import people, with_minor_targets
from workbench.views.models.names import Names, names_of
from workbench.views.session import opened_minors


def named_in(case: CaseFolder, findings: tuple[Finding, ...]) -> Names:
    """Minors by the evidence, and the targets of kinds that find minors, are masked."""
    found = _read(case, evidence_digest(manifests(case)), findings)
    return with_minor_targets(replace(found, opened=opened_minors()), findings, opened_minors())


@st.cache_data(max_entries=8, show_spinner=False, hash_funcs={CaseFolder: repr, Finding: lambda one: one.finding_id})
def _read(case: CaseFolder, digest: str, findings: tuple[Finding, ...]) -> Names:  # noqa: ARG001
    with Lake(case) as lake:
        return names_of(lake, people(findings))
