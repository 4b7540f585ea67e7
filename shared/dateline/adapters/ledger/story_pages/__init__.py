"""The ledger behind the desk's pages of stories: lists, notes, presence."""
