"""A second set of planted cases, written from the contract alone, by other ideas of how people behave on a platform."""
