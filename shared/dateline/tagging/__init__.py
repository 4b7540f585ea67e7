"""Tagging: people, places, organisations and topics of a text, each with its evidence. Pure: text in, tags out."""
