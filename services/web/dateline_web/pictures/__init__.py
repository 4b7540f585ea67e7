"""Pictures on pages: which are shown, in which crop and size, with which words."""
