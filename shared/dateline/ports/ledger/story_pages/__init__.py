"""What the desk's pages of stories ask the ledger for: lists by filters, notes to colleagues, who has a story open."""
