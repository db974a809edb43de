"""What a team has on the screens: the sign-in, its people, and what they do with saved queries together."""
