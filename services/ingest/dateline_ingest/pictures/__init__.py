"""Pictures on their way in: the files, what is said of them, and who may take one down."""
