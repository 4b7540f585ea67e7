"""The vocabulary as editors work on it."""
