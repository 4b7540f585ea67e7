"""A series and its exceptions: which stand for which times, and what a new version leaves of them."""
