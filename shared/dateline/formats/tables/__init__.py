"""Tables of events, CSV and Excel: their rows, what their columns mean, and each row as an event."""
