"""Finding stories, drafts, events and terms on the desk."""
