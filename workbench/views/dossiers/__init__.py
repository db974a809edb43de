"""Parts of the dossier screens: an account's tabs, two accounts side by side, a company's owners, opening a thread."""
