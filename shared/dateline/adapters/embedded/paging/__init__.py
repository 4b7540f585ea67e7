"""Pages of hits: by time from a cursor's edge on, by relevance in walks that stay as they began."""
