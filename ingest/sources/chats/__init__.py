"""Exports of chat applications: what each writes, as staged tables."""
