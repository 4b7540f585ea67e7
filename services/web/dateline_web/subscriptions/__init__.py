"""Calendars one subscribes to: their addresses, what stands in them, and the page where a reader makes one."""
