"""The archive: years, months and days."""
