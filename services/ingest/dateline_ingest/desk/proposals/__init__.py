"""Proposed terms: each with its sentences, what it may be, and an editor's word on it."""
