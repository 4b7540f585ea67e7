"""Pulling sources: a feed is fetched and read, and its entries go in as stories do."""
