"""Feeds of exactly what a listing's page shows: Atom, RSS 2.0 and JSON Feed."""
