"""Corrections at the command line: what would have been right, and what became of it."""
