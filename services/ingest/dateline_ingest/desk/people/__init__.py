"""Pages of accounts: one's own, choosing a password, and everybody's for editors."""
