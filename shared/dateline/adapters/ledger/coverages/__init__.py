"""Coverages in SQL: the plan, what is filed by itself, who reads it elsewhere."""
