"""Days, months and times: counted, drawn as a calendar, and said in the reader's language."""
