"""Who signs a text: datelines, bylines, credits and sign-offs."""
