"""The front page: a lead, three seconds, sections in columns, and the rail."""
