"""The forms of the desk: their fields, what was typed, and what it says."""
