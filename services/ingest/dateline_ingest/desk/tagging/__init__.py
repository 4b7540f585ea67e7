"""Tags while one writes: what the text gives, and what the reporter says of it."""
