"""Commands, a module a purpose. Exit status: 0 done, 1 refused, 2 wrong use."""
