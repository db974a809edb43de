"""Lists of known media: which hashes stand in a list, and which lists does a case have?"""
