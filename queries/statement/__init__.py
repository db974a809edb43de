"""The text of a Cypher statement: what it may do, what it names, where an engine found fault with it."""
