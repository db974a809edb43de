"""LAVA: what iLEAPP, ALEAPP, RLEAPP and their kin write."""

from ingest.sources.chats.lava.folder import LavaFolder

__all__ = ["LavaFolder"]
