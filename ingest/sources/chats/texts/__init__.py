"""Chats exported as text: WhatsApp's, and Signal's as programs beside it write them."""

from ingest.sources.chats.texts.chats import TEXTS

__all__ = ["TEXTS"]
