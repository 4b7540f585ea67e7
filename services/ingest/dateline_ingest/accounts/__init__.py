"""How people sign in, and how they come by a password."""
