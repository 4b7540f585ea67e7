"""Stories that are alike: of a text that is being written, and of what is on record."""
