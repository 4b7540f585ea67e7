"""Writing: submissions, an editor's tags, and erasure."""
