"""The screen of a conversation, and how a page of its thread is drawn."""
