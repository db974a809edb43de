"""How does a query run on a case?  Names become ids, runs are written down, beside the screen, watched for news."""
