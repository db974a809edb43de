"""What is handed to a court or a colleague?  One zip of chosen leads that can be checked without this program."""
