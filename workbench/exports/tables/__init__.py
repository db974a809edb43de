"""How does a subgraph, or an answer, become tables?  Typed columns, one kind of file a module."""
