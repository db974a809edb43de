"""Discord: DiscordChatExporter's files, the package that Discord gives a person, and the return an authority gets."""

from ingest.sources.chats.discord.authority_return import DISCORD_RETURN
from ingest.sources.chats.discord.channel_csv import DISCORD_CSV
from ingest.sources.chats.discord.channel_json import DISCORD
from ingest.sources.chats.discord.data_package import DISCORD_PACKAGE

__all__ = ["DISCORD", "DISCORD_CSV", "DISCORD_PACKAGE", "DISCORD_RETURN"]
