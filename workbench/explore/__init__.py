"""What is on the canvas of an investigation: a value that is changed by steps, filtered, undone and written down."""
