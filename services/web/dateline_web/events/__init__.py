"""The events calendar: timetable, pages, JSON, and calendars to subscribe to."""
