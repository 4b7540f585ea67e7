"""Locator maps: where a place or an event is, drawn from the outlines of countries that the package brings."""
