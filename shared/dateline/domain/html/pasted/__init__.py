"""HTML as programs paste and send it: what its readers saw of it, and what a script would have shown them."""
