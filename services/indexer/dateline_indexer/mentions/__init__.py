"""Which stories mention which events of the calendar: an event's title in the text, with its place or its day."""
