"""Pictures as files: what one is, what it says of itself, and the renditions that are made of it."""
