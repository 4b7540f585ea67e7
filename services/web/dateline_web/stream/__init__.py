"""New stories as they appear, as server-sent events."""
