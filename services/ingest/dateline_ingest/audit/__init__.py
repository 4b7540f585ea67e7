"""The audit as editors read it: which entries are meant, and how they go out."""
