"""What one token may have under way at a time, so that there is room for others."""
