"""``/v1/images``: the newsroom's pictures."""
