"""Similar stories in SQL: how they are found, and what editors say of them."""
