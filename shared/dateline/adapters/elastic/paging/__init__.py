"""Pages by relevance, in walks that stay as they began."""
