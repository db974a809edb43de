"""How does a subgraph reach a tool that reads graphs?  Nodes and edges with their properties, one format a file."""
