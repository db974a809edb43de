"""Saved queries as files: the header and statement of a `.cypher` file, packs, BloodHound's forms."""
