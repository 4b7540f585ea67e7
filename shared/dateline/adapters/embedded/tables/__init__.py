"""The tables of a generation, and how a batch of documents is written into them."""
