"""A story's page: what readers see, its tags, notes to colleagues, who has it open, its revisions."""
