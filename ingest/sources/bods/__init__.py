"""Beneficial ownership statements (BODS) as companies, persons and ownerships."""
