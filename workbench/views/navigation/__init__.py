"""What does a page's address hold, and how does one come there?  Paths, choices, and what was open last."""
