"""Events that stories announce, as editors work on them."""
