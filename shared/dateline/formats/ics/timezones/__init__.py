"""Time zones of calendars: read from what a file says, and written for those who subscribe."""
