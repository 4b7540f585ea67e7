"""From what a reader types to what the index is asked, and from what it answers to what a page shows."""
