"""The vocabulary: what can be a tag or a section. Shipped as one data file, changed by editors in a layer over it."""

from dateline.vocabulary.vocabulary import Vocabulary, find_shipped, shipped

__all__ = ["Vocabulary", "find_shipped", "shipped"]
