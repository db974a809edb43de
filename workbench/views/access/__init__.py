"""Who is at this screen, and what may they do and see?  Sign-in, rights, masks, files that a page made."""
