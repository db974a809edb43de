"""Which pictures are at hand?  Tabs with their steps, kept, and how an address or a restart finds them again."""
