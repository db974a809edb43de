"""What does the picture of a lead show?  Its data by kind, from the records that the lead cites."""
