"""What comes in: bodies, parameters, cursors, and how much of it a client may send."""
