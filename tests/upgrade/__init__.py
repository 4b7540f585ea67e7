"""Upgrades: newsrooms that earlier versions made, and what becomes of them."""
