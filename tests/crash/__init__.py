"""Kills of everything at random while stories are written, and what is compared when it is quiet again."""
