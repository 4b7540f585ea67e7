"""A story's page, and the same as JSON and as ninjs."""
