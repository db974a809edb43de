"""The dossier screens: an account with its tabs, two of them, a room, a company with its owners."""
