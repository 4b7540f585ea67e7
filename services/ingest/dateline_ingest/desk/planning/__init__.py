"""The desk's pages of the plan: who covers what on a day or in a week, and what is missing."""
