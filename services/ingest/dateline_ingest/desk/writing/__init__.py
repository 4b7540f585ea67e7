"""Writing a story: the page, its drafts, what is pasted."""
