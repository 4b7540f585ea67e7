"""What flows through the newsroom: stories, events, terms, tags, and the documents readers see. No I/O here."""
