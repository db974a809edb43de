"""Archives that platforms let people take away: Mastodon, Google Chat, Signal, image boards."""
