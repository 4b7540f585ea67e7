"""What goes out: problems, conditional and compressed answers, static files."""
