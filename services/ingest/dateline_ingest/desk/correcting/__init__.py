"""Correcting a story, withdrawing it, bringing it back."""
