"""Commands: stories from files and folders, one a file, in every format that they come in."""
