"""Readers of company registers and leaks beside BODS: who holds which company."""
