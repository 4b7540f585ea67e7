"""The vocabulary on the desk: the lists of terms, and the page of one."""
