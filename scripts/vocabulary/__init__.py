"""Builds the shipped vocabulary. Runs where the development dependencies are; nothing of it is in the package."""
