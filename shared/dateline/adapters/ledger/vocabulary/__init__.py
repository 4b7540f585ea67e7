"""The editors' changes of the vocabulary, proposals, and the retags that follow."""
