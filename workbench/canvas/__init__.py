"""The graph canvas: a subgraph drawn in the browser, without a request to anywhere."""
