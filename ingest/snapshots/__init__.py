"""How does a database behind an address become a source?  By a snapshot: what a mapping's queries gave at one moment.

A server's rows have no bytes that could be hashed again later.  So they are written into one file first, within one
read-only transaction, and that file is the source: kept in the case, hashed, verified like any other.
"""
