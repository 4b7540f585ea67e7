"""What the record keeps of events beside their revisions, in SQL: links between stories and events."""
