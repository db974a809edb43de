"""Telegram Desktop's exports: machine-readable JSON, and HTML."""

from ingest.sources.chats.telegram.desktop_html import TELEGRAM_HTML
from ingest.sources.chats.telegram.desktop_json import TELEGRAM

__all__ = ["TELEGRAM", "TELEGRAM_HTML"]
