"""Builds the data that locator maps are drawn from."""
