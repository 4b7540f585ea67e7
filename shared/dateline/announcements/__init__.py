"""What a text announces: dated events, read against the text's own day, in English, Russian and Belarusian."""
