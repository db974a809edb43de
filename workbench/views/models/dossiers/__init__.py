"""What do the dossiers of accounts, rooms and companies show?  Tables in the words of a language, minors masked."""
