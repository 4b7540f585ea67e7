"""Calendars that come in as events."""
