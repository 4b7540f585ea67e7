"""Events on the desk: the list and the month, an event's page, its form, and what becomes of it."""
