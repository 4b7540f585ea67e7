"""Pictures in SQL: what is known of them, what shows them, those that wait for their renditions."""
