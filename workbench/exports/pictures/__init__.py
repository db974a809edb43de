"""How does a subgraph become a picture?  One scene, for print and as a page that opens anywhere."""
