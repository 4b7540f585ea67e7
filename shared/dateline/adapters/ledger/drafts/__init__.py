"""Drafts in SQL: ``drafts`` writes and reads them, ``access`` says who may, ``history`` what is kept, ``sending`` what
they became; ``reviews`` and ``assignments`` are what editors do with them."""
