"""The calendar's pages: months, weeks, lists of events."""
