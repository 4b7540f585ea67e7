"""Drafts in SQL: ``drafts`` writes and reads them, ``history`` says what is kept, ``sending`` what they became."""
