"""Facebook and Instagram: a person's own download as JSON and as HTML, and the return that an authority gets."""

from ingest.sources.chats.meta.authority_return import META_RETURN
from ingest.sources.chats.meta.download_html import META_HTML
from ingest.sources.chats.meta.download_json import META

__all__ = ["META", "META_HTML", "META_RETURN"]
