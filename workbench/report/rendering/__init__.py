"""How does a report become a file?  One page that asks nothing of the network, or a PDF whose text can be read out."""
