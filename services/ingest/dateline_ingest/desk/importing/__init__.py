"""Files of events on the desk: what would become of them, which column is what, and the import."""
