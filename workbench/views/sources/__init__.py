"""The Sources screen: files as they come in, their receipt, what they are taken for, databases, rejects."""
