"""Those who follow the changes: what they are told, and how they wait."""
