"""Text of every script: the form in which it is searched, what is a word in it, and which way it runs."""
