"""Pictures in the forms of stories, events and terms: their rows, and those that may be picked."""
