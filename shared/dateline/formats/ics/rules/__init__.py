"""The rules of a calendar, as programs write them, read into RRULEs of RFC 5545."""
