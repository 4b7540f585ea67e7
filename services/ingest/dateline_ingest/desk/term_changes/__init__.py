"""The desk: one term merged into another, split into several, and that undone."""
