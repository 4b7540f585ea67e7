"""Commands: a file of stories, sent in parts, so that it can go on where it broke off."""
