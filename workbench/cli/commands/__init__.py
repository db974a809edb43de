"""What can the command line do?  One file a group of commands."""
