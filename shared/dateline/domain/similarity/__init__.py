"""How alike two texts are: the runs of words they share, and a short signature by which candidates are found."""
