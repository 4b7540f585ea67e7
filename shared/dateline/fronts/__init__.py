"""What leads a front: the formula, and what editors placed over it."""
