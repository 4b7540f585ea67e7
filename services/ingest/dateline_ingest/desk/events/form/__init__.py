"""The form of an event: its fields as they are typed, and the event that they say."""
