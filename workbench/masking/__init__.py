"""Who is masked, and which nodes of a subgraph stand for them?"""
