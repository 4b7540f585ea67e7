"""Accounts of people, and the links by which they choose a password."""
