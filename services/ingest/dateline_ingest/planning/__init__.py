"""The plan: what is expected on which day, who covers it, what is missing."""
