"""What could not be done, and how a screen says it: stages write errors once, screens have messages for them."""
