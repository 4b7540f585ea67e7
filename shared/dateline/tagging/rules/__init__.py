"""The tagger's rules, a module a kind of name."""
