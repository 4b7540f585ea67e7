"""Series on record: one time of one edited, one and all that follow, all of them."""
