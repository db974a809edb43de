"""Evidence into a graph: project, fetch, measure, detect."""
