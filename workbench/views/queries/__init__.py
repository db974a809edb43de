"""The Queries screen: the library and the team's own queries, their fields, what each says of itself."""
