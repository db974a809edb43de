"""How does a subgraph reach the tools of the field?  Charts and bundles of their exchange formats."""
