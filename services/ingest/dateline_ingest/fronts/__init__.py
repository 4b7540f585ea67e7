"""The front page and section fronts as editors place them."""
