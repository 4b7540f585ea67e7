"""The pages of terms: topics, people, places, organisations and sections."""
