"""What readers see of an item: its document, made of what the ledger has of it."""
