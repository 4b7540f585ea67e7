"""Words: how they are asked for, and marked."""
