"""The JSON API, a module a kind of thing."""
